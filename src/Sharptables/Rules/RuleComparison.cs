using System;
using Sharptables.Extensions;

namespace Sharptables.Rules;

/// <summary>Whether two rules say the same, as <c>-C</c> and <c>-D</c> ask: counters and what the kernel keeps for itself do not count.</summary>
/// <param name="table">The table of both rules.</param>
/// <param name="extensions">The extensions of its family.</param>
public sealed class RuleComparison(Table table, ExtensionSet extensions)
{
    private readonly byte[] _scratchA = new byte[4096];
    private readonly byte[] _scratchB = new byte[4096];

    /// <summary>Compares.</summary>
    public bool AreSame(Rule a, Rule b)
    {
        int conditions = a.Layout.TargetOffset - 4; // up to nfcache
        if (a.Bytes.Length != b.Bytes.Length || a.TargetOffset != b.TargetOffset || !a.Bytes[..conditions].SequenceEqual(b.Bytes[..conditions]))
        {
            return false;
        }

        Rule.MatchEnumerator other = b.GetEnumerator();
        foreach (ExtensionRecord match in a)
        {
            if (!other.MoveNext() || !AreSame(match, other.Current, isTarget: false))
            {
                return false;
            }
        }

        ExtensionRecord targetA = a.Target;
        ExtensionRecord targetB = b.Target;
        if (targetA.IsStandardTarget && targetB.IsStandardTarget)
        {
            return targetA.Verdict == targetB.Verdict ||
                (table.JumpTarget(targetA.Verdict) is { } chain && ReferenceEquals(chain, table.JumpTarget(targetB.Verdict)));
        }

        return AreSame(targetA, targetB, isTarget: true);
    }

    private bool AreSame(ExtensionRecord a, ExtensionRecord b, bool isTarget)
    {
        if (a.Bytes.Length != b.Bytes.Length || a.Revision != b.Revision || !a.Name.SequenceEqual(b.Name))
        {
            return false;
        }

        Extension? extension = extensions.Find(a, isTarget, _scratchA, out ReadOnlySpan<byte> payloadA);
        return extension is not null && ReferenceEquals(extension, extensions.Find(b, isTarget, _scratchB, out ReadOnlySpan<byte> payloadB))
            ? extension.AreSame(payloadA, payloadB)
            : a.Payload.SequenceEqual(b.Payload);
    }
}

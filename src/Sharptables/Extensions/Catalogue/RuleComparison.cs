using System;
using Sharptables.Model;

namespace Sharptables.Extensions.Catalogue;

/// <summary>
/// Whether two rules say the same, as <c>-C</c> and <c>-D</c> ask: counters and what the kernel keeps for itself do not count.
/// </summary>
/// <param name="table">The table of both rules.</param>
/// <param name="extensions">The extensions of its family.</param>
public sealed class RuleComparison(Table table, ExtensionSet extensions)
{
    private readonly byte[] _scratchA = new byte[4096];
    private readonly byte[] _scratchB = new byte[4096];

    /// <summary>Compares.</summary>
    public bool AreSame(Rule a, Rule b)
    {
        if (a.Bytes.Length != b.Bytes.Length || a.TargetOffset != b.TargetOffset || !HaveSameHead(a, b))
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

    /// <summary>
    /// Whether addresses, interfaces, protocol and flags are the same; of an interface's name only what its mask covers counts.
    /// </summary>
    private static bool HaveSameHead(Rule a, Rule b)
    {
        int conditions = a.Layout.TargetOffset - 4; // up to nfcache
        int names = 4 * a.Layout.AddressSize;
        int masks = names + (2 * RuleLayout.InterfaceSize);
        return a.Bytes[..conditions].SequenceEqual(b.Bytes[..conditions])
            || (a.Bytes[..names].SequenceEqual(b.Bytes[..names])
                && a.Bytes[masks..conditions].SequenceEqual(b.Bytes[masks..conditions])
                && AreSame(a.InInterface, b.InInterface, a.InInterfaceMask)
                && AreSame(a.OutInterface, b.OutInterface, a.OutInterfaceMask));
    }

    private static bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> mask)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            if (((a[i] ^ b[i]) & mask[i]) != 0)
            {
                return false;
            }
        }

        return true;
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

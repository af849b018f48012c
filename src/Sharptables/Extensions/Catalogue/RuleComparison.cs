using System;
using System.Runtime.InteropServices;
using Sharptables.Model;

namespace Sharptables.Extensions.Catalogue;

/// <summary>
/// Whether two rules say the same, as <c>-C</c> and <c>-D</c> ask: counters and what the kernel keeps for itself do not count.
/// </summary>
/// <param name="table">The table of both rules.</param>
/// <param name="extensions">The extensions of its family.</param>
internal sealed class RuleComparison(Table table, ExtensionSet extensions)
{
    private readonly byte[] _scratchA = new byte[Extension.LargestPayload];
    private readonly byte[] _scratchB = new byte[Extension.LargestPayload];

    /// <summary>Finds the first rule of a chain that says the same as another.</summary>
    /// <returns>Its number, from 0.</returns>
    /// <exception cref="TableException">There is none.</exception>
    public int Find(Chain chain, Rule wanted)
    {
        int number = 0;
        foreach (Rule rule in table.Rules(chain))
        {
            if (AreSame(rule, wanted))
            {
                return number;
            }

            number++;
        }

        throw new TableException(TableError.NoSuchRule);
    }

    /// <summary>Compares a rule, of which the kernel may have parts in an older revision, with one that was made here.</summary>
    public bool AreSame(Rule a, Rule b)
    {
        // In every family what a head begins with has to be the same, and there most rules differ already.
        if (MemoryMarshal.Read<ulong>(a.Bytes) != MemoryMarshal.Read<ulong>(b.Bytes)
            || !extensions.Head.Match.AreSame(a.Conditions, b.Conditions))
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

        if (other.MoveNext())
        {
            return false;
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
        bool areAlike = a.Revision == b.Revision;
        if (areAlike && (a.Bytes.Length != b.Bytes.Length || !a.Name.SequenceEqual(b.Name)))
        {
            return false;
        }

        Extension? extension = extensions.Find(a, isTarget, _scratchA, out ReadOnlySpan<byte> payloadA);
        if (extension is null || !ReferenceEquals(extension, extensions.Find(b, isTarget, _scratchB, out ReadOnlySpan<byte> payloadB)))
        {
            return areAlike && a.Payload.SequenceEqual(b.Payload);
        }

        return areAlike ? extension.AreSame(payloadA, payloadB) : AreSame(extension, a, payloadA, payloadB, isTarget);
    }

    /// <summary>Compares a record in an older revision with a payload in the newest: what the older one can say of it counts.</summary>
    private bool AreSame(
        Extension extension, ExtensionRecord older, ReadOnlySpan<byte> olderWidened, ReadOnlySpan<byte> newest, bool isTarget)
    {
        ExtensionRecord narrowed = new(older.Bytes.ToArray());
        return ExtensionSet.Store(newest, extension, narrowed) is null
            && extensions.Find(narrowed, isTarget, _scratchB, out ReadOnlySpan<byte> payload) is not null
            && extension.AreSame(olderWidened, payload);
    }
}

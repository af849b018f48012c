using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Model;

namespace Sharptables.Extensions.Catalogue;

/// <summary>
/// Compares rules for <c>-C</c> and <c>-D</c>: counters and the kernel's private fields are ignored.
/// </summary>
/// <param name="table">The table of both rules.</param>
/// <param name="extensions">The extensions of its family.</param>
internal sealed class RuleComparison(Table table, ExtensionSet extensions)
{
    private readonly byte[] _scratchA = new byte[Extension.LargestPayload];
    private readonly byte[] _scratchB = new byte[Extension.LargestPayload];

    // Of the records of the rule that others are compared with, its matches and then its target: the extension of what has the newest revision.
    private readonly List<Extension?> _newest = [];
    private bool _watches; // whether a watcher is among them

    /// <summary>Finds the first rule of a chain that is equal to another.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="wanted">The other.</param>
    /// <param name="withCounters">Whether its counters must be equal, too.</param>
    /// <returns>Its number, from 0; null if there is none.</returns>
    public int? Find(Chain chain, Rule wanted, bool withCounters = false)
    {
        wanted = AsSaved(wanted);
        FindNewest(wanted);
        int number = 0;
        foreach (Rule rule in table.Rules(chain))
        {
            if (IsSame(_watches ? AsSaved(rule) : rule, wanted) && (!withCounters || rule.Counters == wanted.Counters))
            {
                return number;
            }

            number++;
        }

        return null;
    }

    /// <summary>Compares a rule, parts of which the kernel may have in an older revision, with one made here.</summary>
    public bool AreSame(Rule a, Rule b)
    {
        b = AsSaved(b);
        FindNewest(b);
        return IsSame(_watches ? AsSaved(a) : a, b);
    }

    /// <summary>A rule as it is saved: a watcher in the place of its target is one before CONTINUE.</summary>
    private Rule AsSaved(Rule rule)
    {
        ReadOnlySpan<byte> target = rule.Target.Name;
        if (!extensions.Family.HasWatchers || rule.Target.IsStandardTarget
            || extensions.Find(target, isTarget: true) is not { IsWatcher: true })
        {
            return rule;
        }

        _ = extensions.Find(target, isTarget: false); // so that it is known by its bytes
        RuleBytes saved = new(rule.Layout);
        saved.Begin(rule.Bytes);
        int head = saved.Length;
        rule.Bytes[head..].CopyTo(saved.Add(rule.Bytes.Length - head));
        saved.AddVerdict(Verdict.Continue);
        return saved.Finish();
    }

    /// <summary>So that nothing is looked up for each rule of a chain that is compared with one.</summary>
    private void FindNewest(Rule rule)
    {
        _newest.Clear();
        foreach (ExtensionRecord match in rule)
        {
            _newest.Add(extensions.FindByHead(match, isTarget: false));
        }

        _newest.Add(extensions.FindByHead(rule.Target, isTarget: true));
        _watches = _newest.Exists(static extension => extension is { IsWatcher: true });
    }

    private bool IsSame(Rule a, Rule b)
    {
        // The first bytes of a head must be equal in every family, and there most rules differ already, or in their first match.
        if (MemoryMarshal.Read<ulong>(a.Bytes) != MemoryMarshal.Read<ulong>(b.Bytes)
            || FirstMatchDiffers(a, b)
            || !extensions.Head.Match.AreSame(a.Conditions, b.Conditions))
        {
            return false;
        }

        int number = 0;
        Rule.MatchEnumerator other = b.GetEnumerator();
        foreach (ExtensionRecord match in a)
        {
            if (!other.MoveNext() || !IsSame(match, other.Current, isTarget: false, _newest[number++]))
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
            return table.DoSame(targetA.Verdict, targetB.Verdict);
        }

        return IsSame(targetA, targetB, isTarget: true, _newest[number]);
    }

    private bool FirstMatchDiffers(Rule a, Rule b)
    {
        int head = b.Layout.HeadSize;
        int size = head + ExtensionRecord.HeadSize;
        return _newest is [{ } newest, _, ..] && a.TargetOffset >= size && a.Bytes[head..size].SequenceEqual(b.Bytes[head..size])
            && !newest.AreSame(a.Bytes[size..], b.Bytes[size..]);
    }

    private bool IsSame(ExtensionRecord a, ExtensionRecord b, bool isTarget, Extension? newest)
    {
        if (newest is not null && a.Bytes[..ExtensionRecord.HeadSize].SequenceEqual(b.Bytes[..ExtensionRecord.HeadSize]))
        {
            return newest.AreSame(a.Payload, b.Payload);
        }

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

        return areAlike ? extension.AreSame(payloadA, payloadB) : IsSame(extension, a, payloadA, payloadB, isTarget);
    }

    /// <summary>Compares a record of an older revision with a payload of the newest, as far as the older one can express it.</summary>
    private bool IsSame(
        Extension extension, ExtensionRecord older, ReadOnlySpan<byte> olderWidened, ReadOnlySpan<byte> newest, bool isTarget)
    {
        ExtensionRecord narrowed = new(older.Bytes.ToArray());
        return ExtensionSet.Store(newest, extension, narrowed) is null
            && extensions.Find(narrowed, isTarget, _scratchB, out ReadOnlySpan<byte> payload) is not null
            && extension.AreSame(olderWidened, payload);
    }
}

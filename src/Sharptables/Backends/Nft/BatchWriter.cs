using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Writes what a table was changed by, as one batch of messages: a walk over its runs. Rules that were read and are still there need no message,
/// those that were added are new, and what is not there any more is deleted. New chains come first, since rules jump to them, and chains are deleted
/// last.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="origin">What nf_tables has of it.</param>
/// <param name="extensions">The extensions of the family.</param>
/// <param name="to">Where to write.</param>
/// <param name="refusals">When the same batch was refused: what the kernel said.</param>
internal sealed class BatchWriter(
    Table table, NftOrigin origin, ExtensionSet extensions, NetlinkWriter to, params IReadOnlyList<NetlinkRefusal> refusals)
{
    private const int FewRules = 8; // that are deleted one by one

    private readonly RuleWriter _rules = new(table, extensions, to) { ExpectsMany = origin.IsAnew };
    private readonly bool _mayLookUp = AnyLooksUp(extensions); // all rules that are added have been read
    private readonly List<(Chain Chain, ulong? Handle)> _zeroes = [];
    private bool _isFlushed; // of the chain whose rules are written: whether all of them are deleted at once
    private bool _hasAppended; // of that chain: whether there are new rules at its end
    private uint _sets; // made so far

    /// <summary>The batch.</summary>
    public Batch Batch { get; } = new(to, table.Layout.Family.Number, refusals);

    /// <summary>The rules whose memory was given back, when the table is to be filled anew.</summary>
    public WrittenRules Written { get; } = new(table) { IsGivingBack = origin.IsAnew };

    /// <summary>What is to be set to zero and is not in the batch: a rule, or all of a chain when there is no handle.</summary>
    public IReadOnlyList<(Chain Chain, ulong? Handle)> Zeroes => _zeroes;

    /// <summary>Writes the batch.</summary>
    public void Write()
    {
        ChainWriter chains = new(table, origin, Batch);
        Batch.Begin(origin.Generation);
        chains.WriteTable();
        foreach (Chain chain in table.ChainsByNumber)
        {
            chains.Write(chain);
        }

        foreach (Chain chain in table.ChainsByNumber)
        {
            WriteRules(chain);
            WriteUserPolicy(chain);
        }

        foreach (Chain chain in table.ChainsByNumber)
        {
            chains.Delete(chain);
        }

        Batch.End();
    }

    /// <summary>Deletes the rules of a chain that are not there any more, and adds those that are new.</summary>
    private void WriteRules(Chain chain)
    {
        bool isThere = origin.InKernel(chain) is not null;
        _isFlushed = _hasAppended = false;
        if (chain.IsDeleted && !isThere)
        {
            return; // made and deleted again
        }

        if (isThere && !KeepsAny(chain) && !(origin.HasReadAll(chain) && CountRead(chain) < FewRules))
        {
            Flush(chain);
            isThere = false;
            _isFlushed = true;
        }

        DeletedRules deleted = new(isThere ? origin.RulesRead(chain) : []);
        ulong before = 0; // the handle of the kept rule in front
        for (int run = chain.FirstRun; ;)
        {
            int next = run;
            int count = 0; // of rules that are added here
            while (next >= 0 && (table.Runs[next].IsAdded || table.Runs[next] is { Count: 0, IsUnread: false }))
            {
                count += table.Runs[next].Count;
                next = table.Runs[next].Next;
            }

            // What was read and is not there any more, up to the next that is kept; the rest of the chain if there is none.
            int upTo = next < 0 || table.Runs[next].IsUnread ? int.MaxValue : table.Runs[next].FirstRead;
            if (count == 1 && deleted.TryTake(upTo, out int replaced))
            {
                _ = WriteRule(chain, OnlyRule(run, next), NetlinkSocket.ReplaceFlag | NetlinkSocket.CreateFlag, "RULE_REPLACE", origin.HandleOf(replaced));
            }
            else if (count > 0)
            {
                Add(chain, run, next, before);
            }

            while (deleted.TryTake(upTo, out int gone))
            {
                DeleteRule(chain, origin.HandleOf(gone));
            }

            if (next < 0)
            {
                return;
            }

            ref Run kept = ref table.Runs[next];
            deleted.Skip(kept.Count);
            before = kept.Count > 0 ? origin.HandleOf(kept.FirstRead + kept.Count - 1) : before;
            Zero(chain, kept);
            run = kept.Next;
        }
    }

    /// <summary>The policy of a user's chain is a rule at its end.</summary>
    private void WriteUserPolicy(Chain chain)
    {
        if (chain.IsBuiltIn || !table.Layout.Family.HasUserPolicies || (chain.IsDeleted && origin.InKernel(chain) is null))
        {
            return;
        }

        int wanted = chain.IsDeleted ? Verdict.Return : chain.Policy;
        (ulong Handle, int Verdict)? old = _isFlushed ? null : origin.PolicyOf(chain);
        if (old is { } there && (there.Verdict != wanted || _hasAppended))
        {
            DeleteRule(chain, there.Handle);
        }

        if (wanted != Verdict.Return && (old?.Verdict != wanted || _hasAppended))
        {
            RuleBytes bytes = new(table.Layout);
            bytes.Begin();
            bytes.AddVerdict(wanted);
            _ = WriteRule(chain, bytes.Finish(), NetlinkSocket.CreateFlag | NetlinkSocket.AppendFlag, "RULE_APPEND", isPolicy: true);
        }
    }

    private bool KeepsAny(Chain chain)
    {
        foreach (ref Run run in table.Runs.Of(chain))
        {
            if (run is { IsAdded: false } and ({ Count: > 0 } or { IsUnread: true }))
            {
                return true;
            }
        }

        return false;
    }

    private int CountRead(Chain chain)
    {
        int count = 0;
        foreach ((_, int rules) in origin.RulesRead(chain))
        {
            count += rules;
        }

        return count;
    }

    private void Flush(Chain chain)
    {
        if (origin.InKernel(chain)!.Use > 0)
        {
            Batch.Begin(NfTables.Message.DeleteRule, 0, "RULE_FLUSH", "rule in chain ", chain.Name);
            PutPlace(chain);
            to.End();
        }
    }

    private void DeleteRule(Chain chain, ulong handle)
    {
        Batch.Begin(NfTables.Message.DeleteRule, 0, "RULE_DELETE", "rule in chain ", chain.Name);
        PutPlace(chain);
        to.Put(NfTables.Rule.Handle, handle);
        to.End();
    }

    /// <summary>Adds the rules of some runs. The kernel finds a place by its handle slowly, so at either end of a chain none is named.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="run">The first run.</param>
    /// <param name="end">The run behind the last; -1 at the end of the chain.</param>
    /// <param name="before">The handle of the rule in front of them; 0 at the beginning of the chain.</param>
    private void Add(Chain chain, int run, int end, ulong before)
    {
        ulong behind = end >= 0 && table.Runs[end].Count > 0 ? origin.HandleOf(table.Runs[end].FirstRead) : 0;
        if (end < 0)
        {
            _hasAppended = true;
            for (; run != end; run = table.Runs[run].Next)
            {
                Append(chain, table.Runs[run]);
            }

            return;
        }

        List<int> offsets = [];
        for (; run != end; run = table.Runs[run].Next)
        {
            Run added = table.Runs[run];
            for (int at = added.Offset; at < added.Offset + added.Length; at += table.Runs.LengthAt(added, at))
            {
                offsets.Add(at);
            }
        }

        bool inOrder = before != 0 && behind != 0;
        for (int i = 0; i < offsets.Count; i++)
        {
            int offset = offsets[inOrder ? i : ^(i + 1)];
            Rule rule = new(table.Added.Slice(offset, table.Added.Length - offset), table.Layout);
            int flags = NetlinkSocket.CreateFlag | (before != 0 && !inOrder ? NetlinkSocket.AppendFlag : 0);
            _ = WriteRule(chain, rule, flags, "RULE_INSERT", position: before == 0 ? 0 : inOrder ? behind : before);
        }
    }

    private void Append(Chain chain, Run run)
    {
        string what = run.IsInserted ? "RULE_INSERT" : "RULE_APPEND";
        for (int at = run.Offset, end = at + run.Length; at < end;)
        {
            Rule rule = new(table.Added.Slice(at, end - at), table.Layout);
            int length = rule.Bytes.Length;
            bool isReadAsItIs = WriteRule(chain, rule, NetlinkSocket.CreateFlag | NetlinkSocket.AppendFlag, what);
            Written.Add(at, length, isReadAsItIs);
            at += length;
        }
    }

    private Rule OnlyRule(int run, int end)
    {
        while (run != end && table.Runs[run].Count == 0)
        {
            run = table.Runs[run].Next;
        }

        return new Rule(table.Runs.BytesOf(table.Runs[run]), table.Layout);
    }

    /// <returns>Whether what was written is read as the very same bytes.</returns>
    private bool WriteRule(Chain chain, Rule rule, int flags, string what, ulong handle = 0, ulong position = 0, bool isPolicy = false)
    {
        uint firstSet = _sets + 1;
        if (_mayLookUp)
        {
            MakeSets(rule);
        }

        Batch.Begin(NfTables.Message.NewRule, (ushort)flags, what, "rule in chain ", chain.Name, rule.Line);
        PutPlace(chain);
        if (handle != 0)
        {
            to.Put(NfTables.Rule.Handle, handle);
        }

        if (position != 0)
        {
            to.Put(NfTables.Rule.Position, position);
        }

        if (isPolicy)
        {
            to.Put(NfTables.Rule.UserData, NftOrigin.PolicyMark);
        }

        bool isReadAsItIs = _rules.WriteExpressions(rule, firstSet);
        to.End();
        return isReadAsItIs;
    }

    private static bool AnyLooksUp(ExtensionSet extensions)
    {
        foreach (Extension extension in extensions.Built)
        {
            if (extension.LooksUp)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Makes the sets that a rule looks up values in.</summary>
    private void MakeSets(Rule rule)
    {
        foreach (Condition condition in _rules.LookUpsIn(rule))
        {
            _sets++;
            SetWriter set = new(to, table.Name, _sets, condition);
            Batch.Begin(NfTables.Message.NewSet, NetlinkSocket.CreateFlag, "SET_ADD", "set ", NfTables.Set.AnyName, rule.Line);
            set.WriteHead();
            to.End();
            while (set.HasElements)
            {
                Batch.Begin(NfTables.Message.NewSetElement, NetlinkSocket.CreateFlag, "SETELEM_ADD", "set ", NfTables.Set.AnyName, rule.Line);
                set.WriteElements();
                to.End();
            }
        }
    }

    private void Zero(Chain chain, in Run run)
    {
        if (run.Counters != CounterFate.Zero || run is { Count: 0, IsUnread: false })
        {
            return;
        }

        if (AllAreZero(chain))
        {
            if (_zeroes.Count == 0 || _zeroes[^1] != (chain, null))
            {
                _zeroes.Add((chain, null));
            }

            return;
        }

        for (int i = 0; i < run.Count; i++)
        {
            _zeroes.Add((chain, origin.HandleOf(run.FirstRead + i)));
        }
    }

    private bool AllAreZero(Chain chain)
    {
        foreach (ref Run run in table.Runs.Of(chain))
        {
            if (run.IsAdded || (run.Counters != CounterFate.Zero && (run.Count > 0 || run.IsUnread)))
            {
                return false;
            }
        }

        return true;
    }

    private void PutPlace(Chain chain)
    {
        to.PutText(NfTables.Rule.Table, table.Name);
        to.PutText(NfTables.Rule.Chain, origin.NameInBatch(chain));
    }
}

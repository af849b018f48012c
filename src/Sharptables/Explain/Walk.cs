using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>
/// Walks packets through the hooks and chains of a firewall, as the kernel would. Where what happens depends on something that is not known, it follows
/// both cases.
/// </summary>
/// <param name="tables">The tables.</param>
/// <param name="routes">Says where packets are sent.</param>
internal sealed partial class Walk(AskedTables tables, IRoutes routes)
{
    private const int PreRouting = 0, Input = 1, Forward = 2, Output = 3, PostRouting = 4; // NF_INET_*
    private const int MostCases = 1000, MostGotos = 100_000;

    private readonly List<AskedChain>[] _chains = [tables.At(PreRouting), tables.At(Input), tables.At(Forward), tables.At(Output), tables.At(PostRouting)];
    private readonly Stack<Traveller> _waiting = [];
    private Cases _cases = new();

    /// <summary>Whether the rules that leave a packet are among the steps, too.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>What is taken for granted where it is asked.</summary>
    public IReadOnlyList<(string Text, bool Holds)> Assumed { get; init; } = [];

    /// <summary>Says what becomes of a packet.</summary>
    /// <param name="packet">The packet; it is not changed.</param>
    /// <param name="isLocal">Whether this machine made it.</param>
    public Explanation Explain(Packet packet, bool isLocal)
    {
        _cases = new Cases();
        _waiting.Clear();
        Traveller first = new(packet.Copy(), isLocal) { Hook = isLocal ? Output : PreRouting };
        Begin(first);
        _waiting.Push(first);
        for (int cases = 0; _waiting.Count > 0 && cases < MostCases; cases++)
        {
            Follow(_waiting.Pop());
        }

        return new(_cases.Distinct(), _waiting.Count == 0);
    }

    /// <summary>Follows one packet to its end; other cases that come up wait.</summary>
    private void Follow(Traveller traveller)
    {
        while (traveller.At is null ? Enter(traveller) : Meet(traveller, traveller.At))
        {
            // on to the next rule or chain
        }
    }

    /// <summary>Goes into the next chain that the hook calls, or on to the next hook.</summary>
    /// <returns>False at the end.</returns>
    private bool Enter(Traveller traveller)
    {
        List<AskedChain> chains = _chains[traveller.Hook];
        if (traveller.Chain >= chains.Count)
        {
            return Track(traveller) && Leave(traveller);
        }

        AskedChain chain = chains[traveller.Chain];
        if (chain.Table.Name != "raw")
        {
            _ = Track(traveller);
        }

        if (chain.Table.Name == "nat" && !IsForNat(traveller, chain))
        {
            traveller.Chain++;
            return true;
        }

        if (chain.Count > 0 || chain.Policy != Verdict.Accept)
        {
            traveller.Note(new Step.Enters(chain));
        }

        traveller.At = new(chain, 0, null);
        return true;
    }

    /// <summary>Meets the next rule of a chain, or its end.</summary>
    /// <returns>False if that is the end of the packet.</returns>
    private bool Meet(Traveller traveller, Frame at)
    {
        while (!ShowsAll && traveller.Test == 0 && traveller.Index < at.Chain.Count && at.Chain.Leaves(traveller.Index, traveller.Packet))
        {
            traveller.Index++;
        }

        if (traveller.Index >= at.Chain.Count)
        {
            return Return(traveller, at);
        }

        AskedRule rule = at.Chain[traveller.Index];
        for (; traveller.Test < rule.Tests.Length; traveller.Test++)
        {
            AskedTest test = rule.Tests[traveller.Test];
            Answer answer = test.Ask(traveller.Packet, out Option? by);
            if (answer is Answer.Unknown)
            {
                if (LeavesAnyway(rule, traveller))
                {
                    return Next(traveller);
                }

                if (IsWithoutEffect(rule, traveller))
                {
                    traveller.Note(new Step.Takes(rule, [], IsSure: false));
                    return Next(traveller);
                }

                Question question = new(rule, test, by, traveller.Packet);
                if (!Decide(traveller, question))
                {
                    return traveller.At is not null;
                }

                bool isSettled = question.Condition?.Ask(traveller.Packet) == (question.PassesIfSo ? Answer.Yes : Answer.No);
                traveller.Test -= isSettled ? 1 : 0; // the rest of the match is asked
                continue;
            }

            switch (answer)
            {
                case Answer.Dropped:
                    return End(traveller, Fate.Drop, rule, null, $"the match {test.Extension.Name} drops it, since it is cut off or malformed");
                case Answer.No:
                    if (ShowsAll)
                    {
                        traveller.Note(new Step.Leaves(rule, Question.WhyNot(rule, test, by, traveller.Packet)));
                    }

                    return Next(traveller);
            }
        }

        return Take(traveller, at, rule);
    }

    /// <summary>Whether a rule, one test of which has no answer, leaves the packet by another one in any case.</summary>
    private bool LeavesAnyway(AskedRule rule, Traveller traveller)
    {
        for (int i = traveller.Test + 1; i < rule.Tests.Length; i++)
        {
            switch (rule.Tests[i].Ask(traveller.Packet, out Option? by))
            {
                case Answer.No:
                    if (ShowsAll)
                    {
                        traveller.Note(new Step.Leaves(rule, Question.WhyNot(rule, rule.Tests[i], by, traveller.Packet)));
                    }

                    return true;
                case Answer.Dropped:
                    return false; // in the kernel's order: what drops a packet comes before what leaves it
            }
        }

        return false;
    }

    /// <summary>
    /// Answers what is not known: as was answered before, or else both ways. This packet then goes on as one that passes the test, and another one that
    /// does not waits at the next rule.
    /// </summary>
    /// <returns>False if this one does not pass; it is then at the next rule, or at its end if that cannot be.</returns>
    private bool Decide(Traveller traveller, Question question)
    {
        if ((question.IsRemembered ? traveller.Recall(question.Text) : null) is { } before)
        {
            return before == question.PassesIfSo || !Next(traveller);
        }

        if (IsAssumed(question.Text) is { } assumed)
        {
            bool isPossible = traveller.Suppose(question.Premise(assumed));
            Settle(traveller);
            if (!isPossible)
            {
                traveller.At = null;
            }

            return isPossible && (assumed == question.PassesIfSo || !Next(traveller));
        }

        Traveller other = traveller.Copy();
        if (other.Suppose(question.Premise(!question.PassesIfSo)))
        {
            if (ShowsAll)
            {
                other.Note(new Step.Leaves(question.Rule!, question.Text));
            }

            Settle(other);
            _ = Next(other);
            _waiting.Push(other);
        }

        if (!traveller.Suppose(question.Premise(question.PassesIfSo)))
        {
            traveller.At = null; // that cannot be, so there is no such packet
            return false;
        }

        Settle(traveller);
        return true;
    }

    private bool? IsAssumed(string text)
    {
        foreach ((string assumed, bool holds) in Assumed)
        {
            if (assumed == text)
            {
                return holds;
            }
        }

        return null;
    }
}

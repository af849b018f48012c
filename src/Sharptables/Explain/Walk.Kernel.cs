using System;
using System.Collections.Generic;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <content>What the kernel does between rules and between chains.</content>
internal sealed partial class Walk
{
    private const ushort Established = 1 << 1, Related = 1 << 2, New = 1 << 3, MappedSource = 1 << 6, MappedDestination = 1 << 7; // XT_CONNTRACK_STATE_*

    private static Condition IsNew => new(Field.Ct.State, Values.AnyBit(New), IsInverted: false);

    /// <summary>Whether a rule makes no difference to a packet: it counts it, or notes it.</summary>
    private static bool IsWithoutEffect(AskedRule rule, Traveller traveller)
    {
        if (rule.IsIdle)
        {
            return true;
        }

        if (rule.Target is null || rule.IsOfOthers)
        {
            return false;
        }

        Packet tried = traveller.Packet.Copy();
        int before = tried.Changes.Count;
        return rule.Act(tried) is Fate.Continue && tried.Changes.Count == before;
    }

    private void Begin(Traveller traveller)
    {
        Packet packet = traveller.Packet;
        if (!packet.HasBytes && !packet.Family.HasColonsInAddresses && packet.PossibleOf(Field.Ip.Fragment).IsAll)
        {
            _ = packet.Learn(new(Field.Ip.Fragment, Values.AnyBit(Packet.FragmentOffsetMask), IsInverted: true)); // the kernel puts fragments together for nearly all that ask
        }

        if (traveller.IsLocal)
        {
            packet[Field.Meta.InInterface] = 0;
            Send(traveller, routes.Find(packet, isLocal: true));
        }
        else
        {
            packet[Field.Meta.OutInterface] = 0;
        }

        packet.Know(Field.Ct.State, new Possible(ushort.MaxValue, StateField.Invalid)); // as rules see it that come before connection tracking
    }

    /// <summary>Connection tracking sees the packet, if it has not yet.</summary>
    private static bool Track(Traveller traveller)
    {
        if (!traveller.IsTracked)
        {
            traveller.IsTracked = true;
            if (traveller.Packet.Find(Field.Ct.State) != (UInt128)StateField.Untracked)
            {
                traveller.Packet.Know(Field.Ct.State, traveller.State);
                Settle(traveller);
            }
        }

        return true;
    }

    /// <summary>What follows for the connection once it is known that the packet begins it.</summary>
    private static void Settle(Traveller traveller)
    {
        Packet packet = traveller.Packet;
        if (!traveller.IsTracked || packet.Find(Field.Ct.Direction) == (UInt128)0 || packet.PossibleOf(Field.Ct.State).Ask(Values.AnyBit(New)) is not Answer.Yes)
        {
            return;
        }

        packet[Field.Ct.State] = New; // no rule of the nat table has seen it yet

        packet[Field.Ct.Direction] = 0;
        if (packet.PossibleOf(Field.Ct.Mark).IsAll)
        {
            packet[Field.Ct.Mark] = 0;
        }

        Copy(Field.Ip.Protocol, Field.Ct.Protocol);
        Copy(Field.Ip.Source, Field.Ct.OriginalSource, Field.Ct.ReplyDestination);
        Copy(Field.Ip.Destination, Field.Ct.OriginalDestination, Field.Ct.ReplySource);
        switch (packet.Protocol)
        {
            case 1 or 58: // ICMP has the question's number in place of the port that asks, and type and code in place of the other one
                Copy(Field.Icmp.Identifier, Field.Ct.OriginalSourcePort, Field.Ct.ReplySourcePort);
                Copy(Field.Port.Source, Field.Ct.OriginalDestinationPort);
                if (packet.Find(Field.Port.Source) is { } message && packet.PossibleOf(Field.Ct.ReplyDestinationPort).IsAll)
                {
                    packet[Field.Ct.ReplyDestinationPort] = message == 0x0800 ? 0 : message + 0x0100; // the type of the answer
                }

                break;
            case 6 or 17 or 33 or 132 or 136:
                Copy(Field.Port.Source, Field.Ct.OriginalSourcePort, Field.Ct.ReplyDestinationPort);
                Copy(Field.Port.Destination, Field.Ct.OriginalDestinationPort, Field.Ct.ReplySourcePort);
                break;
        }

        void Copy(Field from, params ReadOnlySpan<Field> to)
        {
            foreach (Field field in to)
            {
                if (packet.PossibleOf(field).IsAll)
                {
                    packet.Know(field, packet.PossibleOf(from));
                }
            }
        }
    }

    /// <summary>
    /// Whether a chain of the nat table sees the packet: only if it begins its connection, and no other has mapped it. What may have been mapped before
    /// is not known.
    /// </summary>
    private bool IsForNat(Traveller traveller, AskedChain chain)
    {
        bool isSource = traveller.Hook is PostRouting or Input;
        if ((chain.Count == 0 && chain.Policy == Verdict.Accept) || (isSource ? traveller.IsMapped.Source : traveller.IsMapped.Destination))
        {
            return false;
        }

        switch (IsNew.Ask(traveller.Packet))
        {
            case Answer.Yes:
                return true;
            case Answer.Unknown:
                Traveller other = traveller.Copy();
                Question question = new("--ctstate NEW", IsNew, null);
                if (IsAssumed(question.Text) is not true && other.Suppose(question.Premise(holds: false)))
                {
                    _waiting.Push(other);
                }

                if (IsAssumed(question.Text) is false || !traveller.Suppose(question.Premise(holds: true)))
                {
                    return false;
                }

                Settle(traveller);
                return true;
            default:
                Recall(traveller, isSource);
                return false;
        }
    }

    /// <summary>The addresses of a connection that has begun are mapped as its first packet's were, or back; how is not known.</summary>
    private void Recall(Traveller traveller, bool isSource)
    {
        Question question = new("its connection's addresses are mapped", null, "connection tracking");
        Condition hasBegun = new(Field.Ct.State, Values.AnyBit(Established | Related), IsInverted: false);
        if (hasBegun.Ask(traveller.Packet) is Answer.No || IsAssumed(question.Text) is false || traveller.Recall(question.Text) is false)
        {
            return;
        }

        if (IsAssumed(question.Text) is null && traveller.Recall(question.Text) is null)
        {
            Traveller other = traveller.Copy();
            _ = other.Suppose(question.Premise(holds: false));
            _waiting.Push(other);
            _ = traveller.Suppose(question.Premise(holds: true));
            _ = traveller.Packet.Learn(hasBegun);
        }

        foreach (Field field in (ReadOnlySpan<Field>)(isSource ? [Field.Ip.Source, Field.Port.Source] : [Field.Ip.Destination, Field.Port.Destination]))
        {
            traveller.Packet.Know(field, field.In(traveller.Packet.Family).Slot!.Value.Possible);
        }
    }

    /// <summary>Goes on to the next rule.</summary>
    private static bool Next(Traveller traveller)
    {
        traveller.Index++;
        traveller.Test = 0;
        return true;
    }

    /// <summary>Comes back from a chain, or to the policy.</summary>
    private bool Return(Traveller traveller, Frame at)
    {
        if (at.Caller is not null)
        {
            traveller.Note(new Step.Returns(at.Chain));
            traveller.At = at.Caller;
            return true;
        }

        AskedChain top = at.Bottom;
        if (top.Count > 0 || top.Policy != Verdict.Accept)
        {
            traveller.Note(new Step.Policy(top, top.Policy));
        }

        return top.Policy == Verdict.Accept ? Pass(traveller, null) : End(traveller, Fate.Drop, null, top, "");
    }

    /// <summary>A rule takes the packet.</summary>
    private bool Take(Traveller traveller, Frame at, AskedRule rule)
    {
        if (rule.IsOfOthers)
        {
            traveller.Note(new Step.Takes(rule, [], IsSure: false));
            return End(traveller, null, rule, null, "what that rule asks or does is not known here");
        }

        if (rule.JumpTo is { } next)
        {
            traveller.Note(new Step.Takes(rule, []));
            if (at.Depth > next.Table.Count || (rule.IsGoto && ++traveller.Gotos > MostGotos))
            {
                return End(traveller, null, rule, null, "the chains jump to each other without end");
            }

            traveller.At = new(next, 0, rule.IsGoto ? at.Caller : at with { Next = traveller.Index + 1 }) { Bottom = at.Bottom };
            return true;
        }

        int changed = traveller.Packet.Changes.Count;
        Fate? fate = rule.Target is not null ? rule.Act(traveller.Packet) : rule.Verdict switch
        {
            Verdict.Accept => Fate.Accept,
            Verdict.Drop => Fate.Drop,
            Verdict.Queue => Fate.Queue,
            _ => Fate.Continue,
        };
        List<string> changes = [];
        for (int i = changed; i < traveller.Packet.Changes.Count; i++)
        {
            changes.Add(FieldText.Change(traveller.Packet, traveller.Packet.Changes[i]));
        }

        traveller.Answers = changes.Count > 0 ? null : traveller.Answers;
        traveller.Note(new Step.Takes(rule, changes));
        switch (fate)
        {
            case Fate.Continue when rule.Target is null && rule.Verdict == Verdict.Return:
                return Return(traveller, at);
            case Fate.Continue:
                return Next(traveller);
            case Fate.Accept:
                return Pass(traveller, rule);
            case Fate.Queue:
                Question question = new($"rule {rule.Number} of {rule.Chain.Name}: the program on the queue accepts it", null, "a program", rule);
                Traveller other = traveller.Copy();
                _ = other.Suppose(question.Premise(holds: false));
                if (IsAssumed(question.Text) is not true)
                {
                    _ = End(other, Fate.Drop, rule, null, "the program drops it");
                }

                return IsAssumed(question.Text) is not false && traveller.Suppose(question.Premise(holds: true)) && Pass(traveller, rule);
            case Fate.Stolen:
                return End(traveller, fate, rule, null, "the target answers it itself");
            case null:
                return End(traveller, null, rule, null, "what that target does is not known here");
            default:
                return End(traveller, fate, rule, null, "");
        }
    }

    /// <summary>No chain of this table objects: the next one of the hook sees the packet.</summary>
    private static bool Pass(Traveller traveller, AskedRule? by)
    {
        Frame at = traveller.At!;
        if (at.Bottom.Table.Name == "filter" || (traveller.Accepted is (null, null) && (by is not null || at.Bottom.Count > 0)))
        {
            traveller.Accepted = (by, by is null ? at.Bottom : null);
        }

        if (at.Bottom.Table.Name == "nat")
        {
            bool isSource = traveller.Hook is PostRouting or Input;
            bool isMapped = traveller.Packet.PossibleOf(Field.Ct.State).Ask(Values.AnyBit(isSource ? MappedSource : MappedDestination)) is Answer.Yes;
            traveller.IsMapped = isSource ? (traveller.IsMapped.Source | isMapped, traveller.IsMapped.Destination) : (traveller.IsMapped.Source, traveller.IsMapped.Destination | isMapped);
        }

        traveller.At = null;
        traveller.Chain++;
        return true;
    }

    /// <summary>All chains of a hook have let the packet pass.</summary>
    private bool Leave(Traveller traveller)
    {
        Packet packet = traveller.Packet;
        switch (traveller.Hook)
        {
            case PreRouting:
                return Direct(traveller, routes.Find(packet, isLocal: false));
            case Forward:
                return GoTo(traveller, PostRouting);
            case Output:
                if (packet.Changes.Count > 0)
                {
                    Send(traveller, routes.Find(packet, isLocal: true)); // as the kernel does if mark, addresses or type of service have changed
                }

                return traveller.Route is { Way: RouteWay.Nowhere } lost ? End(traveller, Fate.Drop, null, null, lost.Reason) : GoTo(traveller, PostRouting);
            case PostRouting when traveller.Route is { Interface: "lo" } && !traveller.IsBack:
                traveller.IsBack = true;
                traveller.IsMapped = (true, true);
                packet[Field.Meta.InInterface] = packet.Find(Field.Meta.OutInterface) ?? 0;
                packet[Field.Meta.OutInterface] = 0;
                return GoTo(traveller, PreRouting);
            default:
                return End(traveller, Fate.Accept, traveller.Accepted.Rule, traveller.Accepted.Policy, "");
        }
    }

    /// <summary>Routing decides whether an incoming packet is for this machine.</summary>
    private bool Direct(Traveller traveller, RouteAnswer route)
    {
        if (traveller.IsBack)
        {
            return GoTo(traveller, Input);
        }

        traveller.Route = route;
        switch (route.Way)
        {
            case RouteWay.Nowhere:
                return End(traveller, Fate.Drop, null, null, route.Reason);
            case RouteWay.Local:
                traveller.Note(new Step.Notes("for this machine"));
                return GoTo(traveller, Input);
            case RouteWay.Out:
                return SendOn(traveller, route);
            default:
                Question question = new("it is for this machine", null, "the routes");
                Traveller other = traveller.Copy();
                bool? assumed = IsAssumed(question.Text);
                if (assumed is not true && other.Suppose(question.Premise(holds: false)))
                {
                    if (SendOn(other, route))
                    {
                        _waiting.Push(other);
                    }
                }

                return assumed is not false && traveller.Suppose(question.Premise(holds: true)) && GoTo(traveller, Input);
        }
    }

    /// <summary>It is to be forwarded: one hop less is left, which the rules see already.</summary>
    private bool SendOn(Traveller traveller, RouteAnswer route)
    {
        Packet packet = traveller.Packet;
        List<(UInt128 First, UInt128 Last)> left = [];
        foreach ((UInt128 first, UInt128 last) in packet.PossibleOf(Field.Ip.HopLimit).Intervals)
        {
            if (last > 1)
            {
                left.Add((first > 1 ? first - 1 : 1, last - 1));
            }
        }

        if (left.Count == 0)
        {
            return End(traveller, Fate.Drop, null, null, "it has no hop left, which its sender is told");
        }

        Send(traveller, route);
        packet.Know(Field.Ip.HopLimit, new Possible(byte.MaxValue, [.. left]));
        return GoTo(traveller, Forward);
    }

    private static void Send(Traveller traveller, RouteAnswer route)
    {
        traveller.Route = route;
        if (route.Interface.Length > 0)
        {
            traveller.Packet[Field.Meta.OutInterface] = InterfaceNumber.Of(route.Interface);
        }
        else if (traveller.Packet.Find(Field.Meta.OutInterface) == (UInt128)0)
        {
            traveller.Packet.Know(Field.Meta.OutInterface, Field.Meta.OutInterface.Slot!.Value.Possible);
        }

        traveller.Note(new Step.Notes(route.Interface.Length > 0 ? $"out by {route.Interface}" : "out by an interface that is not known"));
    }

    private static bool GoTo(Traveller traveller, int hook)
    {
        (traveller.Hook, traveller.Chain, traveller.At) = (hook, 0, null);
        return true;
    }

    private bool End(Traveller traveller, Fate? fate, AskedRule? by, AskedChain? policy, string reason)
    {
        _cases.Add(new(fate, by, policy, reason, traveller.Premises, traveller.Steps, traveller.Packet));
        return false;
    }
}

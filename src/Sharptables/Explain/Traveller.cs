using System.Collections.Generic;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>A packet on its way: where it is, and what it has met. A case that differs by one premise goes on as another one.</summary>
internal sealed class Traveller
{
    private Trail<Step>? _steps;
    private Trail<Premise>? _premises;

    /// <param name="packet">The packet.</param>
    /// <param name="isLocal">Whether this machine made it.</param>
    public Traveller(Packet packet, bool isLocal) => (Packet, IsLocal, State) = (packet, isLocal, packet.PossibleOf(Field.Ct.State));

    private Traveller(Traveller other)
    {
        (Packet, IsLocal, State, _steps, _premises) = (other.Packet.Copy(), other.IsLocal, other.State, other._steps, other._premises);
        (Hook, Chain, At, Index, Test, IsMapped, Gotos) = (other.Hook, other.Chain, other.At, other.Index, other.Test, other.IsMapped, other.Gotos);
        (IsTracked, IsBack, Route, Answers, Accepted) = (other.IsTracked, other.IsBack, other.Route, other.Answers, other.Accepted);
    }

    public Packet Packet { get; private set; }

    /// <summary>Whether this machine made it.</summary>
    public bool IsLocal { get; }

    /// <summary>The hook that it is at (<c>NF_INET_*</c>).</summary>
    public int Hook
    {
        get => field;
        set
        {
            field = value;
            Packet.Hook = (Hooks)(1 << value);
        }
    }

    /// <summary>The number of the chain, among those that the hook calls.</summary>
    public int Chain { get; set; }

    /// <summary>Where it is in a chain, and where it goes back to; null between chains.</summary>
    public Frame? At
    {
        get;
        set
        {
            field = value;
            Index = value?.Next ?? 0;
            Test = 0;
        }
    }

    /// <summary>The index of the rule that is next.</summary>
    public int Index { get; set; }

    /// <summary>How often a rule has sent it to a chain for good.</summary>
    public int Gotos { get; set; }

    /// <summary>The number of the test of the rule that is next.</summary>
    public int Test { get; set; }

    /// <summary>Whether its addresses were mapped, or cannot be any more: the source, and the destination.</summary>
    public (bool Source, bool Destination) IsMapped { get; set; }

    /// <summary>Whether connection tracking has seen it.</summary>
    public bool IsTracked { get; set; }

    /// <summary>Whether it left by the loopback interface and came back.</summary>
    public bool IsBack { get; set; }

    /// <summary>The states that its connection may have, while connection tracking has not seen it.</summary>
    public Possible State { get; set; }

    /// <summary>Where it is sent, once that has been asked.</summary>
    public RouteAnswer? Route { get; set; }

    /// <summary>What let it pass: a rule, or the chain whose policy did. That of the filter table counts, if there is one.</summary>
    public (AskedRule? Rule, AskedChain? Policy) Accepted { get; set; }

    /// <summary>What was answered to questions that are no conditions on fields; forgotten when a rule changes the packet.</summary>
    public Trail<Premise>? Answers { get; set; }

    /// <summary>What was taken for granted.</summary>
    public List<Premise> Premises => Trail<Premise>.ToList(_premises);

    /// <summary>Its way so far.</summary>
    public List<Step> Steps => Trail<Step>.ToList(_steps);

    /// <summary>Another one at the same place.</summary>
    public Traveller Copy() => new(this);

    /// <summary>Notes a step.</summary>
    public void Note(Step step) => _steps = new(step, _steps);

    /// <summary>Takes something for granted.</summary>
    /// <returns>False if it contradicts what is known.</returns>
    public bool Suppose(Premise premise)
    {
        _premises = new(premise, _premises);
        if (premise.Condition is { } condition)
        {
            return Packet.Learn(premise.Holds ? condition : condition with { IsInverted = !condition.IsInverted });
        }

        Answers = new(premise, Answers);
        return true;
    }

    /// <summary>What was answered to a question before, or null.</summary>
    public bool? Recall(string text)
    {
        for (Trail<Premise>? each = Answers; each is not null; each = each.Before)
        {
            if (each.Last.Text == text)
            {
                return each.Last.Holds;
            }
        }

        return null;
    }
}

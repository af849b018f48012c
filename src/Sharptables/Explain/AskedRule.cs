using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>A rule, ready to be asked about many packets.</summary>
internal sealed class AskedRule
{
    private readonly byte[] _payload = [];

    /// <param name="chain">Its chain.</param>
    /// <param name="number">Its number there, from 1.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="scratch">Room for a payload.</param>
    public AskedRule(AskedChain chain, int number, Rule rule, byte[] scratch)
    {
        (Chain, Number, Line, Protocol) = (chain, number, rule.Line, rule.IsProtocolInverted ? (ushort)0 : rule.Protocol);
        ExtensionSet extensions = chain.Table.Extensions;
        List<AskedTest> tests = [];
        if (!rule.HasNoConditions)
        {
            tests.Add(new AskedTest(extensions.Head.Match, rule.Conditions.ToArray(), extensions.Family, chain.Table.Slots));
        }

        foreach (ExtensionRecord record in rule)
        {
            if (extensions.Find(record, isTarget: false, scratch, out var payload) is not { } match)
            {
                IsOfOthers = true; // nobody here knows what it asks
                continue;
            }

            tests.Add(new AskedTest(match, payload.ToArray(), extensions.Family, chain.Table.Slots));
        }

        Tests = [.. tests];
        ExtensionRecord target = rule.Target;
        if (target.IsStandardTarget)
        {
            Verdict = target.Verdict;
            JumpTo = chain.Table.Table.JumpTarget(Verdict) is { } next ? chain.Table.Find(next) : null;
            IsGoto = rule.IsGoto;
        }
        else if (extensions.Find(target, isTarget: true, scratch, out var payload) is { } known)
        {
            (Target, _payload) = (known, payload.ToArray());
        }
        else
        {
            IsOfOthers = true;
        }
    }

    public AskedChain Chain { get; }

    /// <summary>Its number in the chain, from 1.</summary>
    public int Number { get; }

    /// <summary>The line of the file that it comes from, or 0.</summary>
    public int Line { get; }

    /// <summary>The protocol that it is for; 0 for any.</summary>
    public ushort Protocol { get; }

    /// <summary>What it asks, in the kernel's order.</summary>
    public AskedTest[] Tests { get; }

    /// <summary>Its verdict, if it has no <see cref="Target"/>: <see cref="Model.Verdict"/>.</summary>
    public int Verdict { get; }

    /// <summary>The chain that it jumps to, or null.</summary>
    public AskedChain? JumpTo { get; }

    /// <summary>Whether a return from there goes back past this chain.</summary>
    public bool IsGoto { get; }

    /// <summary>Its target, unless that is a verdict or a jump.</summary>
    public Extension? Target { get; }

    /// <summary>Whether it has a match or target that is not known here: a plugin's, or what only nft can say.</summary>
    public bool IsOfOthers { get; }

    /// <summary>Whether nothing depends on its being asked, as far as a packet is concerned.</summary>
    public bool IsIdle => Target is null && !IsOfOthers && Verdict == Model.Verdict.Continue;

    /// <summary>Its text, as iptables-save has it.</summary>
    public string Text => Chain.TextOf(Number);

    /// <summary>Does with a packet what the target does; null if that is not known.</summary>
    public Fate? Act(Packet packet) => Target!.Act(_payload, packet);
}

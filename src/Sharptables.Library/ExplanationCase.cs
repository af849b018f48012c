using System.Collections.Generic;
using System.Linq;
using Sharptables.Explain;

namespace Sharptables;

/// <summary>What becomes of a packet in one case.</summary>
public sealed class ExplanationCase
{
    private readonly string _verdict;

    internal ExplanationCase(Ending ending)
    {
        AskedChain? chain = ending.By?.Chain ?? ending.Policy;
        (Passes, Verdict, Table, Chain) = (ending.Passes, ExplanationText.Word(ending), chain?.Table.Name, chain?.Name);
        (RuleNumber, Rule, Line) = (ending.By?.Number ?? 0, ending.By?.Text, ending.By?.Line ?? 0);
        If = [.. ExplanationText.TextsOf(ending)];
        Changes = FieldText.Changes(ending.Packet);
        RulesMet = [.. ending.Steps.OfType<Step.Takes>().Select(static step => step.Rule.Text)];
        _verdict = ExplanationText.Verdict(ending);
    }

    /// <summary>Whether it passes; null if that is not known even then.</summary>
    public bool? Passes { get; }

    /// <summary><c>ACCEPT</c>, <c>DROP</c>, <c>REJECT</c>, <c>TAKEN</c> if a target answers it itself, or <c>UNKNOWN</c>.</summary>
    public string Verdict { get; }

    /// <summary>The table whose rule or policy decides; null if none does.</summary>
    public string? Table { get; }

    /// <summary>The chain whose rule or policy decides; null if none does.</summary>
    public string? Chain { get; }

    /// <summary>The number of the rule in the chain, from 1; 0 if it is the policy.</summary>
    public int RuleNumber { get; }

    /// <summary>The rule as iptables-save writes it; null if it is the policy.</summary>
    public string? Rule { get; }

    /// <summary>The line of the text that the rule is from, from 1; 0 if it is from none.</summary>
    public int Line { get; }

    /// <summary>What must be so, in iptables' words, for this case; empty if there is no other.</summary>
    public IReadOnlyList<string> If { get; }

    /// <summary>What rules change of the packet, such as <c>destination 10.0.0.7</c>.</summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>The rules that take it, in order, as iptables-save writes them.</summary>
    public IReadOnlyList<string> RulesMet { get; }

    /// <summary><c>DROP by rule 7 of INPUT (filter): -A INPUT -p tcp -m tcp --dport 22 -j DROP</c>, and in which case.</summary>
    public override string ToString() => (Rule is null ? _verdict : $"{_verdict}: {Rule}") + (If.Count == 0 ? "" : $", if {string.Join(", ", If)}");
}

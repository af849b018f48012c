using System.Collections.Generic;
using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Extensions;

/// <summary>What is known of a rule while its words are read.</summary>
internal sealed class RuleInProgress
{
    public required Family Family { get; init; }

    /// <summary>What names mean.</summary>
    public INames Names { get; set; } = SystemNames.Instance;

    /// <summary>The line of the file that the rule is in, from 1; 0 for a command.</summary>
    public int Line { get; set; }

    /// <summary>The protocol given so far; 0 is any.</summary>
    public ushort Protocol { get; set; }

    /// <summary>Whether it is about frames that have their length in place of a protocol.</summary>
    public bool IsLength { get; set; }

    /// <summary>Whether the protocol is inverted.</summary>
    public bool IsProtocolInverted { get; set; }

    /// <summary>The match of the protocol, whose options need no <c>-m</c>.</summary>
    public string? ImpliedMatch { get; set; }

    /// <summary>The options of the head with several values.</summary>
    public Alternatives Alternatives { get; } = new();

    /// <summary>How many words behind its own an option has taken, beyond those that it declares.</summary>
    public int FurtherWords { get; set; }

    /// <summary>Warnings: whole lines for standard error.</summary>
    public List<string> Warnings { get; } = [];

    public void Clear()
    {
        Protocol = 0;
        FurtherWords = 0;
        ImpliedMatch = null;
        Alternatives.Clear();
        IsLength = false;
        IsProtocolInverted = false;
    }

    /// <summary>What iptables does not say: that a rule cannot mean what was typed. Printed only with rules that are added.</summary>
    public List<string> Doubts { get; } = [];

    public void Warn(string line) => Warnings.Add(line);

    public void Doubt(string what) => Doubts.Add(Line == 0 ? $"Warning: {what}" : $"Warning: line {Line}: {what}");
}

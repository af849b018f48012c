using System.Collections.Generic;
using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Extensions;

/// <summary>What is known of a rule while its words are being read.</summary>
internal sealed class RuleInProgress
{
    /// <summary>The family.</summary>
    public required Family Family { get; init; }

    /// <summary>What names mean.</summary>
    public INames Names { get; set; } = SystemNames.Instance;

    /// <summary>The line of a file that the rule stands in, from 1; 0 when it was typed as a command.</summary>
    public int Line { get; set; }

    /// <summary>The protocol given so far; 0 is any.</summary>
    public ushort Protocol { get; set; }

    /// <summary>Whether the protocol is any other than that.</summary>
    public bool IsProtocolInverted { get; set; }

    /// <summary>The protocol a port may belong to: 0 when it was inverted.</summary>
    public ushort CertainProtocol => IsProtocolInverted ? (ushort)0 : Protocol;

    /// <summary>The name of the match that goes with the protocol: its options may be given without naming it.</summary>
    public string? ImpliedMatch { get; set; }

    /// <summary>The options of the head that were given several values.</summary>
    public Alternatives Alternatives { get; } = new();

    /// <summary>What the user should know although the rule is fine: lines for the standard error output, as they are.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Forgets what has been read.</summary>
    public void Clear()
    {
        Protocol = 0;
        ImpliedMatch = null;
        Alternatives.Clear();
        IsProtocolInverted = false;
    }

    /// <summary>Tells the user something although the rule is fine.</summary>
    public void Warn(string line) => Warnings.Add(line);
}

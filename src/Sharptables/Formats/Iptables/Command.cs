using System;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Formats.Iptables;

/// <summary>A command as it was understood. One object serves line after line, so that restoring a large table makes no garbage.</summary>
/// <param name="family">The family it is for.</param>
internal sealed class Command(Family family)
{
    /// <summary>What is asked for.</summary>
    public CommandKind Kind { get; set; }

    /// <summary>Whether counters are zeroed after the listing (<c>-L -Z</c>).</summary>
    public bool AlsoZero { get; set; }

    /// <summary>The table.</summary>
    public ReadOnlyMemory<byte> Table { get; set; }

    /// <summary>The chain, or empty for all.</summary>
    public ReadOnlyMemory<byte> Chain { get; set; }

    /// <summary>Whether a chain was named.</summary>
    public bool HasChain { get; set; }

    /// <summary>The number of a rule, from 1; 0 when none was given.</summary>
    public uint Number { get; set; }

    /// <summary>Whether the number is that of a rule to be zeroed (<c>-Z CHAIN 2</c>), not only listed.</summary>
    public bool ZeroesRule { get; set; }

    /// <summary>The new name of <c>-E</c>, or the policy of <c>-P</c>.</summary>
    public ReadOnlyMemory<byte> NewName { get; set; }

    /// <summary>The name behind <c>-j</c> or <c>-g</c>, or empty.</summary>
    public ReadOnlyMemory<byte> Target { get; set; }

    /// <summary>The options given.</summary>
    public CommandOptions Options { get; set; }

    /// <summary>How often <c>-v</c> was given.</summary>
    public int Verbosity { get; set; }

    /// <summary>How many seconds to wait for the lock; null without end.</summary>
    public int? WaitSeconds { get; set; }

    /// <summary>The program that loads kernel modules, or null.</summary>
    public byte[]? Modprobe { get; set; }

    /// <summary>The rule's counters.</summary>
    public XtCounters Counters { get; set; }

    /// <summary>The rule, or rules, without a verdict.</summary>
    public RuleBuilder Rule { get; } = new(family, HeadList.Of(family).Match);

    /// <summary>The family.</summary>
    public Family Family => family;

    /// <summary>Whether the command has a rule.</summary>
    public bool HasRule => Kind is CommandKind.Append or CommandKind.Check or CommandKind.Delete or CommandKind.Insert or CommandKind.Replace;

    /// <summary>Forgets everything but the table.</summary>
    public void Clear()
    {
        Kind = CommandKind.None;
        AlsoZero = ZeroesRule = false;
        Chain = NewName = Target = default;
        Modprobe = null;
        HasChain = false;
        Number = 0;
        Options = CommandOptions.None;
        Verbosity = 0;
        WaitSeconds = null;
        Counters = default;
        Rule.Clear();
    }
}

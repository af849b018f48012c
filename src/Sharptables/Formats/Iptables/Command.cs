using System;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Formats.Iptables;

/// <summary>A parsed command. One object serves line after line, so that restoring a large table makes no garbage.</summary>
/// <param name="family">The family of the rule.</param>
internal sealed class Command(Family family)
{
    public CommandKind Kind { get; set; }

    /// <summary>Whether counters are zeroed after the listing (<c>-L -Z</c>).</summary>
    public bool AlsoZero { get; set; }

    /// <summary>The name of the table.</summary>
    public ReadOnlyMemory<byte> Table { get; set; }

    /// <summary>The name of the chain; empty for all.</summary>
    public ReadOnlyMemory<byte> Chain { get; set; }

    public bool HasChain { get; set; }

    /// <summary>The number of a rule, from 1; 0 when none was given.</summary>
    public uint Number { get; set; }

    /// <summary>The numbers of the first and last rule, or of the place for one; those below 1 count from the end. Null where <see cref="Number"/> is used.</summary>
    public (int First, int Last)? Range { get; set; }

    /// <summary>How counters are changed (<c>-C</c> of ebtables).</summary>
    public CounterChange CounterChange { get; set; }

    /// <summary>Whether the number names a rule to zero (<c>-Z CHAIN 2</c>), not only to list.</summary>
    public bool ZeroesRule { get; set; }

    /// <summary>The new name of <c>-E</c>, or the policy of <c>-P</c>.</summary>
    public ReadOnlyMemory<byte> NewName { get; set; }

    /// <summary>The name after <c>-j</c> or <c>-g</c>, or empty.</summary>
    public ReadOnlyMemory<byte> Target { get; set; }

    public CommandOptions Options { get; set; }

    /// <summary>How often <c>-v</c> was given.</summary>
    public int Verbosity { get; set; }

    /// <summary>How many seconds to wait for the lock; null: no time limit.</summary>
    public int? WaitSeconds { get; set; }

    /// <summary>The program that loads kernel modules (<c>-M</c>), or null.</summary>
    public byte[]? Modprobe { get; set; }

    /// <summary>The file that has the table instead of the kernel (<c>--atomic-file</c>), or null.</summary>
    public byte[]? AtomicFile { get; set; }

    /// <summary>The counters of the rule (<c>-c</c>).</summary>
    public XtCounters Counters { get; set; }

    /// <summary>The rule, or rules, without a verdict.</summary>
    public RuleBuilder Rule { get; } = new(family, HeadList.Of(family).Match);

    public Family Family => family;

    public bool HasRule => Kind is CommandKind.Append or CommandKind.Check or CommandKind.Delete or CommandKind.Insert or CommandKind.Replace
        || (Kind is CommandKind.ChangeCounters && Range is null);

    /// <summary>Resets everything but the table.</summary>
    public void Clear()
    {
        Kind = CommandKind.None;
        AlsoZero = ZeroesRule = false;
        Chain = NewName = Target = default;
        Modprobe = AtomicFile = null;
        HasChain = false;
        Number = 0;
        Range = null;
        Options = CommandOptions.None;
        Verbosity = 0;
        WaitSeconds = null;
        Counters = default;
        Rule.Clear();
    }
}

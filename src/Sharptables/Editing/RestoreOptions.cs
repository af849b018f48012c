using System;
using Sharptables.Formats.Iptables;

namespace Sharptables.Editing;

/// <summary>The options of iptables-restore.</summary>
/// <param name="Program">The program's name for messages.</param>
internal sealed record RestoreOptions(string Program)
{
    /// <summary>Whether counters are restored (<c>-c</c>).</summary>
    public bool RestoresCounters { get; init; }

    /// <summary>Whether counters may be missing on a chain's line although they are restored.</summary>
    public bool MayLackCounters { get; init; }

    /// <summary>Whether rules in force are kept (<c>-n</c>).</summary>
    public bool KeepsRules { get; init; }

    /// <summary>Whether nothing is written to the kernel (<c>-t</c>).</summary>
    public bool IsTest { get; init; }

    /// <summary>Called with each mistake, so that reading goes on behind it; null to end at the first.</summary>
    public Action<RestoreException>? Report { get; init; }

    /// <summary>Called with each warning that iptables does not give.</summary>
    public Action<string> Doubt { get; init; } = static _ => { };

    /// <summary>How often <c>-v</c> was given.</summary>
    public int Verbosity { get; init; }

    /// <summary>The only table to restore (<c>-T</c>), or null.</summary>
    public byte[]? OnlyTable { get; init; }

    /// <summary>The text of a line of input, by number; null when the input cannot be read again.</summary>
    public Func<int, byte[]?> LineText { get; init; } = static _ => null;
}

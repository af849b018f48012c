using System;

namespace Sharptables.Editing;

/// <summary>What iptables-restore was told.</summary>
/// <param name="Program">Its name in messages.</param>
internal sealed record RestoreOptions(string Program)
{
    /// <summary>Whether counters are restored (<c>-c</c>).</summary>
    public bool RestoresCounters { get; init; }

    /// <summary>Whether the line of a chain may be without counters although they are restored.</summary>
    public bool MayLackCounters { get; init; }

    /// <summary>Whether rules in force stay (<c>-n</c>).</summary>
    public bool KeepsRules { get; init; }

    /// <summary>Whether nothing is written (<c>-t</c>).</summary>
    public bool IsTest { get; init; }

    /// <summary>How often <c>-v</c> was given.</summary>
    public int Verbosity { get; init; }

    /// <summary>The only table that is read (<c>-T</c>), or null.</summary>
    public byte[]? OnlyTable { get; init; }

    /// <summary>Gives the text of an input line by its number once more, or null when the input cannot be read again.</summary>
    public Func<int, byte[]?> LineText { get; init; } = static _ => null;
}

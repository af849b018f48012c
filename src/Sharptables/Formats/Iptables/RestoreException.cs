using System;

namespace Sharptables.Formats.Iptables;

/// <summary>A line of the input is wrong, or the kernel refused a table.</summary>
/// <param name="line">The line that iptables-restore names: that of the rule, or of COMMIT.</param>
/// <param name="text">The text of the line at fault.</param>
/// <param name="error">What is wrong.</param>
internal sealed class RestoreException(int line, ReadOnlySpan<byte> text, UsageException error) : Exception(error.Message)
{
    /// <summary>The line that iptables-restore names, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>What is wrong.</summary>
    public UsageException Error => error;

    /// <summary>The line at fault, from 1.</summary>
    public int FaultLine { get; init; } = line;

    /// <summary>The text of the line at fault; empty at the end of the input.</summary>
    public byte[] Text { get; } = text.ToArray();

    /// <summary>Where in that line the fault is, from 1; 0 if only the line is known.</summary>
    public int Column { get; init; }

    /// <summary>The word at fault; empty if only the line is known.</summary>
    public string Word { get; init; } = "";
}

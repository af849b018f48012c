using System;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>
/// The head of a rule, as its first match: <c>-s -d -i -o -p -f</c> are options of it as those of a match are. What listings have of it
/// in columns of its own, and not as options, is here.
/// </summary>
internal interface IHead
{
    /// <summary>It as a match.</summary>
    Extension Match { get; }

    /// <summary>
    /// Where help tells of its options among the command line's own, which is iptables' order: the name of one, and those that follow it.
    /// </summary>
    (string Own, string[] Options)[] HelpPlaces { get; }

    /// <summary>Why it has no option of a letter that other heads have, or null.</summary>
    string? Refusal(byte letter);

    /// <summary>Why what it says cannot be typed, or null.</summary>
    string? Fault(ReadOnlySpan<byte> payload);

    /// <summary>Writes the titles of its columns.</summary>
    void WriteTitles(Output output, bool isVerbose);

    /// <summary>Writes it in columns, as <c>-L</c> does; a blank ends each.</summary>
    void WriteColumns(ReadOnlySpan<byte> payload, Output output, in Format format, bool isVerbose);

    /// <summary>Writes it as <c>-v</c> does of a rule that is added, changed, or looked for.</summary>
    void WriteChange(ReadOnlySpan<byte> payload, Output output);

    /// <summary>Writes it as it is for the kernel, for <c>-vv</c>.</summary>
    void WriteEntry(ReadOnlySpan<byte> payload, Output output);
}

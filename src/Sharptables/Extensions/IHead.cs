using System;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>
/// The head of a rule, treated as its first match: <c>-s -d -i -o -p -f</c> are options like those of any match. What is special, its
/// columns in listings, is here.
/// </summary>
internal interface IHead
{
    /// <summary>The head as a match.</summary>
    Extension Match { get; }

    /// <summary>Why it lacks an option that other heads have under this letter, or null.</summary>
    string? Refusal(byte letter);

    /// <summary>Why a payload cannot be typed, or null.</summary>
    string? Fault(ReadOnlySpan<byte> payload);

    /// <summary>Writes the titles of its columns.</summary>
    void WriteTitles(Output output, bool isVerbose);

    /// <summary>Writes it in columns, as <c>-L</c> does; each ends with a blank.</summary>
    void WriteColumns(ReadOnlySpan<byte> payload, Output output, in Format format, bool isVerbose);

    /// <summary>Writes it as <c>-v</c> reports a rule that is added, replaced, deleted or looked for.</summary>
    void WriteChange(ReadOnlySpan<byte> payload, Output output);

    /// <summary>Writes the raw fields, for <c>-vv</c>.</summary>
    void WriteEntry(ReadOnlySpan<byte> payload, Output output);
}

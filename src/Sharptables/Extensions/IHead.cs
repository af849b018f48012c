using System;

namespace Sharptables.Extensions;

/// <summary>The head of a rule, treated as its first match: <c>-s -d -i -o -p -f</c> are options like those of any match.</summary>
internal interface IHead
{
    /// <summary>The head as a match.</summary>
    Extension Match { get; }

    /// <summary>Its columns in listings; null where a rule is listed as it is saved.</summary>
    IColumns? Columns { get; }

    /// <summary>Why it lacks an option that other heads have under this letter, or null.</summary>
    string? Refusal(byte letter);

    /// <summary>Why a payload cannot be typed, or null.</summary>
    string? Fault(ReadOnlySpan<byte> payload);
}

using System;

namespace Sharptables.Programs;

/// <summary>An option is unknown or lacks its value; the message is the C library's.</summary>
/// <param name="message">The whole line.</param>
internal sealed class OptionException(string message) : Exception(message)
{
    /// <summary>What was probably meant, or null.</summary>
    public string? Hint { get; init; }
}

using System;

namespace Sharptables.Kernel;

/// <summary>A library to be loaded at run time is missing, cannot be loaded, or rejects what it was given.</summary>
/// <param name="message">A sentence without a period; the library's own message where it has one.</param>
internal sealed class LibraryException(string message) : Exception(message)
{
    /// <summary>What to do about it, or null.</summary>
    public string? Hint { get; init; }
}

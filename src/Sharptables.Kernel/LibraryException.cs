using System;

namespace Sharptables.Kernel;

/// <summary>A library that is loaded at run time is not there, cannot be loaded, or says that what it was given is wrong.</summary>
/// <param name="message">What, in a sentence without a period; the library's own message where it has one.</param>
internal sealed class LibraryException(string message) : Exception(message)
{
    /// <summary>How to mend it, or null.</summary>
    public string? Hint { get; init; }
}

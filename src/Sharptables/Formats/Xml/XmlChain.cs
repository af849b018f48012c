using Sharptables.Kernel;

namespace Sharptables.Formats.Xml;

/// <summary>A chain of a table that is written as XML.</summary>
internal sealed record XmlChain(byte[] Name)
{
    /// <summary>The policy in its line, or empty for <c>-</c>; null when the chain has no line.</summary>
    public byte[]? Policy { get; init; }

    /// <summary>The counters in its line.</summary>
    public XtCounters Counters { get; init; }

    /// <summary>Whether an element has been written for it.</summary>
    public bool IsWritten { get; set; }
}

using Sharptables.Kernel;

namespace Sharptables.Formats.Xml;

/// <summary>A chain of a table that is written as XML.</summary>
/// <param name="Name">Its name.</param>
internal sealed record XmlChain(byte[] Name)
{
    /// <summary>What stands behind the name in its line: a policy, or empty for <c>-</c>; null when the chain has no line.</summary>
    public byte[]? Policy { get; init; }

    /// <summary>The counters that its line says.</summary>
    public XtCounters Counters { get; init; }

    /// <summary>Whether an element of it has been written.</summary>
    public bool IsWritten { get; set; }
}

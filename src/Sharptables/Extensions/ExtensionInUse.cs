namespace Sharptables.Extensions;

/// <summary>A match or target of a rule that is being put together.</summary>
/// <param name="extension">The extension.</param>
/// <param name="payloadOffset">Where its payload stands in the builder.</param>
internal struct ExtensionInUse(Extension extension, int payloadOffset)
{
    /// <summary>The extension.</summary>
    public readonly Extension Extension => extension;

    /// <summary>Where its payload stands in the builder.</summary>
    internal readonly int PayloadOffset => payloadOffset;

    /// <summary>How long its payload is.</summary>
    internal readonly int PayloadSize { get; } = extension.PayloadSize;

    /// <summary>One bit for each option of the extension that was given.</summary>
    public ulong Given { get; set; }
}

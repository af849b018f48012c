namespace Sharptables.Extensions;

/// <summary>A match or target of a rule that is being built.</summary>
/// <param name="extension">The extension.</param>
/// <param name="payloadOffset">The offset of its payload in the builder.</param>
internal struct ExtensionInUse(Extension extension, int payloadOffset)
{
    public readonly Extension Extension => extension;

    internal readonly int PayloadOffset => payloadOffset;

    internal readonly int Size { get; } = extension.SizeInProgress;

    /// <summary>A bit for each option of the extension that was given.</summary>
    public ulong Given { get; set; }
}

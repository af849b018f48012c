namespace Sharptables.Explain;

/// <summary>A packet that was captured.</summary>
/// <param name="Bytes">From the IP header on.</param>
/// <param name="SourceMac">Who sent its frame, 6 bytes, or empty if it has none.</param>
internal sealed record CapturedPacket(byte[] Bytes, byte[] SourceMac);

namespace Sharptables.Packets;

/// <summary>Bytes of a header, in network byte order.</summary>
/// <param name="header">The header.</param>
/// <param name="part">The name in nft(8), after that of the header.</param>
/// <param name="offset">The offset from the start of the header, in bytes.</param>
/// <param name="bits">The width.</param>
/// <param name="type">What the value is.</param>
internal class PayloadField(Header header, string part, int offset, int bits, FieldType type = FieldType.Number) :
    Field(part, bits, type)
{
    /// <inheritdoc/>
    public sealed override Header Header => header;

    /// <inheritdoc/>
    public sealed override bool IsNetworkOrder => true;

    public int Offset => offset;

    /// <inheritdoc/>
    public sealed override Slot? Slot => Packets.Slot.Of(header.Base, offset, Bits / 8);
}

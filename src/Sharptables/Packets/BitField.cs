using System;

namespace Sharptables.Packets;

/// <summary>Some bits within bytes of a header.</summary>
/// <param name="header">The header.</param>
/// <param name="part">The name in nft(8), after that of the header.</param>
/// <param name="offset">The offset of the bytes from the start of the header.</param>
/// <param name="bytes">How many bytes they are in.</param>
/// <param name="bits">How many bits.</param>
/// <param name="shift">How many bits are behind them.</param>
internal sealed class BitField(Header header, string part, int offset, int bytes, int bits, int shift) : Field(part, bits)
{
    /// <inheritdoc/>
    public override Header Header => header;

    /// <inheritdoc/>
    public override bool IsNetworkOrder => true;

    public int Offset => offset;

    public int Bytes => bytes;

    public override int Shift => shift;

    /// <summary>The bits within the bytes.</summary>
    public override UInt128 Mask => Greatest << shift;

    /// <inheritdoc/>
    public override Slot? Slot => Packets.Slot.Of(header.Base, offset, bytes);
}

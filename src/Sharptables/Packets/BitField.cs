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

    public int Shift => shift;

    /// <summary>The bits within the bytes.</summary>
    public UInt128 Mask => Greatest << shift;

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values)
    {
        if (packet.Has(header) is not Answer.Yes and var lacking)
        {
            return lacking is Answer.No ? null : lacking;
        }

        UInt128 value = 0;
        foreach (byte next in packet.From(header).Slice(offset, bytes))
        {
            value = (value << 8) | next;
        }

        return values.Contain((value & Mask) >> shift) ? Answer.Yes : Answer.No;
    }
}

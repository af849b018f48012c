using System;

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
    public sealed override Answer? Ask(Packet packet, Values values)
    {
        if (packet.Has(header) is not Answer.Yes and var lacking)
        {
            return lacking is Answer.No ? null : lacking;
        }

        UInt128 value = 0;
        foreach (byte next in packet.From(header).Slice(offset, Bits / 8))
        {
            value = (value << 8) | next;
        }

        return values.Contain(value) ? Answer.Yes : Answer.No;
    }
}

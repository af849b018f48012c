using System;

namespace Sharptables.Packets;

/// <summary>Some bits of an extension header of IPv6 (RFC 8200, section 4).</summary>
/// <param name="name">The name in nft(8), which begins with that of the header.</param>
/// <param name="bits">The width of its value in a rule.</param>
/// <param name="header">The header's number.</param>
/// <param name="offset">The offset of the bytes that they are in.</param>
/// <param name="bytes">How many bytes.</param>
/// <param name="mask">The bits; 0 for all.</param>
internal class ExtensionField(string name, int bits, byte header, int offset, int bytes, uint mask = 0) : WordField(name, bits)
{
    /// <summary>The number of the header.</summary>
    public byte Number => header;

    /// <inheritdoc/>
    public sealed override Answer? Ask(Packet packet, Values values)
    {
        if (!packet.HasBytes)
        {
            return base.Ask(packet, values);
        }

        Answer has = packet.FindExtension(header, out ReadOnlySpan<byte> found);
        return has is Answer.No ? null : has is not Answer.Yes ? has
            : found.Length < offset + bytes ? Answer.Dropped
            : values.Contain(ValueIn(found)) ? Answer.Yes : Answer.No;
    }

    /// <summary>The value in a header.</summary>
    protected virtual UInt128 ValueIn(ReadOnlySpan<byte> found)
    {
        uint value = 0;
        foreach (byte next in found.Slice(offset, bytes))
        {
            value = (value << 8) | next;
        }

        return mask == 0 ? value : (value & mask) >> System.Numerics.BitOperations.TrailingZeroCount(mask);
    }
}

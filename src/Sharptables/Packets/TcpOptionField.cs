using System;

namespace Sharptables.Packets;

/// <summary>The kinds of options in a TCP header: a packet has none, one or several of the values.</summary>
internal sealed class TcpOptionField() : Field("option", 8)
{
    private const int LengthOffset = 12;
    private const int NoOperation = 1; // kinds 0 and 1 are a single byte; all others have their length in the second

    /// <inheritdoc/>
    public override Header Header => Header.Tcp;

    /// <summary>The length of a segment's header with its options; less than 0 if that cannot be.</summary>
    internal static int EndOf(ReadOnlySpan<byte> segment)
    {
        int end = segment[LengthOffset] >> 4 << 2;
        return end < Header.Tcp.Size || end > segment.Length ? -1 : end;
    }

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values)
    {
        if (packet.Has(Header) is not Answer.Yes and var lacking)
        {
            return lacking is Answer.No ? null : lacking;
        }

        if (!packet.HasBytes)
        {
            return packet.Recall(new(this, values, IsInverted: false));
        }

        ReadOnlySpan<byte> segment = packet.From(Header);
        int end = EndOf(segment);
        if (end < 0)
        {
            return Answer.Dropped;
        }

        // As the kernel does: it stops neither at the end-of-list option nor at a wrong length.
        for (int i = Header.Size; i < end; i += segment[i] <= NoOperation || i + 1 >= end ? 1 : Math.Max((int)segment[i + 1], 1))
        {
            if (values.Contain(segment[i]))
            {
                return Answer.Yes;
            }
        }

        return Answer.No;
    }
}

using System;

namespace Sharptables.Packets;

/// <summary>The options that a TCP segment has: of these numbers it has none, one or several.</summary>
internal sealed class TcpOptionField() : Field("option", 8)
{
    private const int LengthOffset = 12;
    private const int NoOperation = 1; // this and the end of the list are one byte; all others say their length in a second one

    /// <inheritdoc/>
    public override Header Header => Header.Tcp;

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values)
    {
        if (packet.Has(Header) is not Answer.Yes and var lacking)
        {
            return lacking is Answer.No ? null : lacking;
        }

        ReadOnlySpan<byte> segment = packet.From(Header);
        int end = segment[LengthOffset] >> 4 << 2;
        if (end < Header.Size || end > segment.Length)
        {
            return Answer.Dropped;
        }

        // As the kernel reads them: it does not stop at the end of the list, nor where a length is wrong.
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

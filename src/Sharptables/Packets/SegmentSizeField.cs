using System;
using System.Buffers.Binary;

namespace Sharptables.Packets;

/// <summary>The maximum segment size that a TCP segment announces in an option (RFC 9293, section 3.7.1). One that announces none has no value.</summary>
internal sealed class SegmentSizeField() : WordField("tcp option maxseg size", 16)
{
    private const int Kind = 2, Length = 4;

    /// <summary>Where it is in a header with its options; less than 0 for nowhere.</summary>
    internal static int PlaceIn(ReadOnlySpan<byte> header)
    {
        for (int i = Header.Tcp.Size; i + Length <= header.Length; i += header[i] <= 1 || header[i + 1] == 0 ? 1 : header[i + 1])
        {
            if (header[i] == Kind && header[i + 1] == Length)
            {
                return i + 2;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values)
    {
        if (!packet.HasBytes || !packet.PossibleOf(this).IsAll)
        {
            return base.Ask(packet, values);
        }

        if (packet.Has(Header.Tcp) is not Answer.Yes and var lacking)
        {
            return lacking is Answer.No ? null : lacking;
        }

        ReadOnlySpan<byte> segment = packet.From(Header.Tcp);
        int end = TcpOptionField.EndOf(segment), at = end < 0 ? -1 : PlaceIn(segment[..end]);
        return end < 0 ? Answer.Dropped
            : at >= 0 && values.Contain(BinaryPrimitives.ReadUInt16BigEndian(segment[at..])) ? Answer.Yes
            : Answer.No;
    }
}

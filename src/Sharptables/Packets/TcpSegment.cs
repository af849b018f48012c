using System;
using System.Buffers.Binary;
using Sharptables.Kernel;

namespace Sharptables.Packets;

/// <summary>A view of a TCP header and its options (RFC 9293, section 3.1); numbers in the machine's byte order.</summary>
/// <param name="bytes">From the header on; at least <see cref="HeaderSize"/> bytes.</param>
internal readonly ref struct TcpSegment(ReadOnlySpan<byte> bytes)
{
    /// <summary>The size of a header without options.</summary>
    public const int HeaderSize = 20;

    public const byte Syn = 1 << 1;

    public const byte Reset = 1 << 2;

    public const byte Ack = 1 << 4;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    public uint Acknowledgement => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>A set of <see cref="Syn"/> and the like.</summary>
    public byte Flags => _bytes[13];

    /// <summary>The options; none when the header claims to be longer than the segment.</summary>
    public ReadOnlySpan<byte> Options =>
        (_bytes[12] >> 4) * 4 is >= HeaderSize and int end && end <= _bytes.Length ? _bytes[HeaderSize..end] : default;

    /// <summary>Makes a SYN.</summary>
    /// <param name="source">The sender's address, 4 or 16 bytes.</param>
    /// <param name="destination">The receiver's address, of the same size.</param>
    /// <param name="sourcePort">The sender's port.</param>
    /// <param name="destinationPort">The receiver's port.</param>
    /// <param name="sequence">The initial sequence number.</param>
    /// <param name="options">The options, a multiple of four bytes and at most 40.</param>
    public static byte[] WriteSyn(
        ReadOnlySpan<byte> source,
        ReadOnlySpan<byte> destination,
        ushort sourcePort,
        ushort destinationPort,
        uint sequence,
        ReadOnlySpan<byte> options)
    {
        byte[] segment = new byte[HeaderSize + options.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), sequence);
        segment[12] = (byte)(segment.Length / 4 << 4);
        segment[13] = Syn;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), ushort.MaxValue); // window
        options.CopyTo(segment.AsSpan(HeaderSize));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), Checksum(source, destination, segment));
        return segment;
    }

    /// <summary>The checksum of a segment whose checksum field is zero; zero for a segment whose checksum is right.</summary>
    public static ushort Checksum(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> segment)
    {
        // The sum does not depend on the order of the 16-bit words, so it is that of IPv4's pseudo-header and of IPv6's
        // (RFC 9293, section 3.1; RFC 8200, section 8.1): both contain the addresses, the length and the protocol.
        return SumOf(Protocol.Tcp + (uint)segment.Length + Sum(source) + Sum(destination), segment);
    }

    /// <summary>The checksum of the Internet (RFC 1071) of bytes, and of what has been added up before.</summary>
    public static ushort SumOf(uint before, ReadOnlySpan<byte> bytes)
    {
        uint sum = before + Sum(bytes);
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (; bytes.Length > 1; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        }

        return bytes.IsEmpty ? sum : sum + ((uint)bytes[0] << 8);
    }
}

using System;
using System.Buffers.Binary;
using Sharptables.Kernel;

namespace Sharptables.Packets;

/// <summary>A TCP header with its options as it stands in a packet (RFC 9293, section 3.1); numbers in the machine's order.</summary>
/// <param name="bytes">From the header on; at least <see cref="HeaderSize"/> bytes.</param>
internal readonly ref struct TcpSegment(ReadOnlySpan<byte> bytes)
{
    /// <summary>Bytes of a header without options.</summary>
    public const int HeaderSize = 20;

    /// <summary>The flag of a segment that opens a connection.</summary>
    public const byte Syn = 1 << 1;

    /// <summary>The flag of a segment that belongs to no connection.</summary>
    public const byte Reset = 1 << 2;

    /// <summary>The flag that says that <see cref="Acknowledgement"/> is one.</summary>
    public const byte Ack = 1 << 4;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The sender's port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The number that the sender expects next.</summary>
    public uint Acknowledgement => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>Such as <see cref="Syn"/>.</summary>
    public byte Flags => _bytes[13];

    /// <summary>The options; none when the header says that it is longer than the segment.</summary>
    public ReadOnlySpan<byte> Options =>
        (_bytes[12] >> 4) * 4 is >= HeaderSize and int end && end <= _bytes.Length ? _bytes[HeaderSize..end] : default;

    /// <summary>Makes a segment that opens a connection.</summary>
    /// <param name="source">The sender's address, 4 or 16 bytes.</param>
    /// <param name="destination">The receiver's, of as many bytes.</param>
    /// <param name="sourcePort">The sender's port.</param>
    /// <param name="destinationPort">The receiver's port.</param>
    /// <param name="sequence">The number that the connection begins with.</param>
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

    /// <summary>The checksum of a segment whose checksum is zero; zero of one whose checksum is right.</summary>
    /// <param name="source">The sender's address.</param>
    /// <param name="destination">The receiver's address.</param>
    /// <param name="segment">The segment.</param>
    public static ushort Checksum(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> segment)
    {
        // The sum is the same whichever order its 16-bit words have, so it is that of IPv4's pseudo-header and of IPv6's
        // (RFC 9293, section 3.1; RFC 8200, section 8.1): both have the addresses, the length and the protocol.
        uint sum = Protocol.Tcp + (uint)segment.Length + Sum(source) + Sum(destination) + Sum(segment);
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

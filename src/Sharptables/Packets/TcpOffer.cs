using System;
using System.Buffers.Binary;

namespace Sharptables.Packets;

/// <summary>What the options of a SYN or a SYN,ACK offer for the connection (RFC 9293, section 3.2; RFC 7323; RFC 2018).</summary>
/// <param name="MaximumSegmentSize">The largest segment that is taken, in bytes; null when it does not say.</param>
/// <param name="WindowScale">By how many bits windows are shifted, 0 to 14; null when they are not.</param>
/// <param name="Timestamps">Whether segments carry timestamps.</param>
/// <param name="SackPermitted">Whether acknowledgements may be selective.</param>
internal readonly record struct TcpOffer(ushort? MaximumSegmentSize, byte? WindowScale, bool Timestamps, bool SackPermitted)
{
    private const byte End = 0;
    private const byte NoOperation = 1;
    private const byte SegmentSizeKind = 2;
    private const byte WindowScaleKind = 3;
    private const byte SackPermittedKind = 4;
    private const byte TimestampKind = 8;

    private const byte LargestScale = 14; // who says more means that (RFC 7323, section 2.3)

    /// <summary>Options that offer all there is, as Linux lays them out: for a SYN that wants to know what the other side has.</summary>
    /// <param name="maximumSegmentSize">In bytes.</param>
    /// <param name="timestamp">The sender's clock.</param>
    public static byte[] WriteAll(ushort maximumSegmentSize, uint timestamp)
    {
        byte[] options =
        [
            SegmentSizeKind, 4, 0, 0,
            SackPermittedKind, 2,
            TimestampKind, 10, 0, 0, 0, 0, 0, 0, 0, 0,
            NoOperation,
            WindowScaleKind, 3, 7,
        ];
        BinaryPrimitives.WriteUInt16BigEndian(options.AsSpan(2), maximumSegmentSize);
        BinaryPrimitives.WriteUInt32BigEndian(options.AsSpan(8), timestamp);
        return options;
    }

    /// <summary>Reads the options of a segment. What is cut off, or of a length that its kind does not have, offers nothing.</summary>
    public static TcpOffer Read(ReadOnlySpan<byte> options)
    {
        TcpOffer offer = default;
        while (!options.IsEmpty && options[0] != End)
        {
            if (options[0] == NoOperation)
            {
                options = options[1..];
                continue;
            }

            if (options.Length < 2 || options[1] < 2 || options[1] > options.Length)
            {
                break;
            }

            ReadOnlySpan<byte> value = options[2..options[1]];
            offer = (options[0], value.Length) switch
            {
                (SegmentSizeKind, 2) => offer with { MaximumSegmentSize = BinaryPrimitives.ReadUInt16BigEndian(value) },
                (WindowScaleKind, 1) => offer with { WindowScale = Math.Min(value[0], LargestScale) },
                (SackPermittedKind, 0) => offer with { SackPermitted = true },
                (TimestampKind, 8) => offer with { Timestamps = true },
                _ => offer,
            };
            options = options[options[1]..];
        }

        return offer;
    }
}

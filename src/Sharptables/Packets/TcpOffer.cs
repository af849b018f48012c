using System;
using System.Buffers.Binary;

namespace Sharptables.Packets;

/// <summary>The options of a SYN or SYN,ACK (RFC 9293, section 3.2; RFC 7323; RFC 2018).</summary>
/// <param name="MaximumSegmentSize">The largest segment accepted, in bytes; null when not given.</param>
/// <param name="WindowScale">The shift count for windows, 0 to 14; null without window scaling.</param>
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

    private const byte LargestScale = 14; // a larger one counts as this (RFC 7323, section 2.3)

    /// <summary>All options, laid out as Linux does: for a SYN that asks what the other side supports.</summary>
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

    /// <summary>Reads the options of a segment. A truncated option, or one of the wrong length, is ignored.</summary>
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

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sharptables.Model;

namespace Sharptables.Packets;

/// <summary>
/// A packet to test conditions on: its bytes from the IPv4 or IPv6 header on, and what is known beyond them, such as its mark.
/// </summary>
internal sealed class Packet
{
    private const int FragmentOffsetMask = 0x1fff;
    private const int HopByHop = 0, Routing = 43, Fragment = 44, Authentication = 51, DestinationOptions = 60;

    private readonly byte[] _bytes;
    private readonly Dictionary<Field, UInt128> _known = [];
    private readonly int _transport;
    private readonly int _fragmentOffset;

    /// <param name="bytes">From the IP header on; what exceeds the length there is ignored.</param>
    /// <exception cref="ArgumentException">There is no such header, or fewer bytes than it says.</exception>
    public Packet(ReadOnlySpan<byte> bytes)
    {
        switch (bytes.IsEmpty ? 0 : bytes[0] >> 4)
        {
            case 4 when bytes.Length >= Family.IPv4.HeaderSize: // RFC 791, section 3.1
                Family = Family.IPv4;
                _transport = (bytes[0] & 0xf) * 4;
                _bytes = Whole(bytes, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
                Protocol = bytes[9];
                _fragmentOffset = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & FragmentOffsetMask;
                break;
            case 6 when bytes.Length >= Family.IPv6.HeaderSize: // RFC 8200, section 3
                Family = Family.IPv6;
                _transport = Family.HeaderSize;
                _bytes = Whole(bytes, BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) + Family.HeaderSize);
                Protocol = bytes[6];
                (_transport, _fragmentOffset) = PassExtensionHeaders(_transport);
                break;
            default:
                throw new ArgumentException("no packet of IPv4 or IPv6", nameof(bytes));
        }

        _known[Field.Meta.Length] = (UInt128)_bytes.Length;
    }

    /// <summary>What is known of it beyond its bytes.</summary>
    public UInt128 this[Field field]
    {
        set => _known[field.In(Family)] = value;
    }

    public Family Family { get; }

    /// <summary>The protocol behind the IP headers.</summary>
    public byte Protocol { get; private set; }

    /// <summary>Whether it is known to belong to no connection.</summary>
    public bool LacksConnection =>
        TryGet(Field.Ct.State, out UInt128 state) && (state & (StateField.Invalid | StateField.Untracked)) != 0;

    /// <summary>Whether it has a header: yes, no (it is a later fragment), or dropped (the header is truncated).</summary>
    public Answer Has(Header header) =>
        !header.IsTransport ? Answer.Yes
        : _fragmentOffset != 0 ? header.IsGuarded && _fragmentOffset == 1 ? Answer.Dropped : Answer.No
        : _transport + header.Size > _bytes.Length ? Answer.Dropped
        : Answer.Yes;

    /// <summary>Its bytes from a header on, which it <see cref="Has"/>.</summary>
    internal ReadOnlySpan<byte> From(Header header) => _bytes.AsSpan(header.IsTransport ? _transport : 0);

    internal bool TryGet(Field field, out UInt128 value) => _known.TryGetValue(field, out value);

    private byte[] Whole(ReadOnlySpan<byte> bytes, int length) =>
        Family.HeaderSize <= _transport && _transport <= length && length <= bytes.Length ? bytes[..length].ToArray()
        : throw new ArgumentException($"a packet of {Family} is cut off", nameof(bytes));

    /// <summary>Finds what follows the extension headers of IPv6, up to a later fragment's payload (RFC 8200, section 4).</summary>
    private (int Transport, int FragmentOffset) PassExtensionHeaders(int offset)
    {
        while (Protocol is HopByHop or Routing or Fragment or Authentication or DestinationOptions && offset + 8 <= _bytes.Length)
        {
            ReadOnlySpan<byte> header = _bytes.AsSpan(offset);
            int fragment = Protocol == Fragment ? BinaryPrimitives.ReadUInt16BigEndian(header[2..]) & ~7 : 0;
            offset += Protocol switch { Fragment => 8, Authentication => (header[1] + 2) * 4, _ => (header[1] + 1) * 8 };
            Protocol = header[0];
            if (fragment != 0)
            {
                return (offset, fragment);
            }
        }

        return (offset, 0);
    }
}

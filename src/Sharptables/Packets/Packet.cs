using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sharptables.Model;

namespace Sharptables.Packets;

/// <summary>
/// A packet to test conditions on: either its bytes from the IPv4 or IPv6 header on, or as much as is said of it; and what is known beyond that, such as
/// its mark. What rules do changes it.
/// </summary>
internal sealed class Packet
{
    /// <summary>The bits of the fragment field that are the offset (<c>IP_OFFSET</c>, net/ip.h); a first fragment has none.</summary>
    internal const int FragmentOffsetMask = 0x1fff;

    private const int HopByHop = 0, Routing = 43, Fragment = 44, Authentication = 51, DestinationOptions = 60;

    private byte[]? _bytes;
    private readonly Dictionary<Slot, Possible> _possible;
    private readonly List<(Condition Condition, bool Holds)> _said;
    private readonly int _transport;
    private readonly int _fragmentOffset;
    private readonly byte _protocol;
    private UInt128?[] _found = [];
    private bool[] _areFound = [];
    private bool? _isWhole;

    /// <summary>A packet of which nothing is known, but that it is whole.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    public Packet(Family family) => (Family, _possible, _said, Changes) = (family, [], [], []);

    /// <param name="bytes">From the IP header on; what exceeds the length there is ignored.</param>
    /// <exception cref="FormatException">There is no such header, or fewer bytes than it says.</exception>
    public Packet(ReadOnlySpan<byte> bytes)
    {
        (_possible, _said, Changes) = ([], [], []);
        switch (bytes.IsEmpty ? 0 : bytes[0] >> 4)
        {
            case 4 when bytes.Length >= Family.IPv4.HeaderSize: // RFC 791, section 3.1
                Family = Family.IPv4;
                _transport = (bytes[0] & 0xf) * 4;
                _bytes = Whole(bytes, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
                _protocol = bytes[9];
                _fragmentOffset = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & FragmentOffsetMask;
                break;
            case 6 when bytes.Length >= Family.IPv6.HeaderSize: // RFC 8200, section 3
                Family = Family.IPv6;
                _transport = Family.HeaderSize;
                _bytes = Whole(bytes, BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) + Family.HeaderSize);
                _protocol = bytes[6];
                (_transport, _fragmentOffset) = PassExtensionHeaders(_bytes, _transport, ref _protocol);
                break;
            default:
                throw new FormatException("no packet of IPv4 or IPv6");
        }

        this[Field.Meta.Length] = (UInt128)_bytes.Length;
        this[ProtocolBehind] = _protocol;
    }

    private Packet(Packet other)
    {
        (Family, _transport, _fragmentOffset, _protocol) = (other.Family, other._transport, other._fragmentOffset, other._protocol);
        _bytes = other._bytes?.AsSpan().ToArray();
        (_possible, _said, Changes) = (new(other._possible), [.. other._said], [.. other.Changes]);
        (Hook, Machine, ChangedSets) = (other.Hook, other.Machine, [.. other.ChangedSets]);
    }

    /// <summary>What is known of it.</summary>
    public UInt128 this[Field field]
    {
        set => Set(field, kept: 0, flipped: value);
    }

    public Family Family { get; }

    /// <summary>Whether it is told by its bytes.</summary>
    public bool HasBytes => _bytes is not null;

    /// <summary>The protocol behind the IP headers; null if it is not known.</summary>
    public byte? Protocol => _bytes is not null ? _protocol : (byte?)Find(Field.Ip.Protocol.In(Family).Slot!.Value);

    /// <summary>Whether it is known to belong to no connection.</summary>
    public bool LacksConnection => Find(Slot.ConnectionState) is { } state && (state & (StateField.Invalid | StateField.Untracked)) != 0;

    /// <summary>Whether a socket of this machine sent it: not if it came in from elsewhere; null if that is not known.</summary>
    public bool? MayHaveSocket =>
        Find(Field.Meta.User) is not null || Find(Field.Meta.Group) is not null ? true
        : Hook is not Hooks.Input && Find(Field.Meta.InInterface) is { } name && name != 0 && name != Loopback ? false
        : null;

    /// <summary>The name of the interface to oneself, as a field has it.</summary>
    internal static UInt128 Loopback => (UInt128)0x6c6f << 112;

    /// <summary>The hook that it passes; none if that is not known.</summary>
    public Hooks Hook { get; set; }

    /// <summary>The machine that it passes; null if nothing is known of it.</summary>
    public IMachine? Machine { get; set; }

    /// <summary>The numbers of the IP sets that rules have changed on its account.</summary>
    public List<ushort> ChangedSets { get; } = [];

    /// <summary>The fields that rules have changed, in their order.</summary>
    public List<Field> Changes { get; }

    private static MetaField ProtocolBehind => new("meta l4proto", MetaKey.L4proto, 8, FieldType.Protocol);

    /// <summary>
    /// Whether it has a header: yes, no (it is a later fragment), or dropped (the header is truncated). One that is told by words is whole, and whoever
    /// asks has made sure of the protocol.
    /// </summary>
    public Answer Has(Header header)
    {
        if (_bytes is null)
        {
            return header.IsTransport && !(_isWhole ??= !IsFragment()) ? Answer.No : Answer.Yes;
        }

        return !header.IsTransport ? Answer.Yes
            : _fragmentOffset != 0 ? header.IsGuarded && _fragmentOffset == 1 ? Answer.Dropped : Answer.No
            : _transport + header.Size > _bytes.Length ? Answer.Dropped
            : Answer.Yes;
    }

    /// <summary>
    /// Finds an extension header of IPv6, as the kernel does: yes, no, or dropped (a header before it is truncated); of one that is told by words it may
    /// be known that it has one, since something of it is.
    /// </summary>
    /// <param name="number">The number of the header; that of mobility stands in the place of a transport header.</param>
    /// <param name="found">The bytes from there on.</param>
    internal Answer FindExtension(byte number, out ReadOnlySpan<byte> found)
    {
        const int Mobility = 135, NoNext = 59;
        found = default;
        if (_bytes is null || !Family.HasColonsInAddresses)
        {
            return _bytes is null ? Answer.Unknown : Answer.No;
        }

        byte next = _bytes[6];
        for (int at = Family.HeaderSize; ;)
        {
            ReadOnlySpan<byte> header = _bytes.AsSpan(Math.Min(at, _bytes.Length));
            if (next == number)
            {
                found = header;
                return header.Length < (number is Authentication ? 12 : number is Mobility ? 6 : number is Fragment ? 8 : 2) ? Answer.Dropped
                    : number is Mobility ? header[0] == NoNext ? Answer.Yes : Answer.Dropped
                    : number is HopByHop or Routing or DestinationOptions && (header[1] + 1) * 8 > header.Length ? Answer.No
                    : Answer.Yes;
            }

            if (next is not (HopByHop or Routing or Fragment or Authentication or DestinationOptions))
            {
                return Answer.No;
            }

            if (header.Length < 2)
            {
                return Answer.Dropped;
            }

            if (next == Fragment && (header.Length < 8 || (BinaryPrimitives.ReadUInt16BigEndian(header[2..]) & ~7) != 0))
            {
                return header.Length < 8 ? Answer.Dropped : Answer.No;
            }

            at += next switch { Fragment => 8, Authentication => (header[1] + 2) * 4, _ => (header[1] + 1) * 8 };
            next = header[0];
        }
    }

    /// <summary>Whether something is known of a header that only nft(8)'s words name: it has it then.</summary>
    internal bool IsTold(string header)
    {
        foreach (Slot slot in _possible.Keys)
        {
            if (slot.Word is { } word && word.StartsWith(header, StringComparison.Ordinal) && word.Length > header.Length && word[header.Length] == ' ')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A packet of its own of which the same is known.</summary>
    public Packet Copy() => new(this);

    /// <summary>Learns that a condition holds for it.</summary>
    /// <returns>False if that contradicts what is known.</returns>
    public bool Learn(Condition condition)
    {
        if (condition.Ask(this) is Answer.Yes)
        {
            return true;
        }

        Field field = condition.Field.In(Family);
        if (field.Slot is not { } slot || condition.Values.Within(field, slot) is not { } values)
        {
            _said.Add((condition with { IsInverted = false }, !condition.IsInverted));
            return true;
        }

        Possible left = PossibleAt(slot).Narrowed(values, condition.IsInverted);
        _possible[slot] = left;
        Forget();
        return !left.IsNone;
    }

    /// <summary>Changes a value: the bits of a mask are kept, then others are flipped.</summary>
    public void Change(Field field, UInt128 kept, UInt128 flipped)
    {
        Set(field, kept, flipped);
        Changes.Add(field.In(Family));
    }

    private void Set(Field field, UInt128 kept, UInt128 flipped)
    {
        field = field.In(Family);
        if (field.Slot is not { } slot)
        {
            throw new ArgumentException($"{field.Name} has no place", nameof(field));
        }

        Write(slot, PossibleAt(slot).Changed(((kept << field.Shift) & field.Mask) | (slot.Greatest & ~field.Mask), (flipped << field.Shift) & field.Mask));
    }

    /// <summary>Gives a value some others that it may have.</summary>
    public void Put(Field field, Possible possible)
    {
        field = field.In(Family);
        Write(field.Slot!.Value, possible);
        Changes.Add(field);
    }

    /// <summary>Learns which values a field may have, whatever was known of it.</summary>
    public void Know(Field field, Possible possible) => Write(field.In(Family).Slot!.Value, possible);

    /// <summary>A value is no longer known.</summary>
    public void Forget(Field field)
    {
        field = field.In(Family);
        if (field.Slot is { } slot)
        {
            Write(slot, slot.Possible);
        }

        _ = _said.RemoveAll(said => said.Condition.Field == field);
        Changes.Add(field);
    }

    /// <summary>Its bytes from a header on, which it must have, for changing a field in them.</summary>
    internal Span<byte> Change(Header header, Field field)
    {
        Changes.Add(field);
        return _bytes.AsSpan(header.IsTransport ? _transport : 0);
    }

    /// <summary>Puts bytes into a header, which it must have, for changing a field.</summary>
    internal void Insert(Header header, int at, ReadOnlySpan<byte> bytes, Field field)
    {
        int offset = at + (header.IsTransport ? _transport : 0), lengthAt = Family.HasColonsInAddresses ? 4 : 2;
        _bytes = [.. _bytes.AsSpan(0, offset), .. bytes, .. _bytes.AsSpan(offset)];
        ushort length = BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(lengthAt));
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(lengthAt), (ushort)(length + bytes.Length));
        this[Field.Meta.Length] = (UInt128)_bytes.Length;
        Changes.Add(field);
    }

    /// <summary>The values that a field may have.</summary>
    public Possible PossibleOf(Field field) => PossibleAt(field.In(Family).Slot!.Value);

    /// <summary>The value of a field, if it is known.</summary>
    public UInt128? Find(Field field)
    {
        field = field.In(Family);
        return field.Slot is { } slot && Find(slot) is { } whole ? (whole & field.Mask) >> field.Shift : null;
    }

    /// <summary>Its bytes from a header on, which it <see cref="Has"/>; it must have bytes.</summary>
    internal ReadOnlySpan<byte> From(Header header) => _bytes.AsSpan(header.IsTransport ? _transport : 0);

    /// <summary>Its bytes from the IP header on; empty if it is told by words.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>What is in a slot, if it is known.</summary>
    internal UInt128? Find(Slot slot) =>
        _possible.TryGetValue(slot, out Possible? possible) ? possible.Only : _bytes is not null && slot.IsBytes ? Read(slot) : null;

    /// <summary>Whether a field, the value of which is not known, is among some.</summary>
    internal Answer Ask(Field field, Values values) =>
        field.Slot is not { } slot || values.Within(field, slot) is not { } its ? Recall(new(field, values, IsInverted: false))
        : _possible.TryGetValue(slot, out Possible? possible) ? possible.Ask(its)
        : slot.Possible.Ask(its);

    /// <summary>What was said of a condition that cannot be told from values.</summary>
    internal Answer Recall(Condition condition)
    {
        foreach ((Condition said, bool holds) in _said)
        {
            if (said == condition)
            {
                return holds ? Answer.Yes : Answer.No;
            }
        }

        return Answer.Unknown;
    }

    /// <summary>What is in a slot, if it is known; the number, which whoever asks for many has given the slot, saves looking for it.</summary>
    internal UInt128? Find(Slot slot, int number)
    {
        if (number >= _found.Length)
        {
            Array.Resize(ref _found, number + 16);
            Array.Resize(ref _areFound, number + 16);
        }

        if (!_areFound[number])
        {
            (_areFound[number], _found[number]) = (true, Find(slot));
        }

        return _found[number];
    }

    private void Forget()
    {
        Array.Clear(_areFound);
        _isWhole = null;
    }

    private Possible PossibleAt(Slot slot) =>
        Find(slot) is { } value ? new(slot.Greatest, value) : _possible.TryGetValue(slot, out Possible? possible) ? possible : slot.Possible;

    private bool IsFragment() => !Family.HasColonsInAddresses && Find(Field.Ip.Fragment) is { } fragment && (fragment & FragmentOffsetMask) != 0;

    private Span<byte> At(Slot slot)
    {
        int start = (slot.Kind is SlotKind.Transport ? _transport : 0) + slot.Number, size = slot.Bits / 8;
        return slot.Kind is SlotKind.Link || start + size > _bytes!.Length ? default : _bytes.AsSpan(start, size);
    }

    private UInt128? Read(Slot slot)
    {
        ReadOnlySpan<byte> bytes = At(slot);
        if (bytes.IsEmpty)
        {
            return null; // the link's header is not among them
        }

        UInt128 value = 0;
        foreach (byte next in bytes)
        {
            value = (value << 8) | next;
        }

        return value;
    }

    private void Write(Slot slot, Possible possible)
    {
        Forget();
        if (_bytes is null || !slot.IsBytes || At(slot).IsEmpty || possible.Only is not { } value)
        {
            _possible[slot] = possible;
            return;
        }

        _ = _possible.Remove(slot);
        Span<byte> bytes = At(slot);
        for (int i = bytes.Length - 1; i >= 0; i--, value >>= 8)
        {
            bytes[i] = (byte)value;
        }
    }

    private byte[] Whole(ReadOnlySpan<byte> bytes, int length) =>
        Family.HeaderSize <= _transport && _transport <= length && length <= bytes.Length ? bytes[..length].ToArray()
        : throw new FormatException($"a packet of {Family.Name} is cut off");

    /// <summary>Finds what follows the extension headers of IPv6, up to a later fragment's payload (RFC 8200, section 4).</summary>
    private static (int Transport, int FragmentOffset) PassExtensionHeaders(ReadOnlySpan<byte> bytes, int offset, ref byte protocol)
    {
        while (protocol is HopByHop or Routing or Fragment or Authentication or DestinationOptions && offset + 8 <= bytes.Length)
        {
            ReadOnlySpan<byte> header = bytes[offset..];
            int fragment = protocol == Fragment ? BinaryPrimitives.ReadUInt16BigEndian(header[2..]) & ~7 : 0;
            offset += protocol switch { Fragment => 8, Authentication => (header[1] + 2) * 4, _ => (header[1] + 1) * 8 };
            protocol = header[0];
            if (fragment != 0)
            {
                return (offset, fragment);
            }
        }

        return (offset, 0);
    }
}

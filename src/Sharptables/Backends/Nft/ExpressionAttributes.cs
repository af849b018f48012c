using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>The attributes of one expression, by number.</summary>
internal readonly ref struct ExpressionAttributes
{
    private const int TypeMask = 0x3fff; // without NLA_F_NESTED and NLA_F_NET_BYTEORDER

    private const int Count = 9; // none of the expressions that are read has an attribute of a higher number

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Places _places;
    private readonly uint _present; // a bit for each; bit 0 for those that are unknown or are there twice

    /// <param name="bytes">The attributes.</param>
    /// <exception cref="MalformedTableException">One is cut short.</exception>
    public ExpressionAttributes(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        for (int at = 0; bytes.Length - at >= NetlinkAttributes.HeadSize;)
        {
            // As NetlinkAttributes walks them, which does not say where they are: half of the time of reading a rule is spent here.
            uint head = MemoryMarshal.Read<uint>(bytes[at..]);
            int length = (ushort)head, type = (int)(head >> 16) & TypeMask;
            if (length < NetlinkAttributes.HeadSize || length > bytes.Length - at)
            {
                throw new MalformedTableException("an attribute of an expression is cut short");
            }

            uint bit = type < Count ? 1u << type : 1;
            _present |= (_present & bit) != 0 ? 1 : bit;
            _places[type < Count ? type : 0] = (at + NetlinkAttributes.HeadSize, length - NetlinkAttributes.HeadSize);
            at += (length + 3) & ~3;
        }
    }

    /// <summary>All expressions of the rule.</summary>
    public ReadOnlySpan<byte> Rule { private get; init; }

    /// <summary>Where a value of this expression stands among all of the rule; 0 for none.</summary>
    public int PlaceOf(ReadOnlySpan<byte> value) => Rule.Overlaps(value, out int place) ? place : 0;

    /// <summary>Whether it has an attribute.</summary>
    public bool Has(ushort type) => (_present & (1u << type)) != 0;

    /// <summary>Whether it has no others than these, a bit for each.</summary>
    public bool HasOnly(uint types) => (_present & ~types) == 0;

    /// <summary>The bit of an attribute for <see cref="HasOnly"/>.</summary>
    public static uint Bit(ushort type) => 1u << type;

    /// <summary>The data of an attribute; empty if there is none.</summary>
    public ReadOnlySpan<byte> this[ushort type] => _bytes.Slice(_places[type].Offset, _places[type].Length);

    /// <summary>An attribute as a number; 0 if there is none.</summary>
    /// <exception cref="MalformedTableException">It has not four bytes.</exception>
    public uint Number(ushort type) => this[type] is { IsEmpty: false } data ? BinaryPrimitives.ReadUInt32BigEndian(Exactly(data, 4)) : 0;

    /// <summary>An attribute as a number of eight bytes; 0 if there is none.</summary>
    /// <exception cref="MalformedTableException">It has not eight bytes.</exception>
    public ulong LongNumber(ushort type) => this[type] is { IsEmpty: false } data ? BinaryPrimitives.ReadUInt64BigEndian(Exactly(data, 8)) : 0;

    /// <summary>An attribute as a number of two bytes; 0 if there is none.</summary>
    /// <exception cref="MalformedTableException">It has not two bytes.</exception>
    public ushort ShortNumber(ushort type) => this[type] is { IsEmpty: false } data ? BinaryPrimitives.ReadUInt16BigEndian(Exactly(data, 2)) : (ushort)0;

    /// <summary>An attribute as a name, without the NUL at its end.</summary>
    public ReadOnlySpan<byte> Text(ushort type)
    {
        ReadOnlySpan<byte> data = this[type];
        return data.IndexOf((byte)0) is >= 0 and int end ? data[..end] : data;
    }

    /// <summary>The value in an attribute that holds data to compare with; empty when it is no value.</summary>
    public ReadOnlySpan<byte> Value(ushort type)
    {
        ReadOnlySpan<byte> data = this[type];
        if (data.Length < NetlinkAttributes.HeadSize)
        {
            return default;
        }

        uint head = MemoryMarshal.Read<uint>(data);
        int length = (ushort)head;
        return ((int)(head >> 16) & TypeMask) == NfTables.Data.Value && length >= NetlinkAttributes.HeadSize && length <= data.Length
            ? data[NetlinkAttributes.HeadSize..length]
            : default;
    }

    private static ReadOnlySpan<byte> Exactly(ReadOnlySpan<byte> data, int length) =>
        data.Length == length ? data : throw new MalformedTableException("a number in an expression has an impossible size");

    [InlineArray(Count)]
    private struct Places
    {
        private (int Offset, int Length) _first;
    }
}

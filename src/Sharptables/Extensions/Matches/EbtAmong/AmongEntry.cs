using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;

namespace Sharptables.Extensions.Matches;

/// <summary>An Ethernet address, and the IPv4 address that goes with it; as it is in the key of a set.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AmongEntry : IComparable<AmongEntry>
{
    private const int AddressAt = 8;

    public MacAddress Mac;

    private readonly ushort _padding;

    /// <summary>Most significant byte first; 0 for any.</summary>
    public uint Address;

    /// <summary>The first of the keys that it stands for.</summary>
    public readonly UInt128 First => BinaryPrimitives.ReadUInt64BigEndian(Bytes(this)) is var head
        ? ((UInt128)head << 32) | BinaryPrimitives.ReverseEndianness(Address)
        : default;

    /// <summary>The last of them.</summary>
    public readonly UInt128 Last => Address == 0 ? First | uint.MaxValue : First;

    /// <summary>The entry that stands for keys, or null.</summary>
    public static AmongEntry? Of(UInt128 first, UInt128 last)
    {
        AmongEntry entry = default;
        BinaryPrimitives.WriteUInt64BigEndian(MemoryMarshal.AsBytes(new Span<AmongEntry>(ref entry)), (ulong)(first >> 32));
        entry.Address = BinaryPrimitives.ReverseEndianness((uint)first);
        return entry._padding == 0 && entry.First == first && entry.Last == last ? entry : null;
    }

    /// <inheritdoc/>
    public readonly int CompareTo(AmongEntry other) => First.CompareTo(other.First);

    private static byte[] Bytes(in AmongEntry entry) => MemoryMarshal.AsBytes(new ReadOnlySpan<AmongEntry>(in entry))[..AddressAt].ToArray();
}

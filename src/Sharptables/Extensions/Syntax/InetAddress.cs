using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// An address of either family: <c>union nf_inet_addr</c> (linux/netfilter.h), 16 bytes as they stand in a packet, of which IPv4
/// uses the first four.
/// </summary>
[InlineArray(Size)]
public struct InetAddress
{
    /// <summary>Bytes of the union.</summary>
    public const int Size = 16;

    private byte _first;

    /// <summary>The address as a number, of as many bytes as a field has.</summary>
    internal readonly UInt128 NumberIn(Field field) =>
        BinaryPrimitives.ReadUInt128BigEndian(MemoryMarshal.AsBytes(new ReadOnlySpan<InetAddress>(in this))) >> (128 - field.Bits);

    /// <summary>How many bytes an address of a family has: 4 or 16.</summary>
    internal static int LengthIn(Family family) => family.AddressSize;

    /// <summary>The bytes of an address that its family uses, to read.</summary>
    internal static ReadOnlySpan<byte> Bytes(in InetAddress address, Family family) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<InetAddress>(in address))[..LengthIn(family)];

    /// <summary>The bytes of an address that its family uses, to write.</summary>
    internal static Span<byte> Writable(ref InetAddress address, Family family) =>
        MemoryMarshal.AsBytes(new Span<InetAddress>(ref address))[..LengthIn(family)];

    /// <summary>Whether all bytes that the family uses are zero.</summary>
    internal static bool IsZero(in InetAddress address, Family family) => Bytes(address, family).IndexOfAnyExcept((byte)0) < 0;
}

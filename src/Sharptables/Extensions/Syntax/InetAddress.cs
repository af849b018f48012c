using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// An address of either family in network byte order: <c>union nf_inet_addr</c> (linux/netfilter.h), 16 bytes, of which IPv4 uses the
/// first four.
/// </summary>
[InlineArray(Size)]
public struct InetAddress
{
    /// <summary>The size of the union.</summary>
    public const int Size = 16;

    private byte _first;

    /// <summary>The address as a number of a field's width.</summary>
    internal readonly UInt128 NumberIn(Field field) =>
        BinaryPrimitives.ReadUInt128BigEndian(MemoryMarshal.AsBytes(new ReadOnlySpan<InetAddress>(in this))) >> (128 - field.Bits);

    /// <summary>The address that is a number of a field's width.</summary>
    internal static InetAddress Of(Field field, UInt128 number)
    {
        InetAddress address = default;
        BinaryPrimitives.WriteUInt128BigEndian(MemoryMarshal.AsBytes(new Span<InetAddress>(ref address)), number << (128 - field.Bits));
        return address;
    }

    /// <summary>The bytes that the family uses, for reading.</summary>
    internal static ReadOnlySpan<byte> Bytes(in InetAddress address, Family family) =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<InetAddress>(in address))[..family.AddressSize];

    /// <summary>The bytes that the family uses, for writing.</summary>
    internal static Span<byte> Writable(ref InetAddress address, Family family) =>
        MemoryMarshal.AsBytes(new Span<InetAddress>(ref address))[..family.AddressSize];

    internal static bool IsZero(in InetAddress address, Family family) => Bytes(address, family).IndexOfAnyExcept((byte)0) < 0;
}

using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary><c>struct sockaddr_in6</c>, whose family and port are where <c>struct sockaddr_in</c> has them.</summary>
[KernelStruct("struct sockaddr_in6", "linux/in6.h")]
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SocketAddress
{
    [KernelField("sin6_family")]
    public ushort Family;

    /// <summary>In network byte order.</summary>
    [KernelField("sin6_port")]
    public ushort Port;

    /// <summary>For IPv4: the address.</summary>
    [KernelField("sin6_flowinfo")]
    public uint Flow;

    [KernelField("sin6_addr")]
    public AddressBytes Bytes;

    [KernelField("sin6_scope_id")]
    public uint Scope;

    public static SocketAddress Of(AddressFamily family, ReadOnlySpan<byte> address)
    {
        SocketAddress result = new() { Family = (ushort)family };
        address.CopyTo(result.Address(family));
        return result;
    }

    public static uint SizeIn(AddressFamily family) => family == AddressFamily.IPv4 ? 16u : (uint)sizeof(SocketAddress);

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public Span<byte> Address(AddressFamily family) =>
        family == AddressFamily.IPv4 ? MemoryMarshal.AsBytes(new Span<uint>(ref Flow)) : Bytes;

    [InlineArray(16)]
    internal struct AddressBytes
    {
        private byte _first;
    }
}

using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary><c>struct sockaddr_in6</c>, whose family and port are where <c>struct sockaddr_in</c> has them.</summary>
[KernelStruct("struct sockaddr_in6", "linux/in6.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct SocketAddress
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

    public static SocketAddress Of(InternetFamily family, ReadOnlySpan<byte> address)
    {
        SocketAddress result = new() { Family = (ushort)family.Sockets };
        address.CopyTo(result.Address(family));
        return result;
    }

    [UnscopedRef]
    public Span<byte> Address(InternetFamily family) =>
        MemoryMarshal.AsBytes(new Span<SocketAddress>(ref this)).Slice(family.AddressOffset, family.AddressSize);

    [InlineArray(16)]
    internal struct AddressBytes
    {
        private byte _first;
    }
}

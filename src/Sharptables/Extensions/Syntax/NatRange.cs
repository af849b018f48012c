using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>The range of a NAT target for IPv6.</summary>
[KernelStruct("struct nf_nat_range", "linux/netfilter/nf_nat.h")]
[StructLayout(LayoutKind.Sequential)]
public struct NatRange : INatRange
{
    /// <summary>
    /// <c>NF_NAT_RANGE_*</c>: 1 addresses are given, 2 ports are, 4 ports are taken at random, 8 a client keeps its address, 16 ports are wholly
    /// random, 32 ports are shifted from the base port on.
    /// </summary>
    public uint Flags;

    /// <summary>The lowest address.</summary>
    public InetAddress MinAddr;

    /// <summary>The highest address.</summary>
    public InetAddress MaxAddr;

    /// <summary>The lowest port.</summary>
    public Be16 MinProto;

    /// <summary>The highest port.</summary>
    public Be16 MaxProto;

    /// <inheritdoc/>
    static bool INatRange.HasBasePort => false;

    /// <inheritdoc/>
    [UnscopedRef]
    ref uint INatRange.Flags => ref Flags;

    /// <inheritdoc/>
    [UnscopedRef]
    Span<byte> INatRange.FirstAddress => MemoryMarshal.AsBytes(new Span<InetAddress>(ref MinAddr));

    /// <inheritdoc/>
    [UnscopedRef]
    Span<byte> INatRange.LastAddress => MemoryMarshal.AsBytes(new Span<InetAddress>(ref MaxAddr));

    /// <inheritdoc/>
    [UnscopedRef]
    ref Be16 INatRange.FirstPort => ref MinProto;

    /// <inheritdoc/>
    [UnscopedRef]
    ref Be16 INatRange.LastPort => ref MaxProto;

    /// <inheritdoc/>
    [UnscopedRef]
    ref Be16 INatRange.BasePort => throw new NotSupportedException("struct nf_nat_range has no base port");

    /// <inheritdoc/>
    readonly void INatRange.Begin()
    {
    }
}

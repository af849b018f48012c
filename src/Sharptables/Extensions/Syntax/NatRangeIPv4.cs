using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>The range of a NAT target for IPv4: a list that always has one element.</summary>
[KernelStruct("struct nf_nat_ipv4_multi_range_compat", "linux/netfilter/nf_nat.h")]
[StructLayout(LayoutKind.Sequential)]
public struct NatRangeIPv4 : INatRange
{
    /// <summary>The number of ranges: 1.</summary>
    [KernelField("rangesize")]
    public uint RangeSize;

    /// <summary>
    /// <c>NF_NAT_RANGE_*</c>: 1 addresses are given, 2 ports are, 4 ports are taken at random, 8 a client keeps its address, 16 ports are wholly
    /// random, 32 ports are shifted from the base port on.
    /// </summary>
    [KernelField("range[0].flags")]
    public uint Flags;

    /// <summary>The lowest address.</summary>
    [KernelField("range[0].min_ip")]
    public Be32 MinIp;

    /// <summary>The highest address.</summary>
    [KernelField("range[0].max_ip")]
    public Be32 MaxIp;

    /// <summary>The lowest port.</summary>
    [KernelField("range[0].min")]
    public Be16 Min;

    /// <summary>The highest port.</summary>
    [KernelField("range[0].max")]
    public Be16 Max;

    /// <inheritdoc/>
    static bool INatRange.HasBasePort => false;

    /// <inheritdoc/>
    [UnscopedRef]
    ref uint INatRange.Flags => ref Flags;

    /// <inheritdoc/>
    [UnscopedRef]
    Span<byte> INatRange.FirstAddress => MemoryMarshal.AsBytes(new Span<Be32>(ref MinIp));

    /// <inheritdoc/>
    [UnscopedRef]
    Span<byte> INatRange.LastAddress => MemoryMarshal.AsBytes(new Span<Be32>(ref MaxIp));

    /// <inheritdoc/>
    [UnscopedRef]
    ref Be16 INatRange.FirstPort => ref Min;

    /// <inheritdoc/>
    [UnscopedRef]
    ref Be16 INatRange.LastPort => ref Max;

    /// <inheritdoc/>
    [UnscopedRef]
    ref Be16 INatRange.BasePort => throw new NotSupportedException("struct nf_nat_ipv4_range has no base port");

    /// <inheritdoc/>
    void INatRange.Begin() => RangeSize = 1;
}

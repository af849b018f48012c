using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>What a NAT target maps to, as IPv4 has it: a list that never has more than one range.</summary>
[KernelStruct("struct nf_nat_ipv4_multi_range_compat", "linux/netfilter/nf_nat.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct NatRangeIPv4 : INatRange
{
    /// <summary>How many ranges follow: 1.</summary>
    [KernelField("rangesize")]
    public uint RangeSize;

    /// <summary>What holds: bits of <see cref="INatRange"/>.</summary>
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

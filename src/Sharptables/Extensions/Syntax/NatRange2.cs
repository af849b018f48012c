using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>What a NAT target maps to, with a base port; of an IPv4 address the first four bytes count.</summary>
[KernelStruct("struct nf_nat_range2", "linux/netfilter/nf_nat.h")]
[StructLayout(LayoutKind.Sequential)]
public struct NatRange2 : INatRange
{
    /// <summary>What holds: bits of <see cref="INatRange"/>.</summary>
    public uint Flags;

    /// <summary>The lowest address.</summary>
    public InetAddress MinAddr;

    /// <summary>The highest address.</summary>
    public InetAddress MaxAddr;

    /// <summary>The lowest port.</summary>
    public Be16 MinProto;

    /// <summary>The highest port.</summary>
    public Be16 MaxProto;

    /// <summary>The port that the lowest one stands for.</summary>
    public Be16 BaseProto;

    /// <inheritdoc/>
    static bool INatRange.HasBasePort => true;

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
    ref Be16 INatRange.BasePort => ref BaseProto;

    /// <inheritdoc/>
    readonly void INatRange.Begin()
    {
    }
}

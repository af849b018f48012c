using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>What a NAT target maps to, as IPv6 has it.</summary>
[KernelStruct("struct nf_nat_range", "linux/netfilter/nf_nat.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct NatRange : INatRange
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

using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>The range of a NAT target for IPv6.</summary>
[KernelStruct("struct nf_nat_range", "linux/netfilter/nf_nat.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct NatRange : INatRange
{
    /// <summary>Flags of <see cref="INatRange"/>.</summary>
    public uint Flags;

    public InetAddress MinAddr;

    public InetAddress MaxAddr;

    public Be16 MinProto;

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

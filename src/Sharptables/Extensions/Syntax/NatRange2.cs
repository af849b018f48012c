using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>The range of a NAT target with a base port; IPv4 uses the first four bytes of an address.</summary>
[KernelStruct("struct nf_nat_range2", "linux/netfilter/nf_nat.h")]
[StructLayout(LayoutKind.Sequential)]
public struct NatRange2 : INatRange
{
    /// <summary>The part that older revisions have.</summary>
    [KernelField("flags")]
    public NatRange Range;

    /// <summary>The port that corresponds to the lowest one.</summary>
    public Be16 BaseProto;

    /// <inheritdoc/>
    static bool INatRange.HasBasePort => true;

    /// <inheritdoc/>
    [UnscopedRef]
    ref uint INatRange.Flags => ref Range.Flags;

    /// <inheritdoc/>
    [UnscopedRef]
    Span<byte> INatRange.FirstAddress => MemoryMarshal.AsBytes(new Span<InetAddress>(ref Range.MinAddr));

    /// <inheritdoc/>
    [UnscopedRef]
    Span<byte> INatRange.LastAddress => MemoryMarshal.AsBytes(new Span<InetAddress>(ref Range.MaxAddr));

    /// <inheritdoc/>
    [UnscopedRef]
    ref Be16 INatRange.FirstPort => ref Range.MinProto;

    /// <inheritdoc/>
    [UnscopedRef]
    ref Be16 INatRange.LastPort => ref Range.MaxProto;

    /// <inheritdoc/>
    [UnscopedRef]
    ref Be16 INatRange.BasePort => ref BaseProto;

    /// <inheritdoc/>
    readonly void INatRange.Begin()
    {
    }
}

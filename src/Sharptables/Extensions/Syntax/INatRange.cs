using System;
using System.Diagnostics.CodeAnalysis;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// The addresses and ports that a NAT target maps to, in any of the kernel's structs. <see cref="Flags"/> tell which of them apply
/// (<c>NF_NAT_RANGE_*</c>, linux/netfilter/nf_nat.h).
/// </summary>
internal interface INatRange
{
    /// <summary><c>NF_NAT_RANGE_MAP_IPS</c>: the addresses apply.</summary>
    public const uint MapsAddresses = 1 << 0;

    /// <summary><c>NF_NAT_RANGE_PROTO_SPECIFIED</c>: the ports apply.</summary>
    public const uint MapsPorts = 1 << 1;

    /// <summary><c>NF_NAT_RANGE_PROTO_RANDOM</c>: ports are chosen at random.</summary>
    public const uint IsRandom = 1 << 2;

    /// <summary><c>NF_NAT_RANGE_PERSISTENT</c>: a client keeps its address across connections.</summary>
    public const uint IsPersistent = 1 << 3;

    /// <summary><c>NF_NAT_RANGE_PROTO_RANDOM_FULLY</c>: ports are chosen at random, regardless of the present port.</summary>
    public const uint IsRandomFully = 1 << 4;

    /// <summary><c>NF_NAT_RANGE_PROTO_OFFSET</c>: the range of ports is shifted by the distance from the base port.</summary>
    public const uint IsShifted = 1 << 5;

    /// <summary>Whether the struct has a base port.</summary>
    public static abstract bool HasBasePort { get; }

    [UnscopedRef]
    public ref uint Flags { get; }

    /// <summary>The lowest address, in network byte order: 4 or 16 bytes.</summary>
    [UnscopedRef]
    public Span<byte> FirstAddress { get; }

    [UnscopedRef]
    public Span<byte> LastAddress { get; }

    [UnscopedRef]
    public ref Be16 FirstPort { get; }

    [UnscopedRef]
    public ref Be16 LastPort { get; }

    /// <summary>The port that corresponds to the lowest one, where <see cref="HasBasePort"/>.</summary>
    [UnscopedRef]
    public ref Be16 BasePort { get; }

    /// <summary>Sets what is the same in every range of this struct.</summary>
    public void Begin();
}

using System;
using System.Diagnostics.CodeAnalysis;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// The addresses and ports that a NAT target maps to, whichever of the kernel's structs they stand in. Bits of
/// <see cref="Flags"/> tell which of them hold (<c>NF_NAT_RANGE_*</c>, linux/netfilter/nf_nat.h).
/// </summary>
internal interface INatRange
{
    /// <summary><c>NF_NAT_RANGE_MAP_IPS</c>: the addresses hold.</summary>
    public const uint MapsAddresses = 1 << 0;

    /// <summary><c>NF_NAT_RANGE_PROTO_SPECIFIED</c>: the ports hold.</summary>
    public const uint MapsPorts = 1 << 1;

    /// <summary><c>NF_NAT_RANGE_PROTO_RANDOM</c>: ports are picked at random.</summary>
    public const uint IsRandom = 1 << 2;

    /// <summary><c>NF_NAT_RANGE_PERSISTENT</c>: a client keeps its address from one connection to the next.</summary>
    public const uint IsPersistent = 1 << 3;

    /// <summary><c>NF_NAT_RANGE_PROTO_RANDOM_FULLY</c>: ports are picked at random, without looking at the port there is.</summary>
    public const uint IsRandomFully = 1 << 4;

    /// <summary><c>NF_NAT_RANGE_PROTO_OFFSET</c>: the range of ports is shifted, by the distance from the base port.</summary>
    public const uint IsShifted = 1 << 5;

    /// <summary>Whether there is a base port at all.</summary>
    public static abstract bool HasBasePort { get; }

    /// <summary>What holds.</summary>
    [UnscopedRef]
    public ref uint Flags { get; }

    /// <summary>The lowest address, in network byte order: 4 bytes, or 16.</summary>
    [UnscopedRef]
    public Span<byte> FirstAddress { get; }

    /// <summary>The highest address.</summary>
    [UnscopedRef]
    public Span<byte> LastAddress { get; }

    /// <summary>The lowest port.</summary>
    [UnscopedRef]
    public ref Be16 FirstPort { get; }

    /// <summary>The highest port.</summary>
    [UnscopedRef]
    public ref Be16 LastPort { get; }

    /// <summary>The port that the lowest one stands for, where <see cref="HasBasePort"/>.</summary>
    [UnscopedRef]
    public ref Be16 BasePort { get; }

    /// <summary>Fills in what holds in every range of the kind.</summary>
    public void Begin();
}

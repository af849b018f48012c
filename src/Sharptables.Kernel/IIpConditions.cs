using System.Diagnostics.CodeAnalysis;

namespace Sharptables.Kernel;

/// <summary>The conditions that the heads of both families' rules have, each struct in its own places.</summary>
/// <typeparam name="TAddress">An address.</typeparam>
internal interface IIpConditions<TAddress>
    where TAddress : unmanaged
{
    [UnscopedRef]
    public ref Interleaved<TAddress> Source { get; }

    [UnscopedRef]
    public ref Interleaved<TAddress> Destination { get; }

    [UnscopedRef]
    public ref Interleaved<InterfaceName> InInterface { get; }

    [UnscopedRef]
    public ref Interleaved<InterfaceName> OutInterface { get; }

    /// <summary>The protocol number; 0 matches any.</summary>
    [UnscopedRef]
    public ref ushort Protocol { get; }

    /// <summary>Flags, whose bits differ between the families.</summary>
    [UnscopedRef]
    public ref byte Flags { get; }

    /// <summary>Which conditions are inverted; the same bits in both families.</summary>
    [UnscopedRef]
    public ref byte Inversions { get; }

    /// <summary>Whether it is about second and later fragments (IPv4).</summary>
    public bool IsFragment { get; }

    /// <summary>The traffic class (IPv6).</summary>
    public byte TrafficClass { get; }
}

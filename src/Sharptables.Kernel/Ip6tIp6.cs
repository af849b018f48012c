using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The conditions in the head of an ip6_tables rule; addresses in network byte order.</summary>
[KernelStruct("struct ip6t_ip6", "linux/netfilter_ipv6/ip6_tables.h")]
[StructLayout(LayoutKind.Explicit, Size = 136)]
internal struct Ip6tIp6 : IIpConditions<Ipv6Address>
{
    [FieldOffset(0)]
    [KernelField("src")]
    public Interleaved<Ipv6Address> Source;

    [FieldOffset(16)]
    [KernelField("dst")]
    public Interleaved<Ipv6Address> Destination;

    [FieldOffset(64)]
    [KernelField("iniface")]
    public Interleaved<InterfaceName> InInterface;

    [FieldOffset(80)]
    [KernelField("outiface")]
    public Interleaved<InterfaceName> OutInterface;

    /// <summary>The protocol number; 0 matches any.</summary>
    [FieldOffset(128)]
    [KernelField("proto")]
    public ushort Protocol;

    [FieldOffset(130)]
    public byte Tos;

    /// <summary><c>IP6T_F_*</c></summary>
    [FieldOffset(131)]
    public byte Flags;

    /// <summary><c>IP6T_INV_*</c></summary>
    [FieldOffset(132)]
    [KernelField("invflags")]
    public byte Inversions;

    [UnscopedRef]
    ref Interleaved<Ipv6Address> IIpConditions<Ipv6Address>.Source => ref Source;

    [UnscopedRef]
    ref Interleaved<Ipv6Address> IIpConditions<Ipv6Address>.Destination => ref Destination;

    [UnscopedRef]
    ref Interleaved<InterfaceName> IIpConditions<Ipv6Address>.InInterface => ref InInterface;

    [UnscopedRef]
    ref Interleaved<InterfaceName> IIpConditions<Ipv6Address>.OutInterface => ref OutInterface;

    [UnscopedRef]
    ref ushort IIpConditions<Ipv6Address>.Protocol => ref Protocol;

    [UnscopedRef]
    ref byte IIpConditions<Ipv6Address>.Flags => ref Flags;

    [UnscopedRef]
    ref byte IIpConditions<Ipv6Address>.Inversions => ref Inversions;

    readonly bool IIpConditions<Ipv6Address>.IsFragment => false;

    readonly byte IIpConditions<Ipv6Address>.TrafficClass => Tos;
}

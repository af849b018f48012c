using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What a rule of ip6_tables asks of the head of a packet; addresses are in network byte order.</summary>
[KernelStruct("struct ip6t_ip6", "linux/netfilter_ipv6/ip6_tables.h")]
[StructLayout(LayoutKind.Explicit, Size = 136)]
internal struct Ip6tIp6
{
    /// <summary>Where it comes from.</summary>
    [FieldOffset(0)]
    [KernelField("src")]
    public Interleaved<Ipv6Address> Source;

    /// <summary>Where it goes to.</summary>
    [FieldOffset(16)]
    [KernelField("dst")]
    public Interleaved<Ipv6Address> Destination;

    /// <summary>The interface it came in by.</summary>
    [FieldOffset(64)]
    [KernelField("iniface")]
    public Interleaved<InterfaceName> InInterface;

    /// <summary>The interface it goes out by.</summary>
    [FieldOffset(80)]
    [KernelField("outiface")]
    public Interleaved<InterfaceName> OutInterface;

    /// <summary>The protocol; 0 is any.</summary>
    [FieldOffset(128)]
    [KernelField("proto")]
    public ushort Protocol;

    /// <summary>The traffic class.</summary>
    [FieldOffset(130)]
    public byte Tos;

    /// <summary><c>IP6T_F_*</c></summary>
    [FieldOffset(131)]
    public byte Flags;

    /// <summary><c>IP6T_INV_*</c></summary>
    [FieldOffset(132)]
    [KernelField("invflags")]
    public byte Inversions;
}

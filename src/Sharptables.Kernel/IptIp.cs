using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What a rule of ip_tables asks of the head of a packet; addresses are in network byte order.</summary>
[KernelStruct("struct ipt_ip", "linux/netfilter_ipv4/ip_tables.h")]
[StructLayout(LayoutKind.Explicit, Size = 84)]
internal struct IptIp
{
    /// <summary>Where it comes from.</summary>
    [FieldOffset(0)]
    [KernelField("src")]
    public Interleaved<uint> Source;

    /// <summary>Where it goes to.</summary>
    [FieldOffset(4)]
    [KernelField("dst")]
    public Interleaved<uint> Destination;

    /// <summary>The interface it came in by.</summary>
    [FieldOffset(16)]
    [KernelField("iniface")]
    public Interleaved<InterfaceName> InInterface;

    /// <summary>The interface it goes out by.</summary>
    [FieldOffset(32)]
    [KernelField("outiface")]
    public Interleaved<InterfaceName> OutInterface;

    /// <summary>The protocol; 0 is any.</summary>
    [FieldOffset(80)]
    [KernelField("proto")]
    public ushort Protocol;

    /// <summary><c>IPT_F_*</c></summary>
    [FieldOffset(82)]
    public byte Flags;

    /// <summary><c>IPT_INV_*</c></summary>
    [FieldOffset(83)]
    [KernelField("invflags")]
    public byte Inversions;
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The conditions in the head of an ip_tables rule; addresses in network byte order.</summary>
[KernelStruct("struct ipt_ip", "linux/netfilter_ipv4/ip_tables.h")]
[StructLayout(LayoutKind.Explicit, Size = 84)]
internal struct IptIp : IIpConditions<uint>
{
    /// <summary><c>IPT_F_FRAG</c>, in <see cref="Flags"/>.</summary>
    public const byte FragmentFlag = 1;

    [FieldOffset(0)]
    [KernelField("src")]
    public Interleaved<uint> Source;

    [FieldOffset(4)]
    [KernelField("dst")]
    public Interleaved<uint> Destination;

    [FieldOffset(16)]
    [KernelField("iniface")]
    public Interleaved<InterfaceName> InInterface;

    [FieldOffset(32)]
    [KernelField("outiface")]
    public Interleaved<InterfaceName> OutInterface;

    /// <summary>The protocol number; 0 matches any.</summary>
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

    [UnscopedRef]
    ref Interleaved<uint> IIpConditions<uint>.Source => ref Source;

    [UnscopedRef]
    ref Interleaved<uint> IIpConditions<uint>.Destination => ref Destination;

    [UnscopedRef]
    ref Interleaved<InterfaceName> IIpConditions<uint>.InInterface => ref InInterface;

    [UnscopedRef]
    ref Interleaved<InterfaceName> IIpConditions<uint>.OutInterface => ref OutInterface;

    [UnscopedRef]
    ref ushort IIpConditions<uint>.Protocol => ref Protocol;

    [UnscopedRef]
    ref byte IIpConditions<uint>.Flags => ref Flags;

    [UnscopedRef]
    ref byte IIpConditions<uint>.Inversions => ref Inversions;

    readonly bool IIpConditions<uint>.IsFragment => (Flags & FragmentFlag) != 0;

    readonly byte IIpConditions<uint>.TrafficClass => 0;
}

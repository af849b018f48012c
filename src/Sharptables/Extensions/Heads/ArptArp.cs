using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Heads;

/// <summary>The conditions in the head of an arp_tables rule; numbers and addresses most significant byte first.</summary>
[KernelStruct("struct arpt_arp", "linux/netfilter_arp/arp_tables.h")]
[StructLayout(LayoutKind.Explicit, Size = 164)]
internal struct ArptArp
{
    [FieldOffset(0)]
    [KernelField("src")]
    public Interleaved<uint> Source;

    [FieldOffset(4)]
    [KernelField("tgt")]
    public Interleaved<uint> Target;

    [FieldOffset(16)]
    [KernelField("arhln")]
    public Masked<byte> HardwareLength;

    [FieldOffset(18)]
    [KernelField("src_devaddr")]
    public Masked<DeviceAddress> SourceMac;

    [FieldOffset(50)]
    [KernelField("tgt_devaddr")]
    public Masked<DeviceAddress> TargetMac;

    [FieldOffset(82)]
    [KernelField("arpop")]
    public Masked<Be16> Operation;

    [FieldOffset(86)]
    [KernelField("arhrd")]
    public Masked<Be16> HardwareType;

    [FieldOffset(90)]
    [KernelField("arpro")]
    public Masked<Be16> ProtocolType;

    [FieldOffset(94)]
    [KernelField("iniface")]
    public Interleaved<InterfaceName> InInterface;

    [FieldOffset(110)]
    [KernelField("outiface")]
    public Interleaved<InterfaceName> OutInterface;

    /// <summary><c>ARPT_INV_*</c></summary>
    [FieldOffset(160)]
    [KernelField("invflags")]
    public ushort Inversions;

    /// <summary>A hardware address, of which Ethernet has the first six bytes: <c>char[ARPT_DEV_ADDR_LEN_MAX]</c>.</summary>
    [InlineArray(16)]
    internal struct DeviceAddress
    {
        private byte _first;
    }
}

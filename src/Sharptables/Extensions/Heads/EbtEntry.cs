using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Heads;

/// <summary>The head of a rule for a bridge. The offsets at its end are not used: where matches and target are is said behind it.</summary>
[KernelStruct("struct ebt_entry", "linux/netfilter_bridge/ebtables.h")]
[StructLayout(LayoutKind.Explicit, Size = 112)]
internal struct EbtEntry
{
    /// <summary><c>EBT_802_3</c>, in <see cref="Bitmask"/>: the frame has its length in place of a protocol.</summary>
    public const uint LengthFlag = 0x04;

    /// <summary><c>EBT_SOURCEMAC</c></summary>
    public const uint SourceFlag = 0x08;

    /// <summary><c>EBT_DESTMAC</c></summary>
    public const uint DestinationFlag = 0x10;

    [FieldOffset(0)]
    public uint Bitmask;

    /// <summary><c>EBT_I*</c></summary>
    [FieldOffset(4)]
    [KernelField("invflags")]
    public uint Inversions;

    /// <summary>The protocol; 0 for any.</summary>
    [FieldOffset(8)]
    [KernelField("ethproto")]
    public Be16 Protocol;

    [FieldOffset(10)]
    [KernelField("in")]
    public InterfacePattern InInterface;

    [FieldOffset(26)]
    [KernelField("logical_in")]
    public InterfacePattern InBridge;

    [FieldOffset(42)]
    [KernelField("out")]
    public InterfacePattern OutInterface;

    [FieldOffset(58)]
    [KernelField("logical_out")]
    public InterfacePattern OutBridge;

    [FieldOffset(74)]
    [KernelField("sourcemac")]
    public Masked<MacAddress> Source;

    [FieldOffset(86)]
    [KernelField("destmac")]
    public Masked<MacAddress> Destination;
}

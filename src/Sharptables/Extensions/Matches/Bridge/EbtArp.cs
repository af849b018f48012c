using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>ebtables' match <c>arp</c>.</summary>
internal sealed class EbtArp : Match<EbtArpInfo>
{
    private const string BadMac = "Problem with ARP MAC address argument";

    /// <inheritdoc/>
    public override string Name => "arp";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_ARP";

    /// <inheritdoc/>
    public override string Summary => "Matches ARP and RARP by what their header has.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [EtherType.Arp, EtherType.ReverseArp]);

    public EbtArp() => Options =
    [
        Option("arp-op", new NamedNumber<Be16>("opcode", "Problem with specified ARP opcode", writesWords: true,
                ("Request", 1), ("Reply", 2), ("Request_Reverse", 3), ("Reply_Reverse", 4), ("DRARP_Request", 5), ("DRARP_Reply", 6), ("DRARP_Error", 7),
                ("InARP_Request", 8), ("ARP_NAK", 9)), (ref i) => ref i.Operation, "What is asked or said, by name or number.",
            of: Field.Arp.Operation, present: Given(0x01), invert: Inverted(0x01), fullName: "arp-opcode"),
        Option("arp-htype", new NamedNumber<Be16>("type", "Problem with specified ARP hardware type", writesWords: false, ("Ethernet", 1)), (ref i) => ref i.HardwareType, "The kind of hardware, by number; 1 is Ethernet.",
            of: Field.Arp.HardwareType, present: Given(0x02), invert: Inverted(0x02)),
        Option("arp-ptype", new EtherTypeSyntax("Problem with specified ARP protocol type", "0x{0:x}"), (ref i) => ref i.ProtocolType,
            "The kind of addresses that are asked about, in hexadecimal or by name.",
            of: Field.Arp.ProtocolType, present: Given(0x04), invert: Inverted(0x04)),
        Option("arp-ip-src", new MaskedAddressSyntax<uint>(), (ref i) => ref i.Source, "The sender's IPv4 address, and a mask of the bits to compare.",
            of: Field.Arp.Source, present: Given(0x08), invert: Inverted(0x08)),
        Option("arp-ip-dst", new MaskedAddressSyntax<uint>(), (ref i) => ref i.Destination, "The target's IPv4 address, and a mask of the bits to compare.",
            of: Field.Arp.Destination, present: Given(0x10), invert: Inverted(0x10)),
        Option("arp-mac-src", new MaskedMacSyntax<MacAddress>(BadMac), (ref i) => ref i.SourceMac,
            "The sender's Ethernet address, and a mask of the bits to compare.",
            of: Field.Arp.SourceMac, present: Given(0x20), invert: Inverted(0x20)),
        Option("arp-mac-dst", new MaskedMacSyntax<MacAddress>(BadMac), (ref i) => ref i.DestinationMac,
            "The target's Ethernet address, and a mask of the bits to compare.",
            of: Field.Arp.DestinationMac, present: Given(0x40), invert: Inverted(0x40)),
        Flag("arp-gratuitous", Given(0x80), "Sender and target have the same IPv4 address: somebody tells where it is without being asked.", invert: Inverted(0x80)),
    ];

    private static Switch<EbtArpInfo> Given(byte bit) => Bit((ref i) => ref i.Given, bit);

    private static Switch<EbtArpInfo> Inverted(byte bit) => Bit((ref i) => ref i.Inversions, bit);
}

/// <summary>The kernel's struct for ebtables' match <c>arp</c>.</summary>
[KernelStruct("struct ebt_arp_info", "linux/netfilter_bridge/ebt_arp.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtArpInfo
{
    [KernelField("htype")]
    public Be16 HardwareType;

    [KernelField("ptype")]
    public Be16 ProtocolType;

    [KernelField("opcode")]
    public Be16 Operation;

    [KernelField("saddr")]
    public Masked<uint> Source;

    [KernelField("daddr")]
    public Masked<uint> Destination;

    [KernelField("smaddr")]
    public Masked<MacAddress> SourceMac;

    [KernelField("dmaddr")]
    public Masked<MacAddress> DestinationMac;

    /// <summary><c>EBT_ARP_*</c>: which of them are compared.</summary>
    [KernelField("bitmask")]
    public byte Given;

    /// <summary>Which of those are inverted.</summary>
    [KernelField("invflags")]
    public byte Inversions;
}

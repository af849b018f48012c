using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>ebtables' match <c>ip</c>.</summary>
internal sealed class EbtIp : Match<EbtIpInfo>
{
    private const byte Source = 0x01, Destination = 0x02, Tos = 0x04, Transport = 0x08, SourcePort = 0x10, DestinationPort = 0x20, Icmp = 0x40, Igmp = 0x80;

    private static readonly IcmpTypeSyntax s_igmpTypes = new("IGMP",
    [
        new("membership-query", 0x11),
        new("membership-report-v1", 0x12),
        new("membership-report-v2", 0x16),
        new("leave-group", 0x17),
        new("membership-report-v3", 0x22),
    ]);

    /// <inheritdoc/>
    public override string Name => "ip";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_IP";

    /// <inheritdoc/>
    public override string Summary => "Matches frames of IPv4 by what its header has, and the one behind it.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [EtherType.IPv4]);

    public EbtIp() => Options =
    [
        new PairOption<EbtIpInfo, Masked<uint>>("ip-src", new MaskedAddressSyntax<uint>(),
            static (in i) => new() { Value = i.Source, Mask = i.SourceMask }, static (ref i, in v) => (i.Source, i.SourceMask) = (v.Value, v.Mask),
            "The source address, and a mask of the bits to compare.")
        {
            Of = Field.Ip.Source.In(Family.IPv4), FullName = "ip-source", Aliases = ["ip-source"], Present = Given(Source), Invert = Inverted(Source),
        },
        new PairOption<EbtIpInfo, Masked<uint>>("ip-dst", new MaskedAddressSyntax<uint>(),
            static (in i) => new() { Value = i.Destination, Mask = i.DestinationMask },
            static (ref i, in v) => (i.Destination, i.DestinationMask) = (v.Value, v.Mask),
            "The destination address, and a mask of the bits to compare.")
        {
            Of = Field.Ip.Destination.In(Family.IPv4), FullName = "ip-destination", Aliases = ["ip-destination"],
            Present = Given(Destination), Invert = Inverted(Destination),
        },
        Option("ip-tos", new HexByte(placeholder: "tos", isUpperCase: true), (ref i) => ref i.Tos, "The type of service.",
            of: Field.Ip.TypeOfService, present: Given(Tos), invert: Inverted(Tos)),
        Option("ip-proto", new TransportName(), (ref i) => ref i.Protocol, "The protocol behind the header, by name or number.",
            of: Field.Ip.Protocol.In(Family.IPv4), present: Given(Transport), invert: Inverted(Transport), fullName: "ip-protocol"),
        new PairOption<EbtIpInfo, EbtIcmp>("ip-icmp-type", new EbtIcmpSyntax(Matches.Icmp.Types),
            static (in i) => new(i.Types, i.Codes), static (ref i, in v) => (i.Types, i.Codes) = (v.Types, v.Codes),
            "The type of an ICMP message, and its code.")
        {
            Of = Field.Icmp.Message.In(Family.IPv4), Present = Given(Icmp), Invert = Inverted(Icmp), When = static (in i) => Carries(i, Kernel.Protocol.Icmp),
        },
        new PairOption<EbtIpInfo, EbtIcmp>("ip-igmp-type", new EbtIcmpSyntax(s_igmpTypes, hasCodes: false),
            static (in i) => new(i.Types, Interval<byte>.All), static (ref i, in v) => i.Types = v.Types, "The type of an IGMP message.")
        {
            Of = Field.Igmp.Type, Present = Given(Igmp), Invert = Inverted(Igmp), When = static (in i) => Carries(i, Kernel.Protocol.Igmp),
        },
        Option("ip-sport", new PortRange(0), (ref i) => ref i.Sources, "The source port, or a range of ports.",
            of: Field.Port.Source, present: Given(SourcePort), invert: Inverted(SourcePort), when: HasPorts, fullName: "ip-source-port"),
        Option("ip-dport", new PortRange(0), (ref i) => ref i.Destinations, "The destination port, or a range of ports.",
            of: Field.Port.Destination, present: Given(DestinationPort), invert: Inverted(DestinationPort), when: HasPorts, fullName: "ip-destination-port"),
    ];

    /// <inheritdoc/>
    protected override bool Translate(in EbtIpInfo info, NftText nft)
    {
        ushort protocol = (info.Given & ~info.Inversions & Transport) != 0 ? info.Protocol : (ushort)0;
        return Misuse(info, default) is null && nft.TryWriteInFrame(Header.IPv4, ConditionsIn(MemoryMarshal.AsBytes(new ReadOnlySpan<EbtIpInfo>(in info)), nft.Family, out bool areAll), protocol) && areAll;
    }

    /// <inheritdoc/>
    protected override void Finish(ref EbtIpInfo info, in Given given, RuleInProgress rule)
    {
        if (rule.Protocol != EtherType.IPv4)
        {
            throw new UsageException("For IP filtering the protocol must be specified as IPv4.");
        }
    }

    /// <inheritdoc/>
    protected override string? Misuse(in EbtIpInfo info, in Format format) =>
        (info.Given & (SourcePort | DestinationPort)) != 0 && !HasPorts(info) ? "--ip-sport and --ip-dport need --ip-proto with a protocol that has ports"
        : (info.Given & Icmp) != 0 && !Carries(info, Kernel.Protocol.Icmp) ? "--ip-icmp-type needs --ip-proto icmp"
        : (info.Given & Igmp) != 0 && !Carries(info, Kernel.Protocol.Igmp) ? "--ip-igmp-type needs --ip-proto igmp"
        : null;

    private static bool HasPorts(in EbtIpInfo info) => (info.Given & Transport) != 0 && (info.Inversions & Transport) == 0
        && EbtPorts.Has(info.Protocol);

    private static bool Carries(in EbtIpInfo info, byte protocol) =>
        (info.Given & Transport) != 0 && (info.Inversions & Transport) == 0 && info.Protocol == protocol;

    private static Switch<EbtIpInfo> Given(byte bit) => Bit((ref i) => ref i.Given, bit);

    private static Switch<EbtIpInfo> Inverted(byte bit) => Bit((ref i) => ref i.Inversions, bit);
}

/// <summary>The kernel's struct for ebtables' match <c>ip</c>.</summary>
[KernelStruct("struct ebt_ip_info", "linux/netfilter_bridge/ebt_ip.h")]
[StructLayout(LayoutKind.Explicit, Size = 28)]
internal struct EbtIpInfo
{
    [FieldOffset(0)]
    [KernelField("saddr")]
    public uint Source;

    [FieldOffset(4)]
    [KernelField("daddr")]
    public uint Destination;

    [FieldOffset(8)]
    [KernelField("smsk")]
    public uint SourceMask;

    [FieldOffset(12)]
    [KernelField("dmsk")]
    public uint DestinationMask;

    [FieldOffset(16)]
    public byte Tos;

    [FieldOffset(17)]
    public byte Protocol;

    /// <summary><c>EBT_IP_*</c>: which of them are compared.</summary>
    [FieldOffset(18)]
    [KernelField("bitmask")]
    public byte Given;

    /// <summary>Which of those are inverted.</summary>
    [FieldOffset(19)]
    [KernelField("invflags")]
    public byte Inversions;

    [FieldOffset(20)]
    [KernelField("sport")]
    public Interval<ushort> Sources;

    [FieldOffset(24)]
    [KernelField("dport")]
    public Interval<ushort> Destinations;

    /// <summary>Types of ICMP messages; the codes are elsewhere.</summary>
    [FieldOffset(20)]
    [KernelField("icmp_type")]
    public Interval<byte> Types;

    /// <summary>Codes of ICMP messages.</summary>
    [FieldOffset(24)]
    [KernelField("icmp_code")]
    public Interval<byte> Codes;
}

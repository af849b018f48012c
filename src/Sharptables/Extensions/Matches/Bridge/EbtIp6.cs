using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>ebtables' match <c>ip6</c>.</summary>
internal sealed class EbtIp6 : Match<EbtIp6Info>
{
    private const byte Source = 0x01, Destination = 0x02, TrafficClass = 0x04, Transport = 0x08, SourcePort = 0x10, DestinationPort = 0x20, Icmp6 = 0x40;

    /// <inheritdoc/>
    public override string Name => "ip6";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_IP6";

    /// <inheritdoc/>
    public override string Summary => "Matches frames of IPv6 by what its header has, and the one behind it.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [EtherType.IPv6]);

    public EbtIp6() => Options =
    [
        new PairOption<EbtIp6Info, Masked<Ipv6Address>>("ip6-src", new MaskedAddressSyntax<Ipv6Address>(),
            static (in i) => new() { Value = i.Source, Mask = i.SourceMask }, static (ref i, in v) => (i.Source, i.SourceMask) = (v.Value, v.Mask),
            "The source address, and a mask of the bits to compare.")
        {
            Of = Field.Ip.Source.In(Family.IPv6), FullName = "ip6-source", Aliases = ["ip6-source"], Present = Given(Source), Invert = Inverted(Source),
        },
        new PairOption<EbtIp6Info, Masked<Ipv6Address>>("ip6-dst", new MaskedAddressSyntax<Ipv6Address>(),
            static (in i) => new() { Value = i.Destination, Mask = i.DestinationMask },
            static (ref i, in v) => (i.Destination, i.DestinationMask) = (v.Value, v.Mask),
            "The destination address, and a mask of the bits to compare.")
        {
            Of = Field.Ip.Destination.In(Family.IPv6), FullName = "ip6-destination", Aliases = ["ip6-destination"],
            Present = Given(Destination), Invert = Inverted(Destination),
        },
        Option("ip6-tclass", new HexByte(placeholder: "tclass", isUpperCase: true), (ref i) => ref i.TrafficClass, "The traffic class.",
            of: Field.Ip.TrafficClass, present: Given(TrafficClass), invert: Inverted(TrafficClass)),
        Option("ip6-proto", new TransportName(), (ref i) => ref i.Protocol, "The protocol behind the headers, by name or number.",
            of: Field.Ip.Protocol.In(Family.IPv6), present: Given(Transport), invert: Inverted(Transport), fullName: "ip6-protocol"),
        Option("ip6-sport", new PortRange(0), (ref i) => ref i.Sources, "The source port, or a range of ports.",
            of: Field.Port.Source, present: Given(SourcePort), invert: Inverted(SourcePort), when: HasPorts, fullName: "ip6-source-port"),
        Option("ip6-dport", new PortRange(0), (ref i) => ref i.Destinations, "The destination port, or a range of ports.",
            of: Field.Port.Destination, present: Given(DestinationPort), invert: Inverted(DestinationPort), when: HasPorts, fullName: "ip6-destination-port"),
        new PairOption<EbtIp6Info, EbtIcmp>("ip6-icmp-type", new EbtIcmpSyntax(Matches.Icmp6.Types),
            static (in i) => new(i.Types, i.Codes), static (ref i, in v) => (i.Types, i.Codes) = (v.Types, v.Codes),
            "The type of an ICMPv6 message, and its code.")
        {
            Of = Field.Icmp.Message.In(Family.IPv6), Present = Given(Icmp6), Invert = Inverted(Icmp6), When = HasTypes,
        },
    ];

    /// <inheritdoc/>
    protected override bool Translate(in EbtIp6Info info, NftText nft)
    {
        ushort protocol = (info.Given & ~info.Inversions & Transport) != 0 ? info.Protocol : (ushort)0;
        return Misuse(info, default) is null && nft.TryWriteInFrame(Header.IPv6, ConditionsIn(MemoryMarshal.AsBytes(new ReadOnlySpan<EbtIp6Info>(in info)), nft.Family, out bool areAll), protocol) && areAll;
    }

    /// <inheritdoc/>
    protected override void Finish(ref EbtIp6Info info, in Given given, RuleInProgress rule)
    {
        if (rule.Protocol != EtherType.IPv6)
        {
            throw new UsageException("For IPv6 filtering the protocol must be specified as IPv6.");
        }
    }

    /// <inheritdoc/>
    protected override string? Misuse(in EbtIp6Info info, in Format format) =>
        (info.Given & (SourcePort | DestinationPort)) != 0 && !HasPorts(info) ? "--ip6-sport and --ip6-dport need --ip6-proto with a protocol that has ports"
        : (info.Given & Icmp6) != 0 && !HasTypes(info) ? "--ip6-icmp-type needs --ip6-proto ipv6-icmp"
        : null;

    private static bool HasPorts(in EbtIp6Info info) =>
        (info.Given & Transport) != 0 && (info.Inversions & Transport) == 0 && EbtPorts.Has(info.Protocol);

    private static bool HasTypes(in EbtIp6Info info) =>
        (info.Given & Transport) != 0 && (info.Inversions & Transport) == 0 && info.Protocol == Kernel.Protocol.Icmp6;

    private static Switch<EbtIp6Info> Given(byte bit) => Bit((ref i) => ref i.Given, bit);

    private static Switch<EbtIp6Info> Inverted(byte bit) => Bit((ref i) => ref i.Inversions, bit);
}

/// <summary>The kernel's struct for ebtables' match <c>ip6</c>.</summary>
[KernelStruct("struct ebt_ip6_info", "linux/netfilter_bridge/ebt_ip6.h")]
[StructLayout(LayoutKind.Explicit, Size = 76)]
internal struct EbtIp6Info
{
    [FieldOffset(0)]
    [KernelField("saddr")]
    public Ipv6Address Source;

    [FieldOffset(16)]
    [KernelField("daddr")]
    public Ipv6Address Destination;

    [FieldOffset(32)]
    [KernelField("smsk")]
    public Ipv6Address SourceMask;

    [FieldOffset(48)]
    [KernelField("dmsk")]
    public Ipv6Address DestinationMask;

    [FieldOffset(64)]
    [KernelField("tclass")]
    public byte TrafficClass;

    [FieldOffset(65)]
    public byte Protocol;

    /// <summary><c>EBT_IP6_*</c>: which of them are compared.</summary>
    [FieldOffset(66)]
    [KernelField("bitmask")]
    public byte Given;

    /// <summary>Which of those are inverted.</summary>
    [FieldOffset(67)]
    [KernelField("invflags")]
    public byte Inversions;

    [FieldOffset(68)]
    [KernelField("sport")]
    public Interval<ushort> Sources;

    [FieldOffset(72)]
    [KernelField("dport")]
    public Interval<ushort> Destinations;

    /// <summary>Types of ICMPv6 messages.</summary>
    [FieldOffset(68)]
    [KernelField("icmpv6_type")]
    public Interval<byte> Types;

    /// <summary>Their codes.</summary>
    [FieldOffset(72)]
    [KernelField("icmpv6_code")]
    public Interval<byte> Codes;
}

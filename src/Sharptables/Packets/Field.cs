using System;
using System.Collections.Generic;
using Sharptables.Model;

namespace Sharptables.Packets;

/// <summary>
/// Something about a packet that an option can be a condition on: part of the packet, of its connection, or of what the kernel keeps with
/// it. Its value is a number of at most 128 bits, as addresses and flags are too. Fields are made when asked for and compared by value.
/// </summary>
/// <param name="name">The name in nft(8).</param>
/// <param name="bits">The width of its value.</param>
/// <param name="type">What its value is.</param>
internal abstract class Field(string name, int bits, FieldType type = FieldType.Number)
{
    public string Name => name;

    public int Bits => bits;

    public FieldType Type => type;

    /// <summary>The greatest value.</summary>
    public UInt128 Greatest => UInt128.MaxValue >> (128 - bits);

    /// <summary>Whether its value is a set of bits, any of which may be tested.</summary>
    public bool IsBits => type is FieldType.State or FieldType.Status;

    /// <summary>Whether the kernel has its value in network byte order, not the machine's.</summary>
    public virtual bool IsNetworkOrder => false;

    /// <summary>How many of the kernel's units make one of ours: milliseconds in a second.</summary>
    public virtual uint UnitsInKernel => 1;

    /// <summary>The header that a packet must have for this field to exist; null for none.</summary>
    public virtual Header? Header => null;

    /// <summary>The field that stands for this one in packets of a family.</summary>
    public virtual Field In(Family family) => this;

    /// <summary>Where a packet has its value; null if it may have several, or the place depends on the packet.</summary>
    public virtual Slot? Slot => null;

    /// <summary>The bits of what is in its <see cref="Slot"/> that are its own, where that is more.</summary>
    public virtual UInt128 Mask => Greatest;

    /// <summary>How many bits are behind those.</summary>
    public virtual int Shift => 0;

    /// <summary>Whether a packet's value is among some; null when the packet has no such field.</summary>
    public virtual Answer? Ask(Packet packet, Values values) =>
        Header is { } header && packet.Has(header) is not Answer.Yes and var lacking ? lacking is Answer.No ? null : lacking
        : Slot is { } slot && packet.Find(slot) is { } known ? values.Contain((known & Mask) >> Shift) ? Answer.Yes : Answer.No
        : packet.Ask(this, values);

    /// <summary>
    /// The conditions on nf_tables' fields that together say the same; null when that would take an alternative, which no rule can express.
    /// </summary>
    public virtual IReadOnlyList<Condition>? Split(Condition condition) => [condition];

    /// <summary>Whether it is always asked by its <see cref="Parts"/>.</summary>
    public virtual bool IsSplit => false;

    /// <summary>The fields that nf_tables may have in its place: those that <see cref="Split"/> speaks of.</summary>
    public virtual IReadOnlyList<Field> Parts => [this];

    /// <summary>A condition on it that may say the same as some on its parts, no two of them on one; null if there is none.</summary>
    public virtual Condition? Join(IReadOnlyList<Condition> parts) => parts is [var only] ? only : null;

    /// <summary>Whole bytes that nft(8) has no name for.</summary>
    private static PayloadField Raw(HeaderBase start, int offset, int bits) =>
        new(Header.Raw(start), $",{offset * 8},{bits}", offset, bits, bits == 8 ? FieldType.HexByte : FieldType.Number);

    public static bool operator ==(Field? left, Field? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Field? left, Field? right) => !(left == right);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => obj is Field other && other.GetType() == GetType()
        && other.Name == Name && other.Bits == Bits && other.Header?.Name == Header?.Name;

    /// <inheritdoc/>
    public sealed override int GetHashCode() => Name.Length ^ Bits;

    /// <summary>Fields of the header of IPv4 or IPv6.</summary>
    public static class Ip
    {
        /// <summary>Where the packet comes from.</summary>
        public static Field Source => new FamilyField(
            (Family.IPv4, new PayloadField(Header.IPv4, "saddr", 12, 32, FieldType.Address)),
            (Family.IPv6, new PayloadField(Header.IPv6, "saddr", 8, 128, FieldType.Address)));

        /// <summary>Where the packet goes to.</summary>
        public static Field Destination => new FamilyField(
            (Family.IPv4, new PayloadField(Header.IPv4, "daddr", 16, 32, FieldType.Address)),
            (Family.IPv6, new PayloadField(Header.IPv6, "daddr", 24, 128, FieldType.Address)));

        /// <summary>The protocol: IPv4's own, or that behind the extension headers of IPv6.</summary>
        public static Field Protocol => new FamilyField(
            (Family.IPv4, new PayloadField(Header.IPv4, "protocol", 9, 8, FieldType.Protocol)),
            (Family.IPv6, new MetaField("meta l4proto", MetaKey.L4proto, 8, FieldType.Protocol)));

        /// <summary>The flags of fragments, and the offset (IPv4).</summary>
        public static Field Fragment => new PayloadField(Header.IPv4, "frag-off", 6, 16);

        /// <summary>The type of service (IPv4).</summary>
        public static Field TypeOfService => Raw(HeaderBase.Network, 1, 8);

        /// <summary>The traffic class (IPv6).</summary>
        public static Field TrafficClass => new BitField(Header.Raw(HeaderBase.Network), ",4,8", offset: 0, bytes: 2, bits: 8, shift: 4);

        /// <summary>The one or the other.</summary>
        public static Field Service => new FamilyField((Family.IPv4, TypeOfService), (Family.IPv6, TrafficClass));

        /// <summary>The DiffServ code point: six bits of the type of service, or traffic class.</summary>
        public static Field CodePoint => new FamilyField(
            (Family.IPv4, new ServiceField("ip dscp", 8, FieldType.HexByte, byteAt: 1, bytes: 1, shift: 2)),
            (Family.IPv6, new ServiceField("ip6 dscp", 8, FieldType.HexByte, byteAt: 0, bytes: 2, shift: 6)));

        /// <summary>The other two bits of it: congestion notification.</summary>
        public static Field Congestion => new FamilyField(
            (Family.IPv4, new ServiceField("ip ecn", 8, FieldType.Ecn, byteAt: 1, bytes: 1, shift: 0)),
            (Family.IPv6, new ServiceField("ip6 ecn", 8, FieldType.Ecn, byteAt: 0, bytes: 2, shift: 4)));

        /// <summary>TTL or hop limit.</summary>
        public static Field HopLimit => new FamilyField(
            (Family.IPv4, new PayloadField(Header.IPv4, "ttl", 8, 8)), (Family.IPv6, new PayloadField(Header.IPv6, "hoplimit", 7, 8)));
    }

    /// <summary>Fields of ARP for IPv4 over Ethernet (RFC 826).</summary>
    public static class Arp
    {
        /// <summary>The kind of hardware: 1 is Ethernet.</summary>
        public static Field HardwareType => new PayloadField(Header.Arp, "htype", 0, 16);

        /// <summary>The kind of addresses that are asked about, as an EtherType.</summary>
        public static Field ProtocolType => new PayloadField(Header.Arp, "ptype", 2, 16, FieldType.EtherType);

        /// <summary>The length of a hardware address in bytes.</summary>
        public static Field HardwareLength => new HardwareLengthField();

        /// <summary>What is asked or said.</summary>
        public static Field Operation => new PayloadField(Header.Arp, "operation", 6, 16);

        /// <summary>The sender's hardware address.</summary>
        public static Field SourceMac => new PayloadField(Header.Arp, "saddr ether", 8, 48, FieldType.Mac);

        /// <summary>The sender's IPv4 address.</summary>
        public static Field Source => new PayloadField(Header.Arp, "saddr ip", 14, 32, FieldType.Address);

        /// <summary>The target's hardware address.</summary>
        public static Field DestinationMac => new PayloadField(Header.Arp, "daddr ether", 18, 48, FieldType.Mac);

        /// <summary>The target's IPv4 address.</summary>
        public static Field Destination => new PayloadField(Header.Arp, "daddr ip", 24, 32, FieldType.Address);
    }

    /// <summary>Fields of the Ethernet header.</summary>
    public static class Ether
    {
        /// <summary>The address that the frame goes to.</summary>
        public static Field Destination => new PayloadField(Header.Ether, "daddr", 0, 48, FieldType.Mac);

        /// <summary>The address that the frame comes from.</summary>
        public static Field Source => new PayloadField(Header.Ether, "saddr", 6, 48, FieldType.Mac);

        /// <summary>The protocol.</summary>
        public static Field Protocol => new PayloadField(Header.Ether, "type", 12, 16, FieldType.EtherType);

        /// <summary>The address that the frame comes from, and the IPv4 address.</summary>
        public static Field SourceAndAddress => new MacAndAddressField((PayloadField)Source, (PayloadField)Ip.Source.In(Family.IPv4));

        /// <summary>The address that the frame goes to, and the IPv4 address.</summary>
        public static Field DestinationAndAddress => new MacAndAddressField((PayloadField)Destination, (PayloadField)Ip.Destination.In(Family.IPv4));
    }

    /// <summary>Fields of a VLAN's tag.</summary>
    public static class Vlan
    {
        /// <summary>The number of the VLAN.</summary>
        public static Field Id => new BitField(Header.Vlan, "id", offset: 14, bytes: 2, bits: 12, shift: 0);

        /// <summary>The priority.</summary>
        public static Field Priority => new BitField(Header.Vlan, "pcp", offset: 14, bytes: 1, bits: 3, shift: 5);

        /// <summary>The protocol behind the tag.</summary>
        public static Field Protocol => new PayloadField(Header.Vlan, "type", 16, 16, FieldType.EtherType);
    }

    /// <summary>Fields of the LLC header (IEEE 802.2), which frames have that have a length in place of a protocol.</summary>
    public static class Llc
    {
        /// <summary>The service access point, when it is the same for source and destination.</summary>
        public static Field Sap => new PairField(Raw(HeaderBase.Link, 14, 8), Raw(HeaderBase.Link, 15, 8));
    }

    /// <summary>Fields of IGMP.</summary>
    public static class Igmp
    {
        /// <summary>The type of the message.</summary>
        public static Field Type => new PayloadField(Header.Igmp, "type", 0, 8);
    }

    /// <summary>Fields of the TCP header.</summary>
    public static class Tcp
    {
        /// <summary>The port that it comes from.</summary>
        public static Field SourcePort => new PayloadField(Header.Tcp, "sport", 0, 16);

        /// <summary>The port that it goes to.</summary>
        public static Field DestinationPort => new PayloadField(Header.Tcp, "dport", 2, 16);

        /// <summary>The flags.</summary>
        public static Field Flags => new PayloadField(Header.Tcp, "flags", 13, 8, FieldType.TcpFlags);

        /// <summary>The maximum segment size, which is announced in an option.</summary>
        public static Field SegmentSize => new SegmentSizeField();

        /// <summary>The kinds of the TCP options present.</summary>
        public static Field Option => new TcpOptionField();
    }

    /// <summary>Fields of the UDP header.</summary>
    public static class Udp
    {
        /// <summary>The port that it comes from.</summary>
        public static Field SourcePort => new PayloadField(Header.Udp, "sport", 0, 16);

        /// <summary>The port that it goes to.</summary>
        public static Field DestinationPort => new PayloadField(Header.Udp, "dport", 2, 16);
    }

    /// <summary>Fields of the SCTP header.</summary>
    public static class Sctp
    {
        /// <summary>The port that it comes from.</summary>
        public static Field SourcePort => new PayloadField(Header.Sctp, "sport", 0, 16);

        /// <summary>The port that it goes to.</summary>
        public static Field DestinationPort => new PayloadField(Header.Sctp, "dport", 2, 16);
    }

    /// <summary>Fields of the DCCP header.</summary>
    public static class Dccp
    {
        /// <summary>The port that it comes from.</summary>
        public static Field SourcePort => new PayloadField(Header.Dccp, "sport", 0, 16);

        /// <summary>The port that it goes to.</summary>
        public static Field DestinationPort => new PayloadField(Header.Dccp, "dport", 2, 16);

        /// <summary>The type of the packet.</summary>
        public static Field Type => new BitField(Header.Dccp, "type", offset: 8, bytes: 1, bits: 4, shift: 1);
    }

    /// <summary>Fields of the headers of IPsec and IPComp.</summary>
    public static class IPsec
    {
        /// <summary>The security parameter index of AH, which in IPv6 is one of the extension headers.</summary>
        public static Field AhIndex => new FamilyField(
            (Family.IPv4, new PayloadField(Header.Ah, "spi", 4, 32)), (Family.IPv6, new WordField("ah spi", 32)));

        /// <summary>The security parameter index of ESP.</summary>
        public static Field EspIndex => new PayloadField(Header.Esp, "spi", 0, 32);

        /// <summary>The compression parameter index of IPComp.</summary>
        public static Field CompressionIndex => new PayloadField(Header.IpComp, "cpi", 2, 16);
    }

    /// <summary>Ports of any protocol that has them.</summary>
    public static class Port
    {
        /// <summary>The port that the packet comes from.</summary>
        public static PayloadField Source => new(Header.Ports, "sport", 0, 16);

        /// <summary>The port that the packet goes to.</summary>
        public static PayloadField Destination => new(Header.Ports, "dport", 2, 16);

        /// <summary>Either of the two.</summary>
        public static Field Either => new EitherField(Source, Destination);
    }

    /// <summary>Fields of ICMP and ICMPv6 messages.</summary>
    public static class Icmp
    {
        /// <summary>Type and code.</summary>
        public static Field Message => new FamilyField(
            (Family.IPv4, new MessageField(Header.Icmp, FieldType.IcmpType)), (Family.IPv6, new MessageField(Header.Icmp6, FieldType.Icmp6Type)));

        /// <summary>What a question and its answer have in common.</summary>
        public static Field Identifier => new FamilyField(
            (Family.IPv4, new PayloadField(Header.Icmp, "id", 4, 16)), (Family.IPv6, new PayloadField(Header.Icmp6, "id", 4, 16)));
    }

    /// <summary>What the kernel knows about the packet itself.</summary>
    public static class Meta
    {
        /// <summary>The size of the packet from its IP header on, in bytes.</summary>
        public static Field Length => new MetaField("meta length", MetaKey.Len, 32);

        /// <summary>The name of the interface that the packet came in by.</summary>
        public static Field InInterface => new MetaField("iifname", MetaKey.Iifname, 128, FieldType.Interface);

        /// <summary>The name of the interface that the packet goes out by.</summary>
        public static Field OutInterface => new MetaField("oifname", MetaKey.Oifname, 128, FieldType.Interface);

        /// <summary>The name of the bridge that the interface is in that the packet came in by.</summary>
        public static Field InBridge => new MetaField("ibrname", MetaKey.BridgeIifname, 128, FieldType.Interface);

        /// <summary>The name of the bridge that the interface is in that the packet goes out by.</summary>
        public static Field OutBridge => new MetaField("obrname", MetaKey.BridgeOifname, 128, FieldType.Interface);

        /// <summary>The protocol of Ethernet, as the kernel sees it: that behind the tag of a VLAN.</summary>
        public static Field Protocol => new MetaField("protocol", MetaKey.Protocol, 16, FieldType.EtherType);

        /// <summary>For whom the packet is.</summary>
        public static Field PacketType => new MetaField("pkttype", MetaKey.Pkttype, 8, FieldType.PacketType);

        /// <summary>The packet's mark.</summary>
        public static Field Mark => new MetaField("mark", MetaKey.Mark, 32, FieldType.Mark);

        /// <summary>The class of traffic control that it is put into, or its priority.</summary>
        public static Field Priority => new MetaField("meta priority", MetaKey.Priority, 32, FieldType.Mark);

        /// <summary>The user who owns the packet's socket.</summary>
        public static Field User => new MetaField("skuid", MetaKey.Skuid, 32);

        /// <summary>The group that owns the packet's socket.</summary>
        public static Field Group => new MetaField("skgid", MetaKey.Skgid, 32);

        /// <summary>The realm of the packet's route.</summary>
        public static Field Realm => new MetaField("rtclassid", MetaKey.Rtclassid, 32, FieldType.Realm);

        /// <summary>The processor that handles the packet.</summary>
        public static Field Processor => new MetaField("cpu", MetaKey.Cpu, 32);

        /// <summary>The group of the device that the packet came in by.</summary>
        public static Field InGroup => new MetaField("iifgroup", MetaKey.Iifgroup, 32, FieldType.DeviceGroup);

        /// <summary>The group of the device that the packet goes out by.</summary>
        public static Field OutGroup => new MetaField("oifgroup", MetaKey.Oifgroup, 32, FieldType.DeviceGroup);

        /// <summary>The class of the control group of the packet's socket.</summary>
        public static Field ControlGroup => new MetaField("meta cgroup", MetaKey.Cgroup, 32);
    }

    /// <summary>What connection tracking knows about the packet and its connection.</summary>
    public static class Ct
    {
        /// <summary>The state, and whether addresses are translated: bits as in <c>xt_conntrack</c>.</summary>
        public static Field State => new StateField();

        /// <summary>The status of the connection: bits of <c>enum ip_conntrack_status</c>.</summary>
        public static Field Status => new ConnectionField("ct status", CtKey.Status, 32, FieldType.Status);

        /// <summary>The connection's mark.</summary>
        public static Field Mark => new ConnectionField("ct mark", CtKey.Mark, 32, FieldType.Mark);

        /// <summary>Seconds until the connection expires.</summary>
        public static Field Expiration => new ConnectionField("ct expiration", CtKey.Expiration, 32);

        /// <summary>The packet's direction within its connection.</summary>
        public static Field Direction => new ConnectionField("ct direction", CtKey.Direction, 8, FieldType.Direction);

        /// <summary>The protocol of the connection.</summary>
        public static Field Protocol => new ConnectionField("ct original protocol", CtKey.Protocol, 8) { Direction = 0 };

        /// <summary>The source of the connection's first packet.</summary>
        public static Field OriginalSource => Address("ct original saddr", CtKey.Src, 0);

        /// <summary>The destination of the connection's first packet.</summary>
        public static Field OriginalDestination => Address("ct original daddr", CtKey.Dst, 0);

        /// <summary>The source of replies.</summary>
        public static Field ReplySource => Address("ct reply saddr", CtKey.Src, 1);

        /// <summary>The destination of replies.</summary>
        public static Field ReplyDestination => Address("ct reply daddr", CtKey.Dst, 1);

        /// <summary>The source port of the connection's first packet.</summary>
        public static Field OriginalSourcePort => Port("ct original proto-src", CtKey.ProtoSrc, 0);

        /// <summary>The destination port of the connection's first packet.</summary>
        public static Field OriginalDestinationPort => Port("ct original proto-dst", CtKey.ProtoDst, 0);

        /// <summary>The source port of replies.</summary>
        public static Field ReplySourcePort => Port("ct reply proto-src", CtKey.ProtoSrc, 1);

        /// <summary>The destination port of replies.</summary>
        public static Field ReplyDestinationPort => Port("ct reply proto-dst", CtKey.ProtoDst, 1);

        private static FamilyField Address(string name, CtKey key, byte direction) => new(
            (Family.IPv4, new ConnectionField(name, key, 32, FieldType.Address) { Direction = direction }),
            (Family.IPv6, new ConnectionField(name, key, 128, FieldType.Address) { Direction = direction }));

        private static ConnectionField Port(string name, CtKey key, byte direction) => new(name, key, 16) { Direction = direction };
    }
}

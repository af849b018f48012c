using System.Collections.Generic;
using Sharptables.Model;

namespace Sharptables.Packets;

/// <summary>
/// Something that a packet has, or its connection, or that the kernel notes with it: what an option is a condition on. Its value is a
/// number of at most 128 bits; addresses and flags are such numbers, too. Fields are made when they are asked for, and are the same by what
/// they say.
/// </summary>
/// <param name="name">What nft(8) calls it.</param>
/// <param name="bits">How many bits its value has.</param>
/// <param name="type">What its value stands for.</param>
internal abstract class Field(string name, int bits, FieldType type = FieldType.Number)
{
    /// <summary>What nft(8) calls it.</summary>
    public string Name => name;

    /// <summary>How many bits its value has.</summary>
    public int Bits => bits;

    /// <summary>What its value stands for.</summary>
    public FieldType Type => type;

    /// <summary>Whether its value is a set of bits, any of which may be asked for.</summary>
    public bool IsBits => type is FieldType.State or FieldType.Status;

    /// <summary>Whether the kernel has its value in network byte order; else in the machine's.</summary>
    public virtual bool IsNetworkOrder => false;

    /// <summary>The header that a packet must have, if a rule is to ask for this field.</summary>
    public virtual Header? Header => null;

    /// <summary>The field that packets of a family have for this one.</summary>
    public virtual Field In(Family family) => this;

    /// <summary>Whether a packet has one of some values there; null when it has no such field.</summary>
    public abstract Answer? Ask(Packet packet, Values values);

    /// <summary>
    /// The conditions that together say the same, on fields that nf_tables has; null when only an alternative would, which no rule can say.
    /// </summary>
    public virtual IReadOnlyList<Condition>? Split(Condition condition) => [condition];

    /// <summary>Whether two are the same field.</summary>
    public static bool operator ==(Field? left, Field? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two are different fields.</summary>
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
            new PayloadField(Header.IPv4, "saddr", 12, 32, FieldType.Address), new PayloadField(Header.IPv6, "saddr", 8, 128, FieldType.Address));

        /// <summary>Where the packet goes to.</summary>
        public static Field Destination => new FamilyField(
            new PayloadField(Header.IPv4, "daddr", 16, 32, FieldType.Address), new PayloadField(Header.IPv6, "daddr", 24, 128, FieldType.Address));

        /// <summary>How many routers the packet may still pass.</summary>
        public static Field HopLimit => new FamilyField(
            new PayloadField(Header.IPv4, "ttl", 8, 8), new PayloadField(Header.IPv6, "hoplimit", 7, 8));
    }

    /// <summary>Fields of a TCP segment.</summary>
    public static class Tcp
    {
        /// <summary>The port that it comes from.</summary>
        public static Field SourcePort => new PayloadField(Header.Tcp, "sport", 0, 16);

        /// <summary>The port that it goes to.</summary>
        public static Field DestinationPort => new PayloadField(Header.Tcp, "dport", 2, 16);

        /// <summary>The flags.</summary>
        public static Field Flags => new PayloadField(Header.Tcp, "flags", 13, 8, FieldType.TcpFlags);

        /// <summary>The options that it has, by number.</summary>
        public static Field Option => new TcpOptionField();
    }

    /// <summary>Fields of a UDP datagram.</summary>
    public static class Udp
    {
        /// <summary>The port that it comes from.</summary>
        public static Field SourcePort => new PayloadField(Header.Udp, "sport", 0, 16);

        /// <summary>The port that it goes to.</summary>
        public static Field DestinationPort => new PayloadField(Header.Udp, "dport", 2, 16);
    }

    /// <summary>Ports, of whatever protocol has them.</summary>
    public static class Port
    {
        /// <summary>The port that the packet comes from.</summary>
        public static PayloadField Source => new(Header.Ports, "sport", 0, 16);

        /// <summary>The port that the packet goes to.</summary>
        public static PayloadField Destination => new(Header.Ports, "dport", 2, 16);

        /// <summary>Either of the two.</summary>
        public static Field Either => new EitherField(Source, Destination);
    }

    /// <summary>Fields of a message of ICMP or ICMPv6.</summary>
    public static class Icmp
    {
        /// <summary>Type and code.</summary>
        public static Field Message => new FamilyField(
            new MessageField(Header.Icmp, FieldType.IcmpType), new MessageField(Header.Icmp6, FieldType.Icmp6Type));
    }

    /// <summary>What the kernel knows of the packet as such.</summary>
    public static class Meta
    {
        /// <summary>Bytes of the packet from its IP header on.</summary>
        public static Field Length => new MetaField("meta length", MetaKey.Len, 32);

        /// <summary>The mark that the kernel holds with the packet.</summary>
        public static Field Mark => new MetaField("mark", MetaKey.Mark, 32, FieldType.Mark);
    }

    /// <summary>What connection tracking knows of the packet and its connection.</summary>
    public static class Ct
    {
        /// <summary>The state of the connection, and whether its addresses are mapped: bits as in <c>xt_conntrack</c>.</summary>
        public static Field State => new StateField();

        /// <summary>What has become of the connection: bits of <c>enum ip_conntrack_status</c>.</summary>
        public static Field Status => new ConnectionField("ct status", CtKey.Status, 32, FieldType.Status);

        /// <summary>For how many seconds the connection is still remembered.</summary>
        public static Field Expiration => new ConnectionField("ct expiration", CtKey.Expiration, 32);

        /// <summary>Which way of its connection the packet goes.</summary>
        public static Field Direction => new ConnectionField("ct direction", CtKey.Direction, 8, FieldType.Direction);

        /// <summary>The protocol of the connection.</summary>
        public static Field Protocol => new ConnectionField("ct original protocol", CtKey.Protocol, 8) { Direction = 0 };

        /// <summary>Where the first packet of the connection came from.</summary>
        public static Field OriginalSource => Address("ct original saddr", CtKey.Src, 0);

        /// <summary>Where the first packet of the connection went to.</summary>
        public static Field OriginalDestination => Address("ct original daddr", CtKey.Dst, 0);

        /// <summary>Where replies come from.</summary>
        public static Field ReplySource => Address("ct reply saddr", CtKey.Src, 1);

        /// <summary>Where replies go to.</summary>
        public static Field ReplyDestination => Address("ct reply daddr", CtKey.Dst, 1);

        /// <summary>The port that the first packet of the connection came from.</summary>
        public static Field OriginalSourcePort => Port("ct original proto-src", CtKey.ProtoSrc, 0);

        /// <summary>The port that the first packet of the connection went to.</summary>
        public static Field OriginalDestinationPort => Port("ct original proto-dst", CtKey.ProtoDst, 0);

        /// <summary>The port that replies come from.</summary>
        public static Field ReplySourcePort => Port("ct reply proto-src", CtKey.ProtoSrc, 1);

        /// <summary>The port that replies go to.</summary>
        public static Field ReplyDestinationPort => Port("ct reply proto-dst", CtKey.ProtoDst, 1);

        private static FamilyField Address(string name, CtKey key, byte direction) => new(
            new ConnectionField(name, key, 32, FieldType.Address) { Direction = direction },
            new ConnectionField(name, key, 128, FieldType.Address) { Direction = direction });

        private static ConnectionField Port(string name, CtKey key, byte direction) => new(name, key, 16) { Direction = direction };
    }
}

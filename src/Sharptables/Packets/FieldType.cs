namespace Sharptables.Packets;

/// <summary>What a field's number is, which decides how it is written.</summary>
internal enum FieldType
{
    /// <summary>A plain number, in decimal.</summary>
    Number,

    /// <summary>A number whose bits are the user's, in hexadecimal.</summary>
    Mark,

    /// <summary>An IPv4 or IPv6 address, depending on the width.</summary>
    Address,

    /// <summary>A protocol of Ethernet.</summary>
    EtherType,

    /// <summary>An Ethernet address.</summary>
    Mac,

    /// <summary>The name of an interface: 16 bytes, of which those behind its end are zero.</summary>
    Interface,

    /// <summary>The type of an ICMP message.</summary>
    IcmpType,

    /// <summary>The type of an ICMPv6 message.</summary>
    Icmp6Type,

    /// <summary>The code of an ICMP message that says that a destination is unreachable.</summary>
    IcmpCode,

    /// <summary>The same of ICMPv6.</summary>
    Icmp6Code,

    /// <summary>The direction of a packet within its connection: 0 original, 1 reply.</summary>
    Direction,

    /// <summary>For whom a packet is: <c>PACKET_*</c> (linux/if_packet.h).</summary>
    PacketType,

    /// <summary>Flags of the TCP header.</summary>
    TcpFlags,

    /// <summary>A connection state, one bit each; a packet has exactly one.</summary>
    State,

    /// <summary>Status bits of a connection.</summary>
    Status,

    /// <summary>A protocol above IP, by name.</summary>
    Protocol,

    /// <summary>A group of network devices, by name or in hexadecimal.</summary>
    DeviceGroup,

    /// <summary>A realm of routes, by name or in hexadecimal.</summary>
    Realm,

    /// <summary>A byte, in two hexadecimal digits.</summary>
    HexByte,

    /// <summary>The two bits of congestion notification.</summary>
    Ecn,
}

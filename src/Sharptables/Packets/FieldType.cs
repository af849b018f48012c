namespace Sharptables.Packets;

/// <summary>What the number in a field stands for, which decides how it is written.</summary>
internal enum FieldType
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A number whose bits people choose, written in hexadecimal.</summary>
    Mark,

    /// <summary>An address of IPv4 or IPv6, by the width of the field.</summary>
    Address,

    /// <summary>The type of an ICMP message.</summary>
    IcmpType,

    /// <summary>The type of an ICMPv6 message.</summary>
    Icmp6Type,

    /// <summary>Which way a packet of a connection goes: 0 the way of the first, 1 that of replies.</summary>
    Direction,

    /// <summary>Flags of a TCP header.</summary>
    TcpFlags,

    /// <summary>States of connections, a bit for each; a packet has one.</summary>
    State,

    /// <summary>What has become of a connection, a bit for each.</summary>
    Status,
}

namespace Sharptables.Kernel;

/// <summary>IP protocol numbers: <c>IPPROTO_*</c> (linux/in.h, linux/in6.h).</summary>
internal static class Protocol
{
    public const byte Icmp = 1;

    public const byte Igmp = 2;

    public const byte Tcp = 6;

    public const byte Udp = 17;

    /// <summary>Datagram Congestion Control Protocol (RFC 4340).</summary>
    public const byte Dccp = 33;

    /// <summary>The routing header of IPv6.</summary>
    public const byte Routing = 43;

    /// <summary>The fragment header of IPv6.</summary>
    public const byte Fragment = 44;

    /// <summary>IPsec's encrypted payload.</summary>
    public const byte Esp = 50;

    /// <summary>IPsec's authentication header.</summary>
    public const byte Ah = 51;

    public const byte Icmp6 = 58;

    /// <summary>IPv6: nothing follows.</summary>
    public const byte NoNext = 59;

    /// <summary>The destination options header of IPv6.</summary>
    public const byte DestinationOptions = 60;

    /// <summary>IPsec's compressed payload.</summary>
    public const byte IpComp = 108;

    /// <summary>Stream Control Transmission Protocol (RFC 9260).</summary>
    public const byte Sctp = 132;

    /// <summary>The mobility header of IPv6.</summary>
    public const byte Mobility = 135;

    /// <summary>UDP-Lite (RFC 3828).</summary>
    public const byte UdpLite = 136;
}

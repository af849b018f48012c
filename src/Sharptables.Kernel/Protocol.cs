namespace Sharptables.Kernel;

/// <summary>Numbers of protocols above IP: <c>IPPROTO_*</c> (linux/in.h, linux/in6.h).</summary>
internal static class Protocol
{
    /// <summary>ICMP.</summary>
    public const byte Icmp = 1;

    /// <summary>TCP.</summary>
    public const byte Tcp = 6;

    /// <summary>UDP.</summary>
    public const byte Udp = 17;

    /// <summary>The Datagram Congestion Control Protocol (RFC 4340).</summary>
    public const byte Dccp = 33;

    /// <summary>The routing header of IPv6.</summary>
    public const byte Routing = 43;

    /// <summary>The fragment header of IPv6.</summary>
    public const byte Fragment = 44;

    /// <summary>The encrypted packets of IPsec.</summary>
    public const byte Esp = 50;

    /// <summary>The authentication header of IPsec.</summary>
    public const byte Ah = 51;

    /// <summary>ICMPv6.</summary>
    public const byte Icmp6 = 58;

    /// <summary>Nothing behind the header of IPv6.</summary>
    public const byte NoNext = 59;

    /// <summary>The destination options header of IPv6.</summary>
    public const byte DestinationOptions = 60;

    /// <summary>Compressed packets of IPsec.</summary>
    public const byte IpComp = 108;

    /// <summary>The Stream Control Transmission Protocol (RFC 9260).</summary>
    public const byte Sctp = 132;

    /// <summary>The mobility header of IPv6.</summary>
    public const byte Mobility = 135;

    /// <summary>UDP-Lite (RFC 3828).</summary>
    public const byte UdpLite = 136;
}

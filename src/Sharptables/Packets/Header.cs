namespace Sharptables.Packets;

/// <summary>A header of packets that fields lie in.</summary>
/// <param name="name">What nft(8) calls its protocol.</param>
/// <param name="size">How many bytes of it a packet must have, or the kernel drops it; 0 where that was seen to before.</param>
/// <param name="isGuarded">Whether the kernel drops a fragment that begins in the middle of it and would overwrite it.</param>
internal sealed class Header(string name, int size = 0, bool isGuarded = false)
{
    private const string AnyPorts = "th";

    /// <summary>The header of IPv4.</summary>
    public static Header IPv4 => new("ip");

    /// <summary>The header of IPv6.</summary>
    public static Header IPv6 => new("ip6");

    /// <summary>The header of TCP.</summary>
    public static Header Tcp => new("tcp", 20, isGuarded: true);

    /// <summary>The header of UDP.</summary>
    public static Header Udp => new("udp", 8);

    /// <summary>The header of ICMP.</summary>
    public static Header Icmp => new("icmp", 8);

    /// <summary>The header of ICMPv6.</summary>
    public static Header Icmp6 => new("icmpv6", 8);

    /// <summary>The two ports that the header of several protocols begins with.</summary>
    public static Header Ports => new(AnyPorts, 4);

    /// <summary>What nft(8) calls its protocol.</summary>
    public string Name => name;

    /// <summary>How many bytes of it a packet must have.</summary>
    public int Size => size;

    /// <summary>Whether the kernel drops a fragment that would overwrite it.</summary>
    public bool IsGuarded => isGuarded;

    /// <summary>Whether it is the header behind that of the network.</summary>
    public bool IsTransport => size > 0;

    /// <summary>What nft(8) calls it in a rule that names a protocol, by the protocol's number.</summary>
    public string NameIn(ushort protocol) => name != AnyPorts ? name : protocol switch
    {
        6 => "tcp",
        17 => "udp",
        33 => "dccp",
        132 => "sctp",
        136 => "udplite",
        _ => name,
    };
}

namespace Sharptables.Packets;

/// <summary>A header that fields are in.</summary>
/// <param name="name">nft(8)'s name for its protocol.</param>
/// <param name="start">Where it is.</param>
/// <param name="size">How many of its bytes a packet must contain, or the kernel drops it; 0 where that has been checked before.</param>
/// <param name="isGuarded">Whether the kernel drops a fragment that begins inside it and would overwrite it.</param>
internal sealed class Header(string name, HeaderBase start, int size = 0, bool isGuarded = false)
{
    private const string AnyPorts = "th";

    public static Header IPv4 => new("ip", HeaderBase.Network) { EtherType = 0x0800 };

    public static Header IPv6 => new("ip6", HeaderBase.Network) { EtherType = 0x86dd };

    /// <summary>ARP for IPv4 over Ethernet.</summary>
    public static Header Arp => new("arp", HeaderBase.Network) { EtherType = 0x0806 };

    /// <summary>Ethernet.</summary>
    public static Header Ether => new("ether", HeaderBase.Link);

    /// <summary>Bytes that nft(8) has no names for.</summary>
    public static Header Raw(HeaderBase start) => new(start switch { HeaderBase.Link => "@ll", HeaderBase.Network => "@nh", _ => "@th" }, start);

    /// <summary>The tag of a VLAN (IEEE 802.1Q), counted from the beginning of the frame.</summary>
    public static Header Vlan => new("vlan", HeaderBase.Link) { EtherType = 0x8100 };

    public static Header Tcp => new("tcp", HeaderBase.Transport, 20, isGuarded: true);

    public static Header Udp => new("udp", HeaderBase.Transport, 8);

    public static Header Igmp => new("igmp", HeaderBase.Transport, 8);

    public static Header Icmp => new("icmp", HeaderBase.Transport, 8) { EtherType = 0x0800 };

    public static Header Icmp6 => new("icmpv6", HeaderBase.Transport, 8) { EtherType = 0x86dd };

    public static Header Sctp => new("sctp", HeaderBase.Transport, 12);

    public static Header Dccp => new("dccp", HeaderBase.Transport, 12);

    public static Header Ah => new("ah", HeaderBase.Transport, 12);

    public static Header Esp => new("esp", HeaderBase.Transport, 8);

    public static Header IpComp => new("comp", HeaderBase.Transport, 4);

    /// <summary>The two ports at the start of several protocols' headers.</summary>
    public static Header Ports => new(AnyPorts, HeaderBase.Transport, 4);

    /// <summary>The protocol of Ethernet that nft(8) takes for granted where it is named; 0 for none.</summary>
    public ushort EtherType { get; private init; }

    public string Name => name;

    public HeaderBase Base => start;

    public int Size => size;

    public bool IsGuarded => isGuarded;

    /// <summary>Whether it follows the network header.</summary>
    public bool IsTransport => start is HeaderBase.Transport;

    /// <summary>nft(8)'s name for it in a rule with <c>-p</c> <paramref name="protocol"/>.</summary>
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

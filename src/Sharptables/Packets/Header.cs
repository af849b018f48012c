namespace Sharptables.Packets;

/// <summary>A header that fields are in.</summary>
/// <param name="name">nft(8)'s name for its protocol.</param>
/// <param name="size">How many of its bytes a packet must contain, or the kernel drops it; 0 where that has been checked before.</param>
/// <param name="isGuarded">Whether the kernel drops a fragment that begins inside it and would overwrite it.</param>
internal sealed class Header(string name, int size = 0, bool isGuarded = false)
{
    private const string AnyPorts = "th";

    public static Header IPv4 => new("ip");

    public static Header IPv6 => new("ip6");

    public static Header Tcp => new("tcp", 20, isGuarded: true);

    public static Header Udp => new("udp", 8);

    public static Header Icmp => new("icmp", 8);

    public static Header Icmp6 => new("icmpv6", 8);

    /// <summary>The two ports at the start of several protocols' headers.</summary>
    public static Header Ports => new(AnyPorts, 4);

    public string Name => name;

    public int Size => size;

    public bool IsGuarded => isGuarded;

    /// <summary>Whether it follows the network header.</summary>
    public bool IsTransport => size > 0;

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

namespace Sharptables.Backends.Nft;

/// <summary>Where a value in a register comes from.</summary>
internal enum LoadSource
{
    /// <summary>The header of Ethernet.</summary>
    Link,

    /// <summary>The header of IPv4, IPv6 or ARP.</summary>
    Network,

    /// <summary>The header behind it.</summary>
    Transport,

    /// <summary>What the kernel keeps with the packet.</summary>
    Meta,

    /// <summary>The packet's connection.</summary>
    Connection,

    /// <summary>Whether there is an option in the TCP header.</summary>
    TcpOption,

    /// <summary>Anything else that nft(8) has words for.</summary>
    Word,

    /// <summary>The rule itself.</summary>
    Immediate,
}

namespace Sharptables.Packets;

/// <summary>The kinds of places where a packet's values are.</summary>
internal enum SlotKind
{
    /// <summary>Bytes of the link's header.</summary>
    Link,

    /// <summary>Bytes from the IP header on.</summary>
    Network,

    /// <summary>Bytes from the header on that follows those of IP.</summary>
    Transport,

    /// <summary>What the kernel keeps with a packet: <see cref="MetaKey"/>.</summary>
    Meta,

    /// <summary>What connection tracking knows: <see cref="CtKey"/>, times four, and the direction plus one.</summary>
    Connection,

    /// <summary>What only nft(8)'s words name.</summary>
    Word,
}

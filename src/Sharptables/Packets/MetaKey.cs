namespace Sharptables.Packets;

/// <summary>nf_tables' keys for data of a packet: <c>enum nft_meta_keys</c> (linux/netfilter/nf_tables.h).</summary>
internal enum MetaKey
{
    /// <summary>The length in bytes.</summary>
    Len = 0,

    /// <summary>The EtherType.</summary>
    Protocol = 1,

    Mark = 3,

    /// <summary>The number of the interface that it came in by.</summary>
    Iif = 4,

    /// <summary>The number of the interface that it goes out by.</summary>
    Oif = 5,

    /// <summary>The name of the interface that it came in by.</summary>
    Iifname = 6,

    /// <summary>The name of the interface that it goes out by.</summary>
    Oifname = 7,

    /// <summary>Whether it is traced.</summary>
    Nftrace = 12,

    /// <summary>The protocol behind the IP header and its extension headers.</summary>
    L4proto = 16,

    /// <summary>The name of the bridge that the interface it came in by is in.</summary>
    BridgeIifname = 17,

    /// <summary>The name of the bridge that the interface it goes out by is in.</summary>
    BridgeOifname = 18,

    /// <summary>For whom it is, as the network device says.</summary>
    Pkttype = 19,

    /// <summary>Whether the frame is routed, not bridged.</summary>
    Broute = 35,
}

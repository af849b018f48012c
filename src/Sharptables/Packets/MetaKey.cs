namespace Sharptables.Packets;

/// <summary>nf_tables' keys for data of a packet: <c>enum nft_meta_keys</c> (linux/netfilter/nf_tables.h).</summary>
internal enum MetaKey
{
    /// <summary>The length in bytes.</summary>
    Len = 0,

    /// <summary>The EtherType.</summary>
    Protocol = 1,

    /// <summary>The priority.</summary>
    Priority = 2,

    Mark = 3,

    /// <summary>The number of the interface that it came in by.</summary>
    Iif = 4,

    /// <summary>The number of the interface that it goes out by.</summary>
    Oif = 5,

    /// <summary>The name of the interface that it came in by.</summary>
    Iifname = 6,

    /// <summary>The name of the interface that it goes out by.</summary>
    Oifname = 7,

    /// <summary>The user who owns its socket.</summary>
    Skuid = 10,

    /// <summary>The group that owns its socket.</summary>
    Skgid = 11,

    /// <summary>Whether it is traced.</summary>
    Nftrace = 12,

    /// <summary>The realm of its route.</summary>
    Rtclassid = 13,

    /// <summary>The protocol behind the IP header and its extension headers.</summary>
    L4proto = 16,

    /// <summary>The name of the bridge that the interface it came in by is in.</summary>
    BridgeIifname = 17,

    /// <summary>The name of the bridge that the interface it goes out by is in.</summary>
    BridgeOifname = 18,

    /// <summary>For whom it is, as the network device says.</summary>
    Pkttype = 19,

    /// <summary>The processor that handles it.</summary>
    Cpu = 20,

    /// <summary>The group of the device that it came in by.</summary>
    Iifgroup = 21,

    /// <summary>The group of the device that it goes out by.</summary>
    Oifgroup = 22,

    /// <summary>The class of its socket's control group.</summary>
    Cgroup = 23,

    /// <summary>Whether the frame is routed, not bridged.</summary>
    Broute = 35,
}

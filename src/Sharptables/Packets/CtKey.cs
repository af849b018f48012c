namespace Sharptables.Packets;

/// <summary>nf_tables' keys for data of a connection: <c>enum nft_ct_keys</c> (linux/netfilter/nf_tables.h).</summary>
internal enum CtKey
{
    /// <summary>The state of the packet.</summary>
    State = 0,

    /// <summary>The direction of the packet.</summary>
    Direction = 1,

    /// <summary>The status bits of the connection.</summary>
    Status = 2,

    /// <summary>The mark of the connection.</summary>
    Mark = 3,

    /// <summary>Milliseconds until the connection expires.</summary>
    Expiration = 5,

    /// <summary>A source address.</summary>
    Src = 8,

    /// <summary>A destination address.</summary>
    Dst = 9,

    /// <summary>The protocol.</summary>
    Protocol = 10,

    /// <summary>A source port.</summary>
    ProtoSrc = 11,

    /// <summary>A destination port.</summary>
    ProtoDst = 12,

    /// <summary>A source address of IPv4.</summary>
    SrcIp = 19,

    /// <summary>A destination address of IPv4.</summary>
    DstIp = 20,

    /// <summary>A source address of IPv6.</summary>
    SrcIp6 = 21,

    /// <summary>A destination address of IPv6.</summary>
    DstIp6 = 22,
}

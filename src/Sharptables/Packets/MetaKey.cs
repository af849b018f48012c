namespace Sharptables.Packets;

/// <summary>nf_tables' keys for data of a packet: <c>enum nft_meta_keys</c> (linux/netfilter/nf_tables.h).</summary>
internal enum MetaKey
{
    /// <summary>The length in bytes.</summary>
    Len = 0,

    Mark = 3,
}

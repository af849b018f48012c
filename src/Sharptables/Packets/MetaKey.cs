namespace Sharptables.Packets;

/// <summary>What nf_tables knows of a packet itself: <c>enum nft_meta_keys</c> (linux/netfilter/nf_tables.h).</summary>
internal enum MetaKey
{
    /// <summary>Its length.</summary>
    Len = 0,

    /// <summary>Its mark.</summary>
    Mark = 3,
}

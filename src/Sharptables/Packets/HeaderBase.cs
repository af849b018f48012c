namespace Sharptables.Packets;

/// <summary>Where in a packet a header is: <c>enum nft_payload_bases</c> (linux/netfilter/nf_tables.h).</summary>
internal enum HeaderBase
{
    Link = 0,

    Network = 1,

    Transport = 2,
}

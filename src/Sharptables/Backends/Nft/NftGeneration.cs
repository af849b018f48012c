using System;
using System.Buffers.Binary;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>The generation of nf_tables' ruleset, a number that every change increments.</summary>
internal static class NftGeneration
{
    /// <summary>The number before the first change, and on a kernel without nf_tables.</summary>
    public const uint First = 1;

    private const ushort GetGeneration = (10 << 8) | 16; // NFNL_SUBSYS_NFTABLES, NFT_MSG_GETGEN, linux/netfilter/nf_tables.h
    private const ushort IdAttribute = 1; // NFTA_GEN_ID
    private const int HeadSize = 4; // struct nfgenmsg, linux/netfilter/nfnetlink.h

    public static uint Read()
    {
        uint id = First;
        try
        {
            using NetlinkSocket socket = new(NetlinkSocket.Netfilter);
            socket.Get(GetGeneration, new byte[HeadSize], body =>
            {
                ReadOnlySpan<byte> first = body[HeadSize..]; // after struct nlattr, linux/netlink.h; a number in network byte order
                if (first.Length >= 8 && BitConverter.ToUInt16(first[2..]) == IdAttribute)
                {
                    id = BinaryPrimitives.ReadUInt32BigEndian(first[4..]);
                }
            });
        }
        catch (KernelException)
        {
            // The kernel has no nf_tables, or has not loaded it: nothing can have changed.
        }

        return id;
    }
}

using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>Lists the tables in nf_tables and counts their rules.</summary>
internal static class NftTableList
{
    private const ushort Subsystem = 10 << 8; // NFNL_SUBSYS_NFTABLES, linux/netfilter/nfnetlink.h
    private const ushort GetTable = 1; // enum nf_tables_msg_types, linux/netfilter/nf_tables.h
    private const ushort GetRule = 7;
    private const ushort NameAttribute = 1; // NFTA_TABLE_NAME and NFTA_RULE_TABLE alike
    private const int HeadSize = 4; // struct nfgenmsg, linux/netfilter/nfnetlink.h; its first byte is the family

    /// <summary>Lists the tables.</summary>
    /// <exception cref="KernelException">The kernel has no nf_tables, or this process may not read it.</exception>
    public static List<NftTable> Read()
    {
        using NetlinkSocket socket = new(NetlinkSocket.Netfilter);
        Dictionary<(byte, string), int> rules = [];
        Ask(socket, GetRule, (family, table) => rules[(family, table)] = rules.GetValueOrDefault((family, table)) + 1);
        List<NftTable> tables = [];
        Ask(socket, GetTable, (family, table) => tables.Add(new NftTable(FamilyName(family), table, rules.GetValueOrDefault((family, table)))));
        return tables;
    }

    private static void Ask(NetlinkSocket socket, ushort message, Action<byte, string> see) =>
        socket.Dump((ushort)(Subsystem | message), new byte[HeadSize], body => see(body[0], NameIn(body[HeadSize..])));

    /// <summary>The name among the attributes of a message (struct nlattr, linux/netlink.h).</summary>
    private static string NameIn(ReadOnlySpan<byte> attributes)
    {
        while (attributes.Length >= 4)
        {
            int length = BitConverter.ToUInt16(attributes);
            if (length < 4 || length > attributes.Length)
            {
                break;
            }

            if (BitConverter.ToUInt16(attributes[2..]) == NameAttribute)
            {
                return Encoding.UTF8.GetString(attributes[4..length].TrimEnd((byte)0));
            }

            attributes = attributes[Math.Min((length + 3) & ~3, attributes.Length)..];
        }

        throw new KernelException("nf_tables: a table without a name", Errno.EBADMSG);
    }

    /// <summary>nft(8)'s name of a family (NFPROTO_*, linux/netfilter.h).</summary>
    private static string FamilyName(byte family) => family switch
    {
        1 => "inet",
        2 => "ip",
        3 => "arp",
        5 => "netdev",
        7 => "bridge",
        10 => "ip6",
        _ => family.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}

using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>Lists the tables in nf_tables and counts their rules.</summary>
internal static class NftTableList
{
    private const int HeadSize = 4; // struct nfgenmsg, linux/netfilter/nfnetlink.h; its first byte is the family

    /// <summary>Lists the tables.</summary>
    /// <exception cref="KernelException">The kernel has no nf_tables, or this process may not read it.</exception>
    public static List<NftTable> Read()
    {
        using NetlinkSocket socket = new(NetlinkSocket.Netfilter);
        Dictionary<(byte, string), int> rules = [];
        Ask(socket, NfTables.Message.GetRule, NfTables.Rule.Table, (family, table) => rules[(family, table)] = rules.GetValueOrDefault((family, table)) + 1);
        List<NftTable> tables = [];
        Ask(socket, NfTables.Message.GetTable, NfTables.Table.Name,
            (family, table) => tables.Add(new NftTable(NftFamily.NameOf(family), table, rules.GetValueOrDefault((family, table)))));
        return tables;
    }

    private static void Ask(NetlinkSocket socket, ushort message, ushort nameAttribute, Action<byte, string> see)
    {
        socket.BeginDump(message, new byte[HeadSize]);
        while (socket.NextInDump(out ReadOnlySpan<byte> answer))
        {
            if (answer.Length > HeadSize)
            {
                see(answer[0], Encoding.UTF8.GetString(NetlinkAttributes.Find(answer[HeadSize..], nameAttribute).TrimEnd((byte)0)));
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>Lists the tables in nf_tables and counts their rules.</summary>
internal static class NftTableList
{
    private const byte AnyFamily = 0; // NFPROTO_UNSPEC, linux/netfilter.h

    /// <summary>Lists the tables.</summary>
    /// <exception cref="KernelException">The kernel has no nf_tables, or this process may not read it.</exception>
    public static List<NftTable> Read()
    {
        using NftSocket socket = new(AnyFamily);
        Dictionary<(byte, string), int> rules = [];
        socket.Read(NfTables.Message.GetRule, (family, rule) =>
        {
            (byte, string) table = (family, NameIn(rule, NfTables.Rule.Table));
            rules[table] = rules.GetValueOrDefault(table) + 1;
        });
        List<NftTable> tables = [];
        socket.Read(NfTables.Message.GetTable, (family, table) =>
        {
            string name = NameIn(table, NfTables.Table.Name);
            tables.Add(new NftTable(NftFamily.NameOf(family), name, rules.GetValueOrDefault((family, name))));
        });
        return tables;
    }

    private static string NameIn(ReadOnlySpan<byte> attributes, ushort name) => Encoding.UTF8.GetString(NetlinkAttributes.FindText(attributes, name));
}

using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>Lists the tables in nf_tables, their base chains, and counts their rules.</summary>
internal static class NftTableList
{
    private const byte AnyFamily = 0; // NFPROTO_UNSPEC, linux/netfilter.h

    /// <summary>Lists the tables.</summary>
    /// <exception cref="KernelException">The kernel has no nf_tables, or this process may not read it.</exception>
    public static List<NftTable> Read()
    {
        using NftSocket socket = new(AnyFamily);
        Dictionary<(byte, string Table, string Chain), int> rules = [];
        socket.Read(NfTables.Message.GetRule, (family, rule) =>
        {
            (byte, string, string) chain = (family, NameIn(rule, NfTables.Rule.Table), NameIn(rule, NfTables.Rule.Chain));
            rules[chain] = rules.GetValueOrDefault(chain) + 1;
        });
        List<NftBaseChain> chains = [];
        socket.Read(NfTables.Message.GetChain, (family, attributes) =>
        {
            NftChain chain = NftChain.Read(attributes);
            if (chain.Hook >= 0)
            {
                string table = NameIn(attributes, NfTables.Chain.Table), name = Encoding.UTF8.GetString(chain.Name);
                chains.Add(new(NftFamily.NameOf(family), table, name, NftFamily.HookOf(family, chain.Hook), chain.Drops, rules.GetValueOrDefault((family, table, name))));
            }
        });
        List<NftTable> tables = [];
        socket.Read(NfTables.Message.GetTable, (family, table) =>
        {
            string familyName = NftFamily.NameOf(family), name = NameIn(table, NfTables.Table.Name);
            int count = 0;
            foreach (((byte Family, string Table, string) chain, int its) in rules)
            {
                count += (chain.Family, chain.Table) == (family, name) ? its : 0;
            }

            tables.Add(new NftTable(familyName, name, count, chains.FindAll(chain => chain.Family == familyName && chain.Table == name)));
        });
        return tables;
    }

    private static string NameIn(ReadOnlySpan<byte> attributes, ushort name) => Encoding.UTF8.GetString(NetlinkAttributes.FindText(attributes, name));
}

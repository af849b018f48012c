using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>The tables of a family that a packet meets, of one interface of the kernel or of both.</summary>
/// <param name="family">The family.</param>
internal sealed class AskedTables(Family family)
{
    private const int PreRouting = 0, Output = 3; // NF_INET_*

    private readonly List<AskedTable> _tables = [];
    private readonly Dictionary<Slot, int> _slots = [];

    public Family Family => family;

    /// <summary>The tables, in the order in which they were added.</summary>
    public IReadOnlyList<AskedTable> All => _tables;

    /// <summary>Adds a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="extensions">The extensions of its family.</param>
    /// <param name="through">The interface of the kernel that has it, or will have it.</param>
    public void Add(Table table, ExtensionSet extensions, KernelInterface through) => _tables.Add(new(table, extensions, through, _slots));

    /// <summary>The chains that a hook calls, in the kernel's order (<c>enum nf_ip_hook_priorities</c>); of one priority, those of ip_tables first.</summary>
    public List<AskedChain> At(int hook)
    {
        List<(int Rank, AskedChain Chain)> chains = [];
        foreach (AskedTable table in _tables)
        {
            if (table.At(hook) is { } chain)
            {
                chains.Add(((PriorityOf(table, hook) << 1) + (table.Interface is KernelInterface.Nft ? 1 : 0), chain));
            }
        }

        chains.Sort(static (a, b) => a.Rank.CompareTo(b.Rank));
        return chains.ConvertAll(static each => each.Chain);
    }

    /// <summary>
    /// The numbers that the kernel gives the tables (linux/netfilter_ipv4.h), and iptables over nf_tables, which has one of its own for security;
    /// nat comes before filter where it changes the destination.
    /// </summary>
    private static int PriorityOf(AskedTable table, int hook) => table.Name switch
    {
        "raw" => -300,
        "mangle" => -150,
        "nat" => hook is PreRouting or Output ? -100 : 100,
        "security" => table.Interface is KernelInterface.Nft ? 150 : 50,
        _ => 0,
    };
}

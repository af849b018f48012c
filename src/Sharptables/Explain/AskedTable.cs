using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Explain;

/// <summary>A table whose rules packets meet.</summary>
internal sealed class AskedTable
{
    private readonly Dictionary<Chain, AskedChain> _chains = [];

    /// <param name="table">The table.</param>
    /// <param name="extensions">The extensions of its family.</param>
    /// <param name="through">The interface of the kernel that has it, or will have it.</param>
    /// <param name="slots">The numbers of slots that conditions ask about, which all tables that a packet meets share.</param>
    public AskedTable(Table table, ExtensionSet extensions, KernelInterface through, Dictionary<Slot, int> slots)
    {
        Slots = slots;
        (Table, Extensions, Interface, Name) = (table, extensions, through, MessageText.Of(table.Name));
        foreach (Chain chain in table.Chains)
        {
            _chains.Add(chain, new AskedChain(this, chain));
        }
    }

    public Table Table { get; }

    public ExtensionSet Extensions { get; }

    public KernelInterface Interface { get; }

    public string Name { get; }

    /// <summary>The numbers of slots that conditions ask about.</summary>
    public Dictionary<Slot, int> Slots { get; }

    /// <summary>The chain that a hook calls, or null.</summary>
    public AskedChain? At(int hook)
    {
        foreach (Chain chain in Table.Chains)
        {
            if (chain.Hook == hook)
            {
                return _chains[chain];
            }
        }

        return null;
    }

    /// <summary>How many chains it has.</summary>
    public int Count => _chains.Count;

    /// <summary>One of its chains.</summary>
    public AskedChain Find(Chain chain) => _chains[chain];
}

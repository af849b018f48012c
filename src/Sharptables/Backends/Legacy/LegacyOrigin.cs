using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>What ip_tables reported of a table, and where the chains and policies are in its entries.</summary>
/// <param name="info">Hooks, number and size of the entries in force.</param>
internal sealed class LegacyOrigin(TableInfo info) : TableOrigin
{
    private readonly Placement _placement = new();
    private readonly List<int> _firstRules = []; // offsets, by chain number

    public TableInfo Info { get; set; } = info;

    /// <summary>The number of each policy's entry, by hook; -1 where unknown.</summary>
    public int[] PolicyEntries { get; } = [-1, -1, -1, -1, -1];

    /// <summary>Whether a rule that was read jumps to a chain, or has no target.</summary>
    public bool HasJumps { get; set; }

    /// <summary>Records where a chain's rules begin. Call in the order of the chains' numbers.</summary>
    public void AddChain(int firstRule) => _firstRules.Add(firstRule);

    /// <summary>
    /// The same for a user-defined chain. Its number is stored in the entry that names it, directly in front of where jumps lead, in the
    /// <c>comefrom</c> field.
    /// </summary>
    public void AddChain(Chain chain, Rule head, int firstRule)
    {
        MemoryMarshal.Write(head.Bytes[head.Layout.ComeFrom..], chain.Id);
        AddChain(firstRule);
    }

    /// <summary>
    /// The chain that begins at an offset. Looked up here and not when the table is read, since most jumps of a large table are never
    /// needed.
    /// </summary>
    internal override Chain ChainAt(Table table, int verdict)
    {
        int head = verdict - table.Layout.ChainHeadSize;
        if (head >= 0 && verdict <= table.Original.Length)
        {
            uint id = MemoryMarshal.Read<uint>(table.Original.Slice(head + table.Layout.ComeFrom, sizeof(uint)));
            if (id < (uint)_firstRules.Count && _firstRules[(int)id] == verdict
                && table.ChainsByNumber[(int)id] is { IsBuiltIn: false } chain)
            {
                return chain;
            }
        }

        return base.ChainAt(table, verdict);
    }

    internal override int Place(Table table, Chain chain, bool atEnd, int size) => _placement.Place(table, chain, atEnd, size);
}

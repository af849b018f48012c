using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>What ip_tables said of a table, and where in its entries the chains and policies are.</summary>
/// <param name="info">Hooks, number and size of the entries in force.</param>
internal sealed class LegacyOrigin(IptGetinfo info) : TableOrigin
{
    private readonly Placement _placement = new();
    private readonly List<int> _firstRules = []; // offsets, by chain number

    /// <summary>Hooks, number and size of the entries in force.</summary>
    public IptGetinfo Info { get; set; } = info;

    /// <summary>The numbers of the policies' entries, by hook; -1 where it is not known.</summary>
    public int[] PolicyEntries { get; } = [-1, -1, -1, -1, -1];

    /// <summary>Whether a rule that was read jumps to a chain, or has no target.</summary>
    public bool HasJumps { get; set; }

    /// <summary>Takes down where a chain that was read begins: chain by chain, in the order of their numbers.</summary>
    public void AddChain(int firstRule) => _firstRules.Add(firstRule);

    /// <summary>
    /// The same for a chain of a user. Its number is left in the entry that names it, right in front of where jumps lead, in the field that
    /// the kernel ignores in what it is given.
    /// </summary>
    public void AddChain(Chain chain, Rule head, int firstRule)
    {
        MemoryMarshal.Write(head.Bytes[head.Layout.ComeFrom..], chain.Id);
        AddChain(firstRule);
    }

    /// <summary>
    /// The chain that begins at an offset. It is looked for here and not when the table is read, since most jumps of a large table are
    /// never looked at.
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

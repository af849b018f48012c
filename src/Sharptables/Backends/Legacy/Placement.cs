using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>
/// Decides where added rules are placed. As long as they come chain by chain in the kernel's order, as iptables-save prints them, they
/// are placed as they will be in the kernel, with gaps between chains, so that the buffer already is the table. Rules in another order
/// are kept apart by groups of neighbouring chains: when the table is then copied, each group can be given back once it is copied.
/// </summary>
internal sealed class Placement
{
    /// <summary>The largest gap between two chains that is worth its memory, in bytes.</summary>
    private const int MaxGap = 1 << 14;

    /// <summary>The size of a table, in bytes, from which groups are worth the space that stays free in each.</summary>
    internal const int Grouped = 1 << 20;

    private const int GroupCount = 32;

    private (int Next, int End)[]? _groups;
    private byte[] _groupOf = []; // by chain number
    private int _lastChain = -1;
    private bool _isInOrder = true;

    /// <summary>The offset for a new rule.</summary>
    /// <param name="table">The table.</param>
    /// <param name="chain">The chain of the rule.</param>
    /// <param name="atEnd">Whether the rule becomes the last of its chain.</param>
    /// <param name="size">The size of the rule, in bytes.</param>
    public int Place(Table table, Chain chain, bool atEnd, int size)
    {
        if (_isInOrder && atEnd && chain.Id != _lastChain)
        {
            MakeGap(table, chain);
        }

        if (!_isInOrder && _groups is null && table.IsForWriting && table.Added.Length >= Grouped)
        {
            MakeGroups(table);
        }

        return _groups is null ? table.Added.Length : PlaceInGroup(table.Added, chain.Id, size);
    }

    /// <summary>When another chain's rules follow, leaves room for the end of one chain and the head of the other.</summary>
    private void MakeGap(Table table, Chain chain)
    {
        int? gap = SizeBetween(table, _lastChain, chain.Id);
        _isInOrder = gap <= MaxGap;
        if (_isInOrder)
        {
            table.Added.SetLength(table.Added.Length + gap!.Value);
            _lastChain = chain.Id;
        }
    }

    /// <summary>
    /// The size of what is between the rules of two chains in the kernel's table, when the chains between them are empty: ends and heads.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="chain">The number of the first chain, or -1 for the beginning of the table.</param>
    /// <param name="next">The number of the second.</param>
    /// <returns>Null when chains are not numbered in the kernel's order.</returns>
    private static int? SizeBetween(Table table, int chain, int next)
    {
        if (!table.IsNumberedInOrder || next < chain)
        {
            return null;
        }

        int size = 0;
        for (int id = chain; id < next; id++)
        {
            size += (id < 0 ? 0 : table.Layout.PolicySize) + (table.ChainsByNumber[id + 1].IsBuiltIn ? 0 : table.Layout.ChainHeadSize);
        }

        return size;
    }

    private void MakeGroups(Table table)
    {
        IReadOnlyList<Chain> chains = table.Chains;
        _groupOf = new byte[table.ChainsByNumber.Length];
        for (int i = 0; i < chains.Count; i++)
        {
            _groupOf[chains[i].Id] = (byte)((long)i * GroupCount / chains.Count);
        }

        _groups = new (int Next, int End)[GroupCount];
    }

    private int PlaceInGroup(NativeBuffer added, int chain, int size)
    {
        ref (int Next, int End) group = ref _groups![chain < _groupOf.Length ? _groupOf[chain] : 0];
        if (group.End - group.Next < size)
        {
            group.Next = group.End == added.Length ? group.Next : added.Length;
            group.End = NativeBuffer.EndOfBlock(NativeBuffer.BlockOf(group.Next + size - 1));
            added.SetLength(group.End);
        }

        int place = group.Next;
        group.Next += size;
        return place;
    }
}

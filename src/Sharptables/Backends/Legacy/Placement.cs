using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>
/// Where the rules are put that are added to a table. As long as they come chain by chain in the kernel's order, as iptables-save prints
/// them, they stand as they will in the kernel, with room between chains, so that the buffer then already is the table. What comes in
/// another order is kept apart by groups of chains that follow each other: when the table is copied together, what has been
/// copied then lies side by side and can be given back.
/// </summary>
internal sealed class Placement
{
    /// <summary>How much room between the rules of two chains is worth its memory.</summary>
    private const int MaxGap = 1 << 14;

    /// <summary>From which size on groups are worth the bytes that stay free in each.</summary>
    internal const int Grouped = 1 << 20;

    private const int GroupCount = 32;

    private (int Next, int End)[]? _groups;
    private byte[] _groupOf = []; // by chain number
    private int _lastChain = -1;
    private bool _isInOrder = true;

    /// <summary>Says where a rule is to stand.</summary>
    /// <param name="table">The table.</param>
    /// <param name="chain">The rule's chain.</param>
    /// <param name="atEnd">Whether it comes last in its chain.</param>
    /// <param name="size">How many bytes it has.</param>
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

    /// <summary>When rules of another chain come next, leaves room for the end of the one chain and the head of the other.</summary>
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
    /// Bytes of what stands in the kernel's table between the rules of two chains, when those between have none: ends and heads.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="chain">The number of the one, or -1 for the beginning of the table.</param>
    /// <param name="next">The number of the other.</param>
    /// <returns>Null when that cannot be known, since chains have no numbers in the kernel's order.</returns>
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

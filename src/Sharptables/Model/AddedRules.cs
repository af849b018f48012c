using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// Where the rules stand that were added to a table. As long as they come chain by chain in the kernel's order, as iptables-save prints
/// them, they stand as they will in the kernel, with room between chains, so that the buffer then already is the table. What comes in
/// another order is kept apart by groups of chains that follow each other: when the table is copied together, what has been
/// copied then lies side by side and can be given back.
/// </summary>
/// <param name="table">The table.</param>
internal sealed class AddedRules(Table table) : IDisposable
{
    /// <summary>How much room between the rules of two chains is worth its memory.</summary>
    private const int MaxGap = 1 << 14;

    /// <summary>From which size on groups are worth the bytes that stay free in each.</summary>
    internal const int Grouped = 1 << 20;

    private const int GroupCount = 32;

    private (int Next, int End)[]? _groups;
    private int _lastChain = -1;
    private bool _isInOrder = true;

    /// <summary>The rules.</summary>
    public NativeBuffer Buffer { get; } = new((4 << 20) - NativeBuffer.Headroom);

    /// <summary>Whether the table will be copied together some day; else there is no need for groups.</summary>
    public bool IsForWriting { get; set; } = true;

    /// <summary>Takes a rule, and says where it stands.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="atEnd">Whether it comes last in its chain.</param>
    /// <param name="rule">The rule.</param>
    public int Add(Chain chain, bool atEnd, ReadOnlySpan<byte> rule)
    {
        if (_isInOrder && atEnd && chain.Id != _lastChain)
        {
            MakeGap(chain);
        }

        if (!_isInOrder && IsForWriting && _groups is null && Buffer.Length >= Grouped)
        {
            MakeGroups();
        }

        int offset = _groups is null ? Buffer.Length : PlaceInGroup(ref _groups[chain.Group], rule.Length);
        Buffer.SetLength(Math.Max(Buffer.Length, offset + rule.Length));
        rule.CopyTo(Buffer.Slice(offset, rule.Length));
        return offset;
    }

    /// <inheritdoc/>
    public void Dispose() => Buffer.Dispose();

    /// <summary>When rules of another chain come next, leaves room for the end of the one chain and the head of the other.</summary>
    private void MakeGap(Chain chain)
    {
        int? gap = table.SizeBetween(_lastChain, chain.Id);
        _isInOrder = gap <= MaxGap;
        if (_isInOrder)
        {
            Buffer.SetLength(Buffer.Length + gap!.Value);
            _lastChain = chain.Id;
        }
    }

    private void MakeGroups()
    {
        IReadOnlyList<Chain> chains = table.Chains;
        for (int i = 0; i < chains.Count; i++)
        {
            chains[i].Group = (int)((long)i * GroupCount / chains.Count);
        }

        _groups = new (int Next, int End)[GroupCount];
    }

    private int PlaceInGroup(ref (int Next, int End) group, int length)
    {
        if (group.End - group.Next < length)
        {
            group.Next = group.End == Buffer.Length ? group.Next : Buffer.Length;
            group.End = NativeBuffer.EndOfBlock(NativeBuffer.BlockOf(group.Next + length - 1));
            Buffer.SetLength(group.End);
        }

        int place = group.Next;
        group.Next += length;
        return place;
    }
}

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Sharptables.Model;

/// <summary>The chains of a table: by number, by name and in order.</summary>
internal sealed class ChainList
{
    private readonly List<Chain> _chains = [];
    private readonly ChainIndex _index;
    private List<Chain>? _inOrder;

    public ChainList() => _index = new ChainIndex(_chains);

    /// <summary>All chains, by number; those that were deleted, too.</summary>
    public ReadOnlySpan<Chain> ByNumber => CollectionsMarshal.AsSpan(_chains);

    /// <summary>
    /// All chains that are there: the built-in ones in the order of their hooks, then the users' in the order of their names.
    /// </summary>
    public IReadOnlyList<Chain> InOrder => _inOrder ??= Order();

    /// <summary>Whether the numbers of the chains are in that order.</summary>
    public bool IsNumberedInOrder { get; private set; } = true;

    /// <summary>Whether a name is new, so that users' chains are to be sorted; until then they stay as they were read.</summary>
    public bool IsToBeSorted { get; set; }

    public Chain? Find(ReadOnlySpan<byte> name)
    {
        int id = _index.Find(name);
        return id < 0 ? null : _chains[id];
    }

    public Chain Add(ReadOnlySpan<byte> name, int hook)
    {
        Chain chain = new(_chains.Count, name.ToArray(), hook);
        IsNumberedInOrder &= _chains.Count == 0 || Compare(_chains[^1], chain) < 0;
        _chains.Add(chain);
        _inOrder = null;
        _index.Add(chain);
        return chain;
    }

    public void Delete(Chain chain)
    {
        chain.IsDeleted = true;
        _inOrder = null;
    }

    public void Rename(Chain chain, ReadOnlySpan<byte> name)
    {
        chain.Name = name.ToArray();
        _index.Add(chain);
        IsToBeSorted = true;
        IsNumberedInOrder = false;
        _inOrder = null;
    }

    private List<Chain> Order()
    {
        List<Chain> ordered = new(_chains.Count);
        foreach (Chain chain in _chains)
        {
            if (!chain.IsDeleted)
            {
                ordered.Add(chain);
            }
        }

        if (IsToBeSorted && !IsNumberedInOrder)
        {
            ordered.Sort(Compare);
        }

        return ordered;
    }

    /// <summary>The order of <see cref="InOrder"/>.</summary>
    public static int Compare(Chain a, Chain b) => a.IsBuiltIn || b.IsBuiltIn
        ? (a.IsBuiltIn ? a.Hook : int.MaxValue).CompareTo(b.IsBuiltIn ? b.Hook : int.MaxValue)
        : a.Name.AsSpan().SequenceCompareTo(b.Name);
}

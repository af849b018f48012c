using System;
using System.Collections.Generic;

namespace Sharptables.Model;

/// <summary>Finds chains by name: open addressing over chain numbers, since a cluster's table has tens of thousands.</summary>
/// <param name="chains">The chains, by number.</param>
internal sealed class ChainIndex(List<Chain> chains)
{
    private int[] _slots = [];
    private int _used;

    /// <summary>The chain's number, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        if (_slots.Length == 0)
        {
            return -1;
        }

        for (uint slot = Hash(name); ; slot++)
        {
            int entry = _slots[slot & (uint)(_slots.Length - 1)];
            if (entry == 0)
            {
                return -1;
            }

            Chain chain = chains[entry - 1];
            if (!chain.IsDeleted && name.SequenceEqual(chain.Name))
            {
                return entry - 1;
            }
        }
    }

    /// <summary>
    /// Enters a chain of the list under the name it has now. A name that it had before finds nothing, since names are compared.
    /// </summary>
    public void Add(Chain chain)
    {
        if (2 * (_used + 1) <= _slots.Length)
        {
            Put(chain);
            return;
        }

        _slots = new int[Math.Max(64, 4 * (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)chains.Count))];
        _used = 0;
        foreach (Chain each in chains)
        {
            if (!each.IsDeleted)
            {
                Put(each);
            }
        }
    }

    private void Put(Chain chain)
    {
        _used++;
        uint slot = Hash(chain.Name);
        while (_slots[slot & (uint)(_slots.Length - 1)] != 0)
        {
            slot++;
        }

        _slots[slot & (uint)(_slots.Length - 1)] = chain.Id + 1;
    }

    /// <summary>FNV-1a.</summary>
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        uint hash = 2166136261;
        foreach (byte b in name)
        {
            hash = (hash ^ b) * 16777619;
        }

        return hash ^ (hash >> 15);
    }
}

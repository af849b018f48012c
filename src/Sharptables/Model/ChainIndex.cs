using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Sharptables.Model;

/// <summary>Finds chains by name, with open addressing, since a cluster's table has tens of thousands of chains.</summary>
/// <param name="chains">The chains, by number.</param>
internal sealed class ChainIndex(List<Chain> chains)
{
    private (uint Hash, int Entry)[] _slots = []; // the hash beside the number: only the chain that is found is touched
    private int _used;

    /// <summary>The chain's number, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        if (_slots.Length == 0)
        {
            return -1;
        }

        uint wanted = Hash(name);
        for (uint slot = wanted; ; slot++)
        {
            (uint hash, int entry) = _slots[slot & (uint)(_slots.Length - 1)];
            if (entry == 0)
            {
                return -1;
            }

            if (hash == wanted && chains[entry - 1] is { IsDeleted: false } chain && name.SequenceEqual(chain.Name))
            {
                return entry - 1;
            }
        }
    }

    /// <summary>Adds a chain under its present name. An earlier name of it is not found any more, since names are compared.</summary>
    public void Add(Chain chain)
    {
        if (4 * (_used + 1) <= 3 * _slots.Length)
        {
            Put(chain);
            return;
        }

        _slots = new (uint, int)[Math.Max(32, 2 * (int)BitOperations.RoundUpToPowerOf2((uint)chains.Count))];
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
        uint hash = Hash(chain.Name);
        uint slot = hash;
        while (_slots[slot & (uint)(_slots.Length - 1)].Entry != 0)
        {
            slot++;
        }

        _slots[slot & (uint)(_slots.Length - 1)] = (hash, chain.Id + 1);
    }

    /// <summary>Takes eight bytes at a time; the last eight may overlap the ones before.</summary>
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)name.Length;
        if (name.Length < sizeof(ulong))
        {
            foreach (byte b in name)
            {
                hash = (hash << 8) ^ b;
            }
        }
        else
        {
            for (int at = 0; at < name.Length - sizeof(ulong); at += sizeof(ulong))
            {
                hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(name[at..])) * Odd, 29);
            }

            hash ^= MemoryMarshal.Read<ulong>(name[^sizeof(ulong)..]);
        }

        hash *= Odd;
        return (uint)(hash >> 32) ^ (uint)(hash >> 15);
    }
}

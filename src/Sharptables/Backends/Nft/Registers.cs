using System;
using System.Collections.Generic;

namespace Sharptables.Backends.Nft;

/// <summary>nf_tables' registers: sixteen words of four bytes, which have one number each and another for each four.</summary>
internal sealed class Registers
{
    /// <summary>How many words there are.</summary>
    public const int Words = 16;

    /// <summary>The size of a word in bytes.</summary>
    public const int WordSize = 4;

    private const uint FirstWord = 8; // NFT_REG32_00
    private const uint LastWide = 4; // NFT_REG_4

    private readonly (Load Load, int Word)?[] _words = new (Load, int)?[Words];
    private readonly List<Load> _unused = [];

    /// <summary>Whether all that was loaded has been looked at, but for names of interfaces, which iptables 1.8.9 loads for <c>-i +</c>.</summary>
    public bool AreAllUsed => _unused.TrueForAll(static load => load.IsInterface);

    public void Clear()
    {
        Array.Clear(_words);
        _unused.Clear();
    }

    /// <summary>Puts a value into registers; false if there are no such registers.</summary>
    public bool Put(uint register, Load load)
    {
        int word = WordOf(register), count = (load.Length + WordSize - 1) / WordSize;
        if (word < 0 || count == 0 || word + count > Words)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            _words[word + i] = (load, i);
        }

        _unused.Add(load);
        return true;
    }

    /// <summary>The value that so many bytes from a register on are the beginning of, or null.</summary>
    public Load? Take(uint register, int length)
    {
        int word = WordOf(register), count = (length + WordSize - 1) / WordSize;
        if (word < 0 || count == 0 || word + count > Words || _words[word] is not { Word: 0 } first || length > first.Load.Length)
        {
            return null;
        }

        for (int i = 0; i < count; i++)
        {
            if (_words[word + i] is not { } its || !ReferenceEquals(its.Load, first.Load) || its.Word != i)
            {
                return null;
            }
        }

        _unused.Remove(first.Load);
        return first.Load;
    }

    /// <summary>
    /// The value that so many bytes from a register on are: all of one that was loaded, or of two, one behind the other; or the beginning of one. Null
    /// if they are something else.
    /// </summary>
    public Load? TakeJoined(uint register, int length)
    {
        int word = WordOf(register);
        if (word < 0 || word >= Words || _words[word] is not { Word: 0 } first || first.Load.Length >= length)
        {
            return Take(register, length);
        }

        int words = (first.Load.Length + WordSize - 1) / WordSize, rest = length - (words * WordSize);
        return Take(register, first.Load.Length) is { Value: null, Mask: null } head
            && word + words < Words && _words[word + words] is { Word: 0, Load.Length: var nextLength } && nextLength <= rest && rest < nextLength + WordSize
            && Take(FirstWord + (uint)(word + words), nextLength) is { Value: null, Mask: null } next
            ? head with { Next = next }
            : null;
    }

    /// <summary>The first word of a register; -1 if there is no such register.</summary>
    public static int WordOf(uint register) => register switch
    {
        > 0 and <= LastWide => (int)(register - 1) * 4,
        >= FirstWord and < FirstWord + Words => (int)(register - FirstWord),
        _ => -1,
    };
}

using System;
using System.Collections.Generic;
using Sharptables.Formats.Nft;

namespace Sharptables.Backends.Nft;

/// <summary>What an expression has put into a register, in the words of nft(8).</summary>
/// <param name="Text">The words.</param>
/// <param name="Type">What its value is.</param>
/// <param name="Bits">The width of the value.</param>
internal sealed record Term(string Text, NftType Type, int Bits)
{
    /// <summary>Whether its bytes are in network byte order.</summary>
    public bool IsNetworkOrder { get; init; }

    /// <summary>How many bits of what was loaded are behind its lowest one.</summary>
    public int Shift { get; init; }

    /// <summary>Part of a header, in bits. Which field it is depends on the mask; the words are then those in front of it.</summary>
    public (NftHeader? Header, int Offset)? Place { get; init; }

    /// <summary>The words for a place in which there is no field.</summary>
    public string Raw { get; init; } = "";

    /// <summary>The type of message that the packet is, if that is known.</summary>
    public string Message { get; init; } = "";

    /// <summary>The mask that was put on it, and what was then changed, as long as that is not in its words.</summary>
    public (UInt128 Mask, UInt128 Xor)? Change { get; init; }

    /// <summary>The bytes, if the rule itself has them.</summary>
    public byte[]? Value { get; init; }

    /// <summary>What is looked up in a map: its words, when its values are written so.</summary>
    public Func<ValueWriter, string>? Lookup { get; init; }

    /// <summary>The statements that nft(8) itself puts in front of one that has this.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>How many bytes of registers it fills.</summary>
    public int Length => Value?.Length ?? (Bits + 7) / 8;

    /// <summary>The term with the name of its field; that of a few bits takes the mask and is in its place.</summary>
    public Term Named
    {
        get
        {
            if (Place is not var (header, offset))
            {
                return this;
            }

            if (Change is ({ } mask, { } xor) && xor == 0 && mask != 0)
            {
                int shift = (int)UInt128.TrailingZeroCount(mask), bits = (int)UInt128.PopCount(mask);
                bool isRun = mask >> shift == UInt128.MaxValue >> (128 - bits);
                if (isRun && bits < Bits && header?.At(offset + Bits - shift - bits, bits) is { } part)
                {
                    return this with { Text = $"{Text}{part.Name}", Type = part.Type, Bits = bits, Shift = shift, Place = null, Change = null };
                }
            }

            return header?.At(offset, Bits, Message) is { } whole
                ? this with
                {
                    Text = $"{Text}{whole.Name}",
                    Type = whole.Type,
                    Place = null,
                    Needs = whole.Message.Length == 0 ? Needs : [.. Needs, $"{header.Name} type {whole.Message}"],
                }
                : this with { Text = Raw, Type = NftType.Raw, Place = null, Needs = [] };
        }
    }
}

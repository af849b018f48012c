using System;
using System.Collections.Generic;
using Sharptables.Formats.Nft;

namespace Sharptables.Extensions.Matches;

/// <summary>Chunks in the words of nft(8).</summary>
internal sealed partial class SctpChunkSyntax
{
    private const string NftWords = "sctp chunk "; // which are before the chunk's own

    /// <summary>
    /// Writes the chunks in the words of nft(8), which has none for any of several, nor for those without a name; and as to flags it asks the first chunk of a
    /// type, not each.
    /// </summary>
    public static bool Translate(in SctpChunks field, bool isInverted, NftText nft)
    {
        if (!nft.SaysAsOriginal)
        {
            return TryAsk(field, isInverted, out bool exists, out List<string> words) && words.TrueForAll(word => nft.Write($" {word} {(exists ? "exists" : "missing")}"));
        }

        ReadOnlySpan<byte> types = ((ReadOnlySpan<byte>)field.Types)[..UsedBytes];
        bool isWhole = !types.ContainsAnyExcept(byte.MaxValue);
        int asked = 0;
        foreach ((string name, byte type, _) in s_chunks)
        {
            bool isAsked = Has(field, type);
            asked += isAsked ? 1 : 0;
            if (!isAsked && field.Quantity != Only)
            {
                continue;
            }

            string word = name switch { "ECN_ECNE" => "ecne", "ECN_CWR" => "cwr", _ => name.ToLowerInvariant().Replace('_', '-') };
            nft.Write($" {NftWords}{word}");
            if (isAsked && field.Quantity != Only && AskedFlags(type, field) is { Mask: not 0 } flags)
            {
                nft.Write($" flags & 0x{flags.Mask:x} {(isInverted ? "!=" : "==")} 0x{flags.Set:x}");
            }
            else
            {
                nft.Write(isAsked ^ isInverted ? " exists" : " missing");
            }
        }

        return field.Quantity != Any && (CountOf(field) == asked || isWhole);
    }

    /// <summary>What a match on chunks asks, if it is whether each of some is there, or is not.</summary>
    /// <param name="field">The chunks.</param>
    /// <param name="isInverted">Whether the match is inverted.</param>
    /// <param name="exists">Whether they are to be there.</param>
    /// <param name="words">nft's words for each.</param>
    public static bool TryAsk(in SctpChunks field, bool isInverted, out bool exists, out List<string> words)
    {
        exists = !isInverted;
        words = [];
        foreach ((_, byte type, _) in s_chunks)
        {
            if (Has(field, type) && NftHeader.Chunk(type) is { } chunk)
            {
                words.Add(NftWords + chunk.Name);
            }
        }

        bool hasFlags = Array.Exists(((ReadOnlySpan<SctpChunks.FlagSet>)field.Flags)[..Math.Min(field.FlagCount, SctpChunks.FlagCapacity)].ToArray(), static set => set.Mask != 0);
        return !hasFlags && words.Count == CountOf(field)
            && (words.Count == 1 ? field.Quantity is Any or All : words.Count > 0 && field.Quantity == (isInverted ? Any : All));
    }

    /// <summary>Makes a match ask whether a chunk is there, besides others of which it asks the same; false if that cannot be.</summary>
    /// <param name="words">nft's words for the chunk.</param>
    /// <param name="isInverted">Whether it is not to be there.</param>
    /// <param name="field">The chunks.</param>
    public static bool TryTake(string words, bool isInverted, ref SctpChunks field)
    {
        int chunk = Array.FindIndex(s_chunks, chunk => NftHeader.Chunk(chunk.Type) is { } known && NftWords + known.Name == words);
        if (chunk < 0)
        {
            return false;
        }

        byte type = s_chunks[chunk].Type;
        field.Types[type / 8] |= (byte)(1 << (type % 8));
        field.Quantity = isInverted ? Any : All;
        return true;
    }

    private static bool Has(in SctpChunks field, byte type) => (field.Types[type / 8] & (1 << (type % 8))) != 0;

    private static int CountOf(in SctpChunks field)
    {
        int all = 0;
        foreach (byte bits in ((ReadOnlySpan<byte>)field.Types)[..UsedBytes])
        {
            all += byte.PopCount(bits);
        }

        return all;
    }

    private static SctpChunks.FlagSet? AskedFlags(byte type, in SctpChunks field)
    {
        foreach (SctpChunks.FlagSet set in ((ReadOnlySpan<SctpChunks.FlagSet>)field.Flags)[..field.FlagCount])
        {
            if (set.Type == type)
            {
                return set;
            }
        }

        return null;
    }
}

using System;
using System.Collections.Generic;
using System.Numerics;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A comma-separated list of words, each a bit of the field; written in the order declared.</summary>
/// <param name="words">The words and their bits; one with no bits stands for an empty field.</param>
/// <param name="complaint">The message for a wrong word: given the list from that word on, and whether more words follow.</param>
/// <param name="heading">The heading of the list of words in help; null when the placeholder lists them.</param>
/// <param name="isExact">Whether words must be complete and in the right case; otherwise any beginning of one is accepted.</param>
internal sealed class KeywordSet<T>(
    (string Word, T Bits)[] words, Func<string, bool, string> complaint, string? heading = null, bool isExact = false) : Syntax<T>
    where T : unmanaged, IBinaryInteger<T>
{
    /// <inheritdoc/>
    public override string Placeholder => heading is null ? $"{{{string.Join('|', Choices)}}}[,...]" : "type[,...]";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Choices { get; } = Array.ConvertAll(words, static w => w.Word);

    /// <inheritdoc/>
    public override ValueList? Values => heading is null ? null : new ValueList(heading, Choices, indent: new string(' ', 32));

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref T field)
    {
        field = T.Zero;
        ReadOnlySpan<byte> rest = argument.Text;
        while (true)
        {
            int comma = rest.IndexOf((byte)',');
            if (!TryFind(comma < 0 ? rest : rest[..comma], out T bits))
            {
                throw new UsageException(complaint(MessageText.Of(rest), comma >= 0));
            }

            field |= bits;
            if (comma < 0)
            {
                return;
            }

            rest = rest[(comma + 1)..];
        }
    }

    /// <inheritdoc/>
    public override bool CanWrite(in T field)
    {
        T known = T.Zero;
        bool isWord = false;
        foreach ((_, T bits) in words)
        {
            known |= bits;
            isWord |= bits == T.Zero ? field == T.Zero : (field & bits) == bits;
        }

        return isWord && (field & ~known) == T.Zero;
    }

    /// <inheritdoc/>
    public override void Write(in T field, Output output, in Format format)
    {
        bool isFirst = true;
        foreach ((string word, T bits) in words)
        {
            if (bits == T.Zero ? field == T.Zero : (field & bits) == bits)
            {
                if (!isFirst)
                {
                    output.Write((byte)',');
                }

                output.Write(word);
                isFirst = false;
            }
        }
    }

    private bool TryFind(ReadOnlySpan<byte> text, out T bits)
    {
        bits = T.Zero;
        foreach ((string word, T candidate) in words)
        {
            if (isExact
                ? Ascii.Equals(text, word)
                : !text.IsEmpty && text.Length <= word.Length && Ascii.EqualsIgnoreCase(text, word.AsSpan(0, text.Length)))
            {
                bits = candidate;
                return true;
            }
        }

        return false;
    }
}

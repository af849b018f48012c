using System;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Splits a line of iptables-save's format into words: blanks part them, <c>"..."</c> keeps them together, a backslash within quotes
/// takes the next byte as it is.
/// </summary>
public static class RestoreWords
{
    /// <summary>The line as C has it: a zero byte ends it.</summary>
    public static ReadOnlySpan<byte> UpToNul(ReadOnlySpan<byte> line)
    {
        int nul = line.IndexOf((byte)0);
        return nul < 0 ? line : line[..nul];
    }

    /// <summary>Takes the next word of a line that names a table or a chain, where quotes mean nothing.</summary>
    /// <param name="line">The line; what comes behind the word is left of it.</param>
    /// <param name="skip">How many bytes stand before the word besides blanks.</param>
    public static ReadOnlySpan<byte> NextToken(ref ReadOnlySpan<byte> line, int skip)
    {
        line = line[skip..].TrimStart(" \t"u8);
        int end = line.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> token = end < 0 ? line : line[..end];
        line = line[token.Length..];
        return token;
    }

    /// <summary>Adds the words of a line.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="words">Where they go.</param>
    /// <exception cref="UsageException">A quote is not closed; the original takes the rest of the line, and its end, into the word.</exception>
    public static void Split(ReadOnlySpan<byte> line, Words words)
    {
        // Words are short: a loop over bytes is faster here than a vectorized search for each.
        Span<byte> text = words.AddText(line);
        for (int at = 0; at < line.Length;)
        {
            if (line[at] is (byte)' ' or (byte)'\t')
            {
                at++;
                continue;
            }

            int start = at;
            at = EndOfPlain(line, at);
            int end = at;
            if (at < line.Length && line[at] == '"')
            {
                (end, at) = ReadQuoted(text, line, at);
            }

            words.AddSlice(start, end - start);
        }
    }

    /// <summary>
    /// Closes the gaps that quotes and backslashes leave; the closing quote ends the word.
    /// </summary>
    /// <returns>Where the word ends now, and where the next may begin.</returns>
    private static (int End, int Next) ReadQuoted(Span<byte> text, ReadOnlySpan<byte> line, int at)
    {
        int quote = at;
        int end = at++;
        for (; at < line.Length; at++)
        {
            if (text[at] == '"')
            {
                return (end, at + 1);
            }

            if (text[at] == '\\' && ++at == line.Length)
            {
                break;
            }

            text[end++] = text[at];
        }

        throw new UsageException($"a quote is not closed: {MessageText.Of(line[quote..])}")
        {
            Hint = "What follows it on the line would be part of one word; a quote within quotes is written \\\".",
        };
    }

    /// <summary>Where a blank, a quote or the end comes.</summary>
    private static int EndOfPlain(ReadOnlySpan<byte> line, int at)
    {
        while ((uint)at < (uint)line.Length)
        {
            byte c = line[at];
            if (c <= '"' && c is (byte)' ' or (byte)'\t' or (byte)'"')
            {
                break;
            }

            at++;
        }

        return at;
    }
}

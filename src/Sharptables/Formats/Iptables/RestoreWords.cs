using System;
using System.Numerics;
using System.Runtime.Intrinsics;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Splits a line of iptables-save's format into words: blanks part them, <c>"..."</c> keeps them together, a backslash within quotes
/// takes the next byte as it is.
/// </summary>
internal static class RestoreWords
{
    /// <summary>Adds the words of a line.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="words">Where they go.</param>
    /// <exception cref="UsageException">
    /// A quote is not closed: the original takes the rest of the line, and its end, into the word. Or a zero byte stands in the line: the
    /// original leaves out the rest.
    /// </exception>
    public static void Split(ReadOnlySpan<byte> line, Words words)
    {
        RefuseZero(line);

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
    /// Finds the word at a place, when it is a plain one, or one within quotes and without backslashes or zero bytes, that a blank or the end
    /// follows.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="at">The place.</param>
    /// <param name="start">Where the word begins, without its quote.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="end">Where it ends, with its quote.</param>
    public static bool TryFind(ReadOnlySpan<byte> line, int at, out int start, out int length, out int end)
    {
        start = at;
        ReadOnlySpan<byte> rest = line[at..];
        if (rest is [(byte)'"', ..])
        {
            start++;
            length = rest[1..].IndexOfAny((byte)'"', (byte)'\\', (byte)0);
            end = start + length + 1;
            return length >= 0 && line[start + length] == '"' && (end == line.Length || line[end] == ' ');
        }

        length = rest.Length < Vector128<byte>.Count ? 0
            : BitOperations.TrailingZeroCount(Vector128.LessThanOrEqual(Vector128.Create(rest), Vector128.Create((byte)'"')).ExtractMostSignificantBits() | 1 << 16);
        while (length < rest.Length && rest[length] > '"')
        {
            length++;
        }

        end = at + length;
        return length > 0 && (end == line.Length || line[end] == ' ');
    }

    /// <summary>Refuses a line that the original would cut off.</summary>
    /// <exception cref="UsageException">A zero byte stands in the line.</exception>
    public static void RefuseZero(ReadOnlySpan<byte> line)
    {
        int zero = line.IndexOf((byte)0);
        if (zero >= 0)
        {
            throw new UsageException($"a zero byte stands in the line, behind `{MessageText.Of(line[..zero])}'")
            {
                Hint = "Rules are plain text: the file is damaged, or its text has another encoding, such as UTF-16.",
            };
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

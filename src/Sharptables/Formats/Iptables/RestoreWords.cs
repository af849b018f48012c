using System;
using System.Numerics;
using System.Runtime.Intrinsics;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Splits a line of a save into words: blanks separate them, <c>"..."</c> keeps them together, and within quotes a backslash takes the
/// next byte literally.
/// </summary>
internal static class RestoreWords
{
    /// <summary>Adds the words of a line.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="words">The words to add to.</param>
    /// <exception cref="UsageException">
    /// A quote is not closed, where the original takes the rest of the line with its end into the word; or the line contains a zero byte,
    /// where the original ignores the rest.
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
    /// Finds the word at a position, if it is plain, or in quotes without backslashes or zero bytes, and a blank or the end of the line
    /// follows.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="at">The position.</param>
    /// <param name="start">Where the word begins, without its quote.</param>
    /// <param name="length">The length of the word.</param>
    /// <param name="end">Where the word ends, with its quote.</param>
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
    /// <exception cref="UsageException">The line contains a zero byte.</exception>
    public static void RefuseZero(ReadOnlySpan<byte> line)
    {
        int zero = line.IndexOf((byte)0);
        if (zero >= 0)
        {
            throw new UsageException($"the line contains a zero byte, after `{MessageText.Of(line[..zero])}'")
            {
                Hint = "Rules are plain text: the file is damaged, or its text has another encoding, such as UTF-16.",
            };
        }
    }

    /// <summary>
    /// Closes the gaps left by quotes and backslashes; the closing quote ends the word.
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
            Hint = "Everything after it would be part of one word; a quote within quotes is written \\\".",
        };
    }

    /// <summary>The position of the next blank or quote, or the end.</summary>
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

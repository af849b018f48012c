using System;

namespace Sharptables.Text;

/// <summary>Splits a line of iptables-save's format into words: blanks part them, <c>"..."</c> keeps them together, a backslash within quotes takes the next byte as it is.</summary>
public static class RestoreWords
{
    /// <summary>Adds the words of a line.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="isTerminated">Whether a line feed ended it: it belongs to a word whose closing quote is missing.</param>
    /// <param name="words">Where they go.</param>
    public static void Split(ReadOnlySpan<byte> line, bool isTerminated, Words words)
    {
        // Words are short: a loop over bytes is faster here than a vectorized search for each.
        Span<byte> text = words.AddText(line, spare: 1);
        for (int at = 0; at < line.Length;)
        {
            if (line[at] is (byte)' ' or (byte)'\t')
            {
                at++;
                continue;
            }

            int start = at;
            while (at < line.Length && (line[at] > '"' || line[at] is not ((byte)' ' or (byte)'\t' or (byte)'"')))
            {
                at++;
            }

            int end = at;
            if (at < line.Length && line[at] == '"')
            {
                end = ReadQuoted(text, line.Length, isTerminated, ref at);
            }

            words.AddSlice(start, end - start);
        }
    }

    /// <summary>Closes the gaps that quotes and backslashes leave; the closing quote ends the word, a missing one takes the rest of the line and its end.</summary>
    /// <returns>Where the word ends now; <paramref name="at"/> is where the next may begin.</returns>
    private static int ReadQuoted(Span<byte> text, int length, bool isTerminated, ref int at)
    {
        int end = at++;
        for (; at < length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                return end;
            }

            if (text[at] == '\\' && ++at == length)
            {
                break;
            }

            text[end++] = text[at];
        }

        if (isTerminated)
        {
            text[end++] = (byte)'\n';
        }

        return end;
    }
}

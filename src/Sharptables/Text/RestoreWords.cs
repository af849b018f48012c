using System;

namespace Sharptables.Text;

/// <summary>Splits a line of iptables-save's format into words: blanks part them, <c>"..."</c> keeps them together, a backslash within quotes takes the next byte as it is.</summary>
public static class RestoreWords
{
    /// <summary>Adds the words of a line, which has no line feed.</summary>
    public static void Split(ReadOnlySpan<byte> line, Words words)
    {
        for (; ; )
        {
            int blank = line.IndexOfAny((byte)' ', (byte)'\t', (byte)'"');
            if (blank < 0)
            {
                if (!line.IsEmpty)
                {
                    words.Add(line);
                }

                return;
            }

            if (line[blank] != '"')
            {
                if (blank > 0)
                {
                    words.Add(line[..blank]);
                }

                line = line[(blank + 1)..];
                continue;
            }

            int start = words.Position;
            words.Append(line[..blank]);
            line = ReadQuoted(line[(blank + 1)..], words);
            words.EndWord(start);
        }
    }

    /// <summary>The closing quote ends the word; a missing one takes the rest of the line.</summary>
    private static ReadOnlySpan<byte> ReadQuoted(ReadOnlySpan<byte> line, Words words)
    {
        for (; ; )
        {
            int special = line.IndexOfAny((byte)'"', (byte)'\\');
            if (special < 0 || (line[special] == '\\' && special + 1 == line.Length))
            {
                words.Append(line);
                return default;
            }

            words.Append(line[..special]);
            if (line[special] == '"')
            {
                return line[(special + 1)..];
            }

            words.Append(line.Slice(special + 1, 1));
            line = line[(special + 2)..];
        }
    }
}

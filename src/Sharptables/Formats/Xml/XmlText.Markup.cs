using System;
using System.Buffers;

namespace Sharptables.Formats.Xml;

internal sealed partial class XmlText
{
    private static readonly SearchValues<byte> s_nameBytes =
        SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>
    /// What must be escaped: XML's markup, a carriage return (parsers turn it into a line feed), everything beyond ASCII, and what
    /// XML cannot contain.
    /// </summary>
    private static readonly SearchValues<byte> s_escaped = SearchValues.Create(
        [(byte)'&', (byte)'<', (byte)'>', (byte)'"', .. Range(0, 8), 11, 12, 13, .. Range(14, 31), .. Range(0x7f, 0xff)]);

    private static byte[] Range(int first, int last)
    {
        byte[] bytes = new byte[last - first + 1];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(first + i);
        }

        return bytes;
    }

    /// <summary>Whether every parser accepts a word as an element's name: ASCII only, and no colon.</summary>
    private static bool IsName(ReadOnlySpan<byte> word) =>
        word is [not ((byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9')), ..] && !word.ContainsAnyExcept(s_nameBytes);

    /// <summary>
    /// Writes the name of an element or, if the word cannot be one, another element with the word as its attribute "name".
    /// </summary>
    /// <returns>The name for the end tag.</returns>
    private ReadOnlySpan<byte> WriteName(ReadOnlySpan<byte> word, ReadOnlySpan<byte> otherwise)
    {
        if (IsName(word))
        {
            output.Write(word);
            return word;
        }

        output.Write(otherwise);
        output.Write(" name=\""u8);
        WriteEscaped(word);
        output.Write((byte)'"');
        return otherwise;
    }

    /// <summary>
    /// Writes the name of an option's element, without dashes; a word that is neither <c>-x</c> nor <c>--name</c> is kept whole.
    /// </summary>
    private ReadOnlySpan<byte> WriteOptionName(ReadOnlySpan<byte> option)
    {
        ReadOnlySpan<byte> name = option.TrimStart((byte)'-');
        bool isPlain = option.Length - name.Length == 2 || option.Length == 2;
        return WriteName(isPlain && IsName(name) ? name : option, "option"u8);
    }

    /// <summary>Writes text; bytes beyond ASCII become character references, as if they were ISO 8859-1.</summary>
    private void WriteEscaped(ReadOnlySpan<byte> text)
    {
        for (int at; (at = text.IndexOfAny(s_escaped)) >= 0; text = text[(at + 1)..])
        {
            output.Write(text[..at]);
            byte c = text[at];
            switch (c)
            {
                case (byte)'&':
                    output.Write("&amp;"u8);
                    break;
                case (byte)'<':
                    output.Write("&lt;"u8);
                    break;
                case (byte)'>':
                    output.Write("&gt;"u8);
                    break;
                case (byte)'"':
                    output.Write("&quot;"u8);
                    break;
                case (byte)'\r' or >= 0x7f:
                    output.Write("&#"u8);
                    output.WriteNumber((ulong)c);
                    output.Write((byte)';');
                    break;
                default:
                    throw line.Failed($"It contains the control character 0x{c:x2}, which XML does not allow.");
            }
        }

        output.Write(text);
    }

    /// <summary>
    /// Writes a line as a comment, which must not contain two adjacent dashes: a star precedes each, and a blank every second star.
    /// </summary>
    /// <param name="text">The line.</param>
    /// <param name="number">Its number, to be shown; 0 for none.</param>
    private void WriteComment(ReadOnlySpan<byte> text, int number)
    {
        output.Write("<!-- "u8);
        if (number > 0)
        {
            output.Write("line "u8);
            output.WriteNumber(number);
            output.Write((byte)' ');
        }

        bool isUtf8 = System.Text.Unicode.Utf8.IsValid(text);
        bool isSecond = false;
        foreach (byte c in text)
        {
            if (c == '-')
            {
                output.Write(isSecond ? " *-"u8 : "*-"u8);
                isSecond = !isSecond;
            }
            else
            {
                output.Write((c >= 0x80 && !isUtf8) || c is < (byte)' ' and not ((byte)'\t' or (byte)'\r') ? (byte)'?' : c);
            }
        }

        output.Write(" -->\n"u8);
    }
}

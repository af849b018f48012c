using System;
using System.Buffers;
using System.Text;

namespace Sharptables.Text;

/// <summary>
/// Carries what a user typed through messages byte for byte: file names, chains and comments need not be UTF-8. A byte that is not
/// part of any character becomes a lone surrogate, U+DC80 to U+DCFF, which no text holds otherwise, and is that byte again when
/// <see cref="Output.Write(string)"/> writes it.
/// </summary>
public static class MessageText
{
    private const char FirstByte = '\uDC00';
    private const char LeastByte = '\uDC80';
    private const char LastByte = '\uDCFF';

    /// <summary>The text of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        StringBuilder text = new(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                length = 1;
                text.Append((char)(FirstByte + bytes[0]));
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }

    /// <summary>Writes a text back as the bytes it was made of.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">Room for three bytes a character.</param>
    /// <returns>How many were written.</returns>
    internal static int Write(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (!text.ContainsAnyInRange(LeastByte, LastByte))
        {
            return Encoding.UTF8.GetBytes(text, bytes);
        }

        int written = 0;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out Rune rune, out int length) == OperationStatus.Done)
            {
                written += rune.EncodeToUtf8(bytes[written..]);
            }
            else
            {
                bytes[written++] = (byte)(text[0] - FirstByte);
            }

            text = text[length..];
        }

        return written;
    }
}

using System;
using System.Buffers;
using System.Text;

namespace Sharptables.Text;

/// <summary>
/// Makes bytes that a user typed, or that came from a file or the kernel, safe to show: nothing in them may end a line or control a
/// terminal. A control character is shown as <c>\x1b</c>.
/// </summary>
internal static class MessageText
{
    /// <summary>How many bytes of a word or line a message quotes.</summary>
    private const int Longest = 1000;

    /// <summary>The bytes as text for a message: no control characters but tabs, valid UTF-8, of bounded length.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        int surplus = bytes.Length - Longest;
        bytes = surplus > 0 ? bytes[..Longest] : bytes;
        if (surplus <= 0 && !bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        Output shown = new(Output.Kept);
        Show(bytes, shown, isStrict: true);
        string text = Encoding.UTF8.GetString(shown.Written);
        return surplus > 0 ? $"{text}... ({surplus} bytes more)" : text;
    }

    /// <summary>Writes bytes with control characters made visible; other bytes stay, UTF-8 or not.</summary>
    public static void Show(ReadOnlySpan<byte> bytes, Output output)
    {
        if (bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            Show(bytes, output, isStrict: false);
        }
        else
        {
            output.Write(bytes);
        }
    }

    /// <summary>Makes the control characters visible in what has been written since <paramref name="start"/>.</summary>
    public static void ShowFrom(Output output, int start)
    {
        if (output.Written[start..].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            byte[] text = output.Written[start..].ToArray();
            output.Truncate(start);
            Show(text, output, isStrict: false);
        }
    }

    private static void Show(ReadOnlySpan<byte> bytes, Output output, bool isStrict)
    {
        while (!bytes.IsEmpty)
        {
            bool isCharacter = Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == OperationStatus.Done;
            length = isCharacter ? length : 1;
            if (isCharacter ? !Steers(rune.Value) && !(isStrict && rune.Value == 0) : !isStrict && bytes[0] >= 0xa0)
            {
                output.Write(bytes[..length]);
            }
            else
            {
                foreach (byte b in bytes[..length])
                {
                    output.Write("\\x"u8);
                    output.WriteHexDigits(b, minimum: 2);
                }
            }

            bytes = bytes[length..];
        }
    }

    /// <summary>
    /// Whether a character ends a line, controls a terminal, or changes the direction of text. Not NUL, which a listing of <c>-m bpf</c>
    /// contains, nor a tab.
    /// </summary>
    private static bool Steers(int character) => character
        is (> 0 and < ' ' and not '\t') or (>= 0x7f and < 0xa0) or 0x61c or 0x200e or 0x200f or (>= 0x2028 and <= 0x202e) or (>= 0x2066 and <= 0x2069);
}

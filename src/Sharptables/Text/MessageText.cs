using System;
using System.Buffers;
using System.Text;

namespace Sharptables.Text;

/// <summary>
/// How bytes that a user typed, or that a file or the kernel holds, stand in what people read: nothing in them may end a line or steer
/// a terminal. A control character is shown as <c>\x1b</c>.
/// </summary>
internal static class MessageText
{
    /// <summary>Bytes of one word or line that a message shows; whoever typed more knows the rest.</summary>
    private const int Longest = 1000;

    /// <summary>The text of some bytes for a message: no control character but a tab, nothing that is not UTF-8, nothing too long.</summary>
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

    /// <summary>Writes bytes with their control characters shown; other bytes stay, be they UTF-8 or not.</summary>
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

    /// <summary>Shows the control characters in what has been written from a place on.</summary>
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
    /// Whether a character ends a line, steers a terminal, or turns the direction of what follows; not NUL, which <c>-m bpf</c> has in its
    /// listing, nor a tab.
    /// </summary>
    private static bool Steers(int character) => character
        is (> 0 and < ' ' and not '\t') or (>= 0x7f and < 0xa0) or 0x61c or 0x200e or 0x200f or (>= 0x2028 and <= 0x202e) or (>= 0x2066 and <= 0x2069);
}

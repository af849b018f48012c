using System;
using System.Buffers;

namespace Sharptables.Text;

/// <summary>Writes text so that iptables-restore reads it as one word.</summary>
internal static class QuotedText
{
    private static readonly SearchValues<byte> s_plain =
        SearchValues.Create("-_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>What a word without quotes cannot contain: see <c>RestoreWords</c>.</summary>
    private static readonly SearchValues<byte> s_special = SearchValues.Create(" \t\""u8);

    /// <summary>Writes text as iptables saves it: in quotes unless it consists of letters, digits, <c>-</c> and <c>_</c>.</summary>
    public static void Write(ReadOnlySpan<byte> text, Output output)
    {
        if (!text.IsEmpty && !text.ContainsAnyExcept(s_plain))
        {
            output.Write(text);
            return;
        }

        output.Write((byte)'"');
        foreach (byte c in text)
        {
            if (c is (byte)'"' or (byte)'\'' or (byte)'\\')
            {
                output.Write((byte)'\\');
            }

            output.Write(c);
        }

        output.Write((byte)'"');
    }

    /// <summary>Writes text bare, as iptables does with most names; in quotes where it has to be.</summary>
    public static void WriteName(ReadOnlySpan<byte> text, Output output)
    {
        if (text.IsEmpty || text.ContainsAny(s_special))
        {
            Write(text, output);
        }
        else
        {
            output.Write(text);
        }
    }
}

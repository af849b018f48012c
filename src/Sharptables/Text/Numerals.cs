using System;

namespace Sharptables.Text;

/// <summary>
/// Reads numbers as C's <c>strtoul</c> does with base 0: decimal, <c>0x</c> hexadecimal, or octal after a <c>0</c>; blanks and a
/// <c>+</c> may stand in front.
/// </summary>
internal static class Numerals
{
    /// <summary>Reads a number at the start of a text; <paramref name="rest"/> is what follows it.</summary>
    /// <returns>False when there is no number, or it exceeds 64 bits.</returns>
    public static bool TryReadPrefix(ReadOnlySpan<byte> text, out ulong value, out ReadOnlySpan<byte> rest)
    {
        if (TryReadPlain(text, out value, out rest))
        {
            return true;
        }

        value = 0;
        uint radix = 10;
        int at = 0;
        rest = text;
        while (!text.IsEmpty && text[0] is (byte)' ' or (>= 9 and <= 13))
        {
            text = text[1..];
        }

        if (!text.IsEmpty && text[0] == '+')
        {
            text = text[1..];
        }

        if (text.Length > 2 && text[0] == '0' && (text[1] | 0x20) == 'x' && Digit(text[2]) < 16)
        {
            radix = 16;
            at = 2;
        }
        else if (text.Length > 0 && text[0] == '0')
        {
            radix = 8;
        }

        int first = at;
        for (; at < text.Length && Digit(text[at]) < radix; at++)
        {
            ulong next = unchecked((value * radix) + Digit(text[at]));
            if (value > (ulong.MaxValue - Digit(text[at])) / radix)
            {
                return false;
            }

            value = next;
        }

        if (at == first)
        {
            return false;
        }

        rest = text[at..];
        return true;
    }

    /// <summary>Reads a text that is a number within bounds, and nothing else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, ulong min, ulong max, out ulong value) =>
        TryReadPrefix(text, out value, out ReadOnlySpan<byte> rest) && rest.IsEmpty && value >= min && value <= max;

    /// <summary>The usual form: up to nine decimal digits, without a leading zero.</summary>
    private static bool TryReadPlain(ReadOnlySpan<byte> text, out ulong value, out ReadOnlySpan<byte> rest)
    {
        uint number = 0;
        int at = 0;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            number = unchecked((number * 10) + (uint)(text[at] - '0'));
        }

        value = number;
        rest = text[at..];
        return at is > 0 and <= 9 && text[0] != '0';
    }

    private static uint Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => (uint)c - '0',
        >= (byte)'a' and <= (byte)'f' => (uint)c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => (uint)c - 'A' + 10,
        _ => 99,
    };
}

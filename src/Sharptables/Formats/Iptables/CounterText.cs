using System;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Reads counters as C's <c>strtoull</c> reads decimal: trailing junk is ignored, what is too large becomes the largest, a minus wraps
/// around.
/// </summary>
internal static class CounterText
{
    private const int MostSafeDigits = 19; // always fit

    /// <summary>Reads a number at the start of a text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong value)
    {
        if (TryReadPlain(text, out value))
        {
            return true;
        }

        text = text.TrimStart(" \t\n\v\f\r"u8);
        bool isNegative = text is [(byte)'-', ..];
        text = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        value = 0;
        int digits = 0;
        bool tooLarge = false;
        for (; digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9'; digits++)
        {
            uint digit = (uint)text[digits] - '0';
            tooLarge |= digits >= MostSafeDigits && value > (ulong.MaxValue - digit) / 10;
            value = unchecked((value * 10) + digit);
        }

        value = tooLarge ? ulong.MaxValue : isNegative ? unchecked(0 - value) : value;
        return digits > 0;
    }

    /// <summary>Reads a text that is digits and nothing else, and no more of them than always fit: so iptables-save writes counters.</summary>
    public static bool TryReadPlain(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        foreach (byte b in text)
        {
            uint digit = (uint)b - '0';
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return text.Length is > 0 and <= MostSafeDigits;
    }
}

using System;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>Decimal numbers in parts of dates and lists, as strtoul(3) reads them with base 10.</summary>
internal static class DecimalText
{
    /// <summary>Reads a number at the start of a text, after blanks and a sign; saturates.</summary>
    /// <returns>False if there is none; the value is 0 then.</returns>
    public static bool TryReadPrefix(ReadOnlySpan<byte> text, out ulong value, out ReadOnlySpan<byte> rest)
    {
        value = 0;
        rest = text;
        ReadOnlySpan<byte> digits = text.TrimStart(" \t\n\v\f\r"u8);
        bool isNegative = digits is [(byte)'-', ..];
        digits = isNegative || digits is [(byte)'+', ..] ? digits[1..] : digits;
        int count = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        count = count < 0 ? digits.Length : count;
        if (count == 0)
        {
            return false;
        }

        foreach (byte digit in digits[..count])
        {
            ulong unit = (ulong)(digit - '0');
            value = value > (ulong.MaxValue - unit) / 10 ? ulong.MaxValue : (value * 10) + unit;
        }

        value = isNegative && value != 0 ? ulong.MaxValue : value;
        rest = digits[count..];
        return true;
    }

    /// <summary>Writes a number with leading zeros.</summary>
    public static void WritePadded(uint value, int places, Output output)
    {
        uint place = 1;
        for (int i = 1; i < places; i++)
        {
            place *= 10;
        }

        for (; place > 1 && value < place; place /= 10)
        {
            output.Write((byte)'0');
        }

        output.WriteNumber((ulong)value);
    }
}

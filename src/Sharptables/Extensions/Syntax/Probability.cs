using System;
using System.Globalization;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>A probability from 0 to 1, which the kernel holds in units of 1/2^31.</summary>
internal sealed class Probability : Syntax<uint>
{
    private const uint One = 1u << 31;
    private const ulong Places = 100_000_000_000; // eleven decimal places, as the original writes
    private const int PlaceCount = 11;

    /// <inheritdoc/>
    public override string Placeholder => "p";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref uint field)
    {
        if (!TryRead(argument.Text, out double value) || !(value >= 0 && value <= 1))
        {
            throw argument.Refuse($"bad value for option \"--{argument.Option.FullName}\", or out of range (0-1).\n");
        }

        field = (uint)Math.Round(value * One, MidpointRounding.AwayFromZero);
    }

    /// <inheritdoc/>
    public override void Write(in uint field, Output output, in Format format)
    {
        UInt128 exact = (UInt128)field * Places;
        ulong rounded = (ulong)(exact >> 31);
        uint rest = (uint)exact & (One - 1);
        if (rest > One / 2 || (rest == One / 2 && (rounded & 1) != 0))
        {
            rounded++; // to the nearest, ties to even: as printf does
        }

        output.WriteNumber(rounded / Places);
        output.Write((byte)'.');
        ulong place = Places / 10;
        for (int i = 0; i < PlaceCount; i++, place /= 10)
        {
            output.Write((byte)('0' + (rounded / place % 10)));
        }
    }

    /// <summary>Reads a number as strtod(3) does, without trailing junk.</summary>
    private static bool TryRead(ReadOnlySpan<byte> text, out double value)
    {
        text = text.TrimStart(" \t\n\v\f\r"u8);
        ReadOnlySpan<byte> digits = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        if (digits is [(byte)'0', (byte)'x' or (byte)'X', ..])
        {
            bool isHex = TryReadHex(digits[2..], out value);
            value = text[0] == '-' ? -value : value;
            return isHex;
        }

        value = 0;
        return digits is [(>= (byte)'0' and <= (byte)'9') or (byte)'.', ..]
            && double.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Hexadecimal digits, optionally with a point and a power of two: <c>1.8p-1</c>.</summary>
    private static bool TryReadHex(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        int digits = 0;
        int scale = 0;
        bool hasPoint = false;
        int at = 0;
        for (; at < text.Length; at++)
        {
            if (text[at] == '.' && !hasPoint)
            {
                hasPoint = true;
            }
            else if (char.IsAsciiHexDigit((char)text[at]))
            {
                value = (value * 16) + Convert.ToInt32(((char)text[at]).ToString(), 16);
                scale -= hasPoint ? 4 : 0;
                digits++;
            }
            else
            {
                break;
            }
        }

        if (at < text.Length && (text[at] | 0x20) == 'p' && int.TryParse(
            Encoding.ASCII.GetString(text[(at + 1)..]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int power))
        {
            scale += power;
            at = text.Length;
        }

        value = Math.ScaleB(value, scale);
        return digits > 0 && at == text.Length;
    }
}

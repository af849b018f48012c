using System;
using System.Globalization;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>A number of the ARP header, with a mask or without, or the word for one.</summary>
/// <typeparam name="T">The number.</typeparam>
/// <param name="what">What it is, for messages.</param>
/// <param name="placeholder">What stands for it in help.</param>
/// <param name="radix">10 or 16; 0: as it is written.</param>
/// <param name="words">The words.</param>
internal sealed class ArpNumberSyntax<T>(string what, string placeholder, int radix, params (string Word, ushort Value)[] words) : Syntax<Masked<T>>
    where T : unmanaged
{
    /// <summary>Whether 0 without a mask stands for any number, as in older scripts.</summary>
    public bool TakesZeroForAny { private get; init; }

    /// <inheritdoc/>
    public override string Placeholder => $"{placeholder}[/mask]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref Masked<T> field)
    {
        Span<byte> value = Masked<T>.ValueOf(ref field), mask = Masked<T>.MaskOf(ref field);
        mask.Fill(0xff);
        foreach ((string word, ushort number) in words)
        {
            if (Ascii.EqualsIgnoreCase(argument.Text, word))
            {
                Put(number, value);
                return;
            }
        }

        int slash = argument.Text.IndexOf((byte)'/');
        if (!TryRead(slash < 0 ? argument.Text : argument.Text[..slash], value) || (slash >= 0 && !TryRead(argument.Text[(slash + 1)..], mask)))
        {
            throw new UsageException($"Problem with specified {what}")
            {
                Hint = $"\"{argument.Word}\": it is a number of {value.Length * 8} bits{(radix == 16 ? ", in hexadecimal" : "")}, and so is a mask.",
            };
        }

        if (TakesZeroForAny && slash < 0 && Number(value) == 0)
        {
            mask.Clear();
        }

        for (int i = 0; i < value.Length; i++)
        {
            value[i] &= mask[i];
        }
    }

    /// <inheritdoc/>
    public override void Write(in Masked<T> field, Output output, in Format format)
    {
        Masked<T> copy = field;
        ReadOnlySpan<byte> value = Masked<T>.ValueOf(ref copy), mask = Masked<T>.MaskOf(ref copy);
        bool isWhole = !mask.ContainsAnyExcept((byte)0xff);
        foreach ((string word, ushort number) in words)
        {
            if (isWhole && !format.IsNumeric && number == Number(value))
            {
                output.Write(word);
                return;
            }
        }

        Write(Number(value), output);
        if (!isWhole)
        {
            output.Write((byte)'/');
            Write(Number(mask), output);
        }
    }

    private bool TryRead(ReadOnlySpan<byte> text, Span<byte> number)
    {
        ulong greatest = (1ul << (number.Length * 8)) - 1;
        bool isHex = radix == 16 || (radix == 0 && text.StartsWith("0x"u8));
        bool isNumber = isHex
            ? ulong.TryParse(text.StartsWith("0x"u8) ? text[2..] : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong read)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out read);
        if (isNumber && read <= greatest)
        {
            Put((ushort)read, number);
        }

        return isNumber && read <= greatest;
    }

    /// <summary>A hexadecimal number of one digit below ten is the same in decimal, and without a prefix as in older versions.</summary>
    private void Write(ushort number, Output output)
    {
        if (radix == 10 || number < 10)
        {
            output.WriteNumber((ulong)number);
        }
        else
        {
            output.Write("0x"u8);
            output.WriteHexDigits(number, minimum: 1);
        }
    }

    private static ushort Number(ReadOnlySpan<byte> bytes)
    {
        ushort number = 0;
        foreach (byte next in bytes)
        {
            number = (ushort)((number << 8) | next);
        }

        return number;
    }

    private static void Put(ushort number, Span<byte> bytes)
    {
        for (int i = bytes.Length - 1; i >= 0; i--, number >>= 8)
        {
            bytes[i] = (byte)number;
        }
    }
}

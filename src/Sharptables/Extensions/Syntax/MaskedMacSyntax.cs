using System;
using System.Text;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>An Ethernet address, with a mask or without, or the word for some of them. What is not under the mask is not kept.</summary>
/// <typeparam name="T">The address; more bytes behind it stay zero.</typeparam>
/// <param name="complaint">The message for something else.</param>
internal sealed class MaskedMacSyntax<T>(string complaint) : Syntax<Masked<T>>
    where T : unmanaged
{
    private static readonly (string Word, ulong Value, ulong Mask)[] s_words =
    [
        ("Unicast", 0, 0x010000000000),
        ("Multicast", 0x010000000000, 0x010000000000),
        ("Broadcast", 0xffffffffffff, 0xffffffffffff),
        ("BGA", 0x0180c2000000, 0xffffffffffff), // the group address of bridges (IEEE 802.1D)
    ];

    /// <summary>Whether words are written for those that have one, and a message names what it is about, as ebtables does.</summary>
    public bool WritesWords { private get; init; }

    /// <inheritdoc/>
    public override string Placeholder => "address[/mask]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref Masked<T> field)
    {
        field = default;
        Span<byte> value = Masked<T>.ValueOf(ref field), mask = Masked<T>.MaskOf(ref field);
        foreach ((string word, ulong its, ulong bits) in s_words)
        {
            if (Ascii.EqualsIgnoreCase(argument.Text, word))
            {
                Put(its, value);
                Put(bits, mask);
                return;
            }
        }

        int slash = argument.Text.IndexOf((byte)'/');
        mask[..MacAddress.Size].Fill(0xff);
        ReadOnlySpan<byte> address = slash < 0 ? argument.Text : argument.Text[..slash];
        if (!TryRead(address, value) || (slash >= 0 && !TryRead(argument.Text[(slash + 1)..], mask)))
        {
            throw new UsageException(WritesWords ? $"{complaint} '{MessageText.Of(address)}'" : complaint)
            {
                Hint = $"\"{argument.Word}\": an address is six hexadecimal numbers of at most two digits, such as 00:16:3e:00:00:01, and so is a mask.",
            };
        }

        for (int i = 0; i < MacAddress.Size; i++)
        {
            value[i] &= mask[i];
        }
    }

    /// <inheritdoc/>
    public override void Write(in Masked<T> field, Output output, in Format format)
    {
        Masked<T> copy = field;
        ReadOnlySpan<byte> value = Masked<T>.ValueOf(ref copy), mask = Masked<T>.MaskOf(ref copy);
        foreach ((string word, ulong address, ulong its) in s_words)
        {
            if (WritesWords && Number(value) == address && Number(mask) == its)
            {
                output.Write(word);
                return;
            }
        }

        Write(value, output);
        if (mask[..MacAddress.Size].ContainsAnyExcept((byte)0xff))
        {
            output.Write((byte)'/');
            Write(mask, output);
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int parts = 0;
        foreach (Range range in text.Split((byte)':'))
        {
            if (parts == MacAddress.Size || text[range] is not { Length: 1 or 2 } digits || !TryReadByte(digits, out address[parts]))
            {
                return false;
            }

            parts++;
        }

        return parts == MacAddress.Size;
    }

    private static bool TryReadByte(ReadOnlySpan<byte> digits, out byte value) =>
        byte.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, null, out value);

    private static void Write(ReadOnlySpan<byte> address, Output output)
    {
        for (int i = 0; i < MacAddress.Size; i++)
        {
            output.Write(i > 0 ? ":"u8 : default);
            output.WriteHexDigits(address[i], minimum: 2);
        }
    }

    private static ulong Number(ReadOnlySpan<byte> address)
    {
        ulong number = 0;
        foreach (byte next in address[..MacAddress.Size])
        {
            number = (number << 8) | next;
        }

        return number;
    }

    private static void Put(ulong number, Span<byte> address)
    {
        for (int i = MacAddress.Size - 1; i >= 0; i--, number >>= 8)
        {
            address[i] = (byte)number;
        }
    }
}

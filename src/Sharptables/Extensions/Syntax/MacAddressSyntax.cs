using System;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>An Ethernet address: <c>02:42:ac:11:00:02</c>.</summary>
internal sealed class MacAddressSyntax : Syntax<MacAddress>
{
    /// <inheritdoc/>
    public override string Placeholder => "XX:XX:XX:XX:XX:XX";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref MacAddress field)
    {
        if (!TryRead(argument.Text, ref field))
        {
            throw new UsageException("Invalid MAC address specified.");
        }
    }

    /// <summary>Reads an address; false if it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, ref MacAddress field)
    {
        int parts = 0;
        foreach (Range range in text.Split((byte)':'))
        {
            if (parts == MacAddress.Size || !TryReadByte(text[range], out field[parts]))
            {
                return false;
            }

            parts++;
        }

        return parts == MacAddress.Size;
    }

    /// <inheritdoc/>
    public override void Write(in MacAddress field, Output output, in Format format)
    {
        for (int i = 0; i < MacAddress.Size; i++)
        {
            if (i > 0)
            {
                output.Write((byte)':');
            }

            output.WriteHexDigits(field[i], minimum: 2);
        }
    }

    /// <summary>Reads up to two hexadecimal digits; as with strtol(3), none is 0, and a blank or sign may precede one digit.</summary>
    private static bool TryReadByte(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length > 2)
        {
            return false;
        }

        bool isNegative = text.StartsWith("-"u8);
        ReadOnlySpan<byte> digits = text.Length == 2 && text[0] is (byte)' ' or (byte)'\t' or (byte)'+' or (byte)'-' ? text[1..] : text;
        foreach (byte c in digits)
        {
            if (!char.IsAsciiHexDigit((char)c))
            {
                return false;
            }

            value = (byte)((value << 4) | (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10));
        }

        value = isNegative ? (byte)-value : value;
        return true;
    }
}

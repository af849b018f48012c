using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using Sharptables.Text;

namespace Sharptables.Names;

/// <summary>Addresses in the text forms of getent and the files in /etc.</summary>
internal static class AddressText
{
    private const int IPv6Length = 16;

    /// <summary>Reads an IPv4 address of four decimal numbers, the first into the highest byte.</summary>
    public static bool TryParseIPv4(ReadOnlySpan<byte> text, out uint address) =>
        TryParseNumbers(text, out address, out int count) && count == 4;

    /// <summary>Reads an IPv4 address of four decimal numbers into 4 bytes.</summary>
    public static bool TryParseIPv4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        bool isAddress = TryParseIPv4(text, out uint value);
        BinaryPrimitives.WriteUInt32BigEndian(address, value);
        return isAddress;
    }

    /// <summary>Reads a network of one to four decimal numbers; missing ones at the end are 0 (networks(5)). Host byte order.</summary>
    public static bool TryParseNetwork(ReadOnlySpan<byte> text, out uint address)
    {
        bool isAddress = TryParseNumbers(text, out address, out int count);
        address = isAddress ? address << (8 * (4 - count)) : 0;
        return isAddress;
    }

    /// <summary>Whether a text has nothing but digits and dots, so that it cannot be the name of a host.</summary>
    public static bool IsNumeric(ReadOnlySpan<byte> text)
    {
        foreach (byte sign in text)
        {
            if (sign is not ((>= (byte)'0' and <= (byte)'9') or (byte)'.'))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    /// <summary>
    /// Reads an IPv4 address of one to four numbers as inet_aton(3) does: the last fills all bytes that are left, and a number that begins with 0 is octal.
    /// </summary>
    public static bool TryParseLoose(ReadOnlySpan<byte> text, Span<byte> address)
    {
        address.Clear();
        for (int at = 0; at < address.Length; at++)
        {
            int dot = text.IndexOf((byte)'.');
            ulong most = dot < 0 ? uint.MaxValue >> (8 * at) : byte.MaxValue;
            if (!Numerals.TryRead(dot < 0 ? text : text[..dot], 0, most, out ulong number))
            {
                return false;
            }

            if (dot < 0)
            {
                for (int i = address.Length - 1; i >= at; i--, number >>= 8)
                {
                    address[i] = (byte)number;
                }

                return true;
            }

            address[at] = (byte)number;
            text = text[(dot + 1)..];
        }

        return false;
    }

    /// <summary>Reads an IPv6 address (RFC 4291, section 2.2) into 16 bytes. A zone, as in <c>fe80::1%eth0</c>, is ignored.</summary>
    public static bool TryParseIPv6(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int zone = text.IndexOf((byte)'%');
        text = zone < 0 ? text : text[..zone];
        Span<byte> bytes = stackalloc byte[IPv6Length];
        bytes.Clear();
        int count = 0;
        int gap = -1;
        if (text.StartsWith("::"u8))
        {
            gap = 0;
            text = text[2..];
        }

        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = end < 0 ? text : text[..end];
            if (group.Contains((byte)'.'))
            {
                if (end >= 0 || count > IPv6Length - 4 || !TryParseIPv4(group, out uint embedded))
                {
                    return false;
                }

                BinaryPrimitives.WriteUInt32BigEndian(bytes[count..], embedded);
                count += 4;
                break;
            }

            if (group.Length is 0 or > 4 || count > IPv6Length - 2
                || !Utf8Parser.TryParse(group, out ushort value, out int used, 'x') || used != group.Length)
            {
                return false;
            }

            BinaryPrimitives.WriteUInt16BigEndian(bytes[count..], value);
            count += 2;
            if (end < 0)
            {
                break;
            }

            text = text[(end + 1)..];
            if (text is [(byte)':', ..])
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = count;
                text = text[1..];
            }
            else if (text.IsEmpty)
            {
                return false;
            }
        }

        if (gap < 0 ? count != IPv6Length : count > IPv6Length - 2)
        {
            return false;
        }

        address[..IPv6Length].Clear();
        int head = gap < 0 ? count : gap;
        bytes[..head].CopyTo(address);
        bytes[head..count].CopyTo(address[(IPv6Length - (count - head))..]);
        return true;
    }

    /// <summary>Formats 4 bytes as decimal numbers with dots.</summary>
    public static byte[] FormatIPv4(ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[15];
        int length = 0;
        for (int i = 0; i < 4; i++)
        {
            if (i > 0)
            {
                text[length++] = (byte)'.';
            }

            Utf8Formatter.TryFormat(bytes[i], text[length..], out int written);
            length += written;
        }

        return text[..length].ToArray();
    }

    /// <summary>Formats 16 bytes as eight groups, uncompressed: for programs to read.</summary>
    public static byte[] FormatIPv6(ReadOnlySpan<byte> bytes)
    {
        Span<byte> text = stackalloc byte[39];
        int length = 0;
        for (int i = 0; i < IPv6Length; i += 2)
        {
            if (i > 0)
            {
                text[length++] = (byte)':';
            }

            Utf8Formatter.TryFormat(BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]), text[length..], out int written, 'x');
            length += written;
        }

        return text[..length].ToArray();
    }

    private static bool TryParseNumbers(ReadOnlySpan<byte> text, out uint value, out int count)
    {
        value = 0;
        for (count = 1; count <= 4; count++)
        {
            if (text.IsEmpty || text[0] == '+' || !Utf8Parser.TryParse(text, out byte number, out int used))
            {
                return false;
            }

            if (used > 1 && text[0] == '0')
            {
                return false; // inet_pton(3) accepts neither octal nor anything that looks like it
            }

            value = (value << 8) | number;
            text = text[used..];
            if (text.IsEmpty)
            {
                return true;
            }

            if (text[0] != '.')
            {
                return false;
            }

            text = text[1..];
        }

        return false;
    }
}

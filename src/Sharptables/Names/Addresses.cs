using System;
using System.Buffers.Binary;
using System.Numerics;
using Sharptables.Text;

namespace Sharptables.Names;

/// <summary>Reads and writes addresses and masks. 4 bytes are IPv4, 16 are IPv6, in network byte order.</summary>
internal static class Addresses
{
    /// <summary>Reads a numeric address, as iptables does: what is missing on the right of an IPv4 address is zero.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, Span<byte> address) =>
        address.Length == 4 ? TryReadIPv4(text, address) : AddressText.TryParseIPv6(text, address);

    /// <summary>Reads a mask: a prefix length, or the mask written as an address.</summary>
    public static bool TryReadMask(ReadOnlySpan<byte> text, Span<byte> mask)
    {
        if (Numerals.TryRead(text, 0, (ulong)mask.Length * 8, out ulong prefix))
        {
            SetPrefix(mask, (int)prefix);
            return true;
        }

        if (mask.Length == 16)
        {
            return AddressText.TryParseIPv6(text, mask);
        }

        return text.Count((byte)'.') == 3 && TryReadIPv4(text, mask);
    }

    /// <summary>Sets the first <paramref name="prefix"/> bits and clears the rest.</summary>
    public static void SetPrefix(Span<byte> mask, int prefix)
    {
        for (int i = 0; i < mask.Length; i++)
        {
            int bits = Math.Clamp(prefix - (8 * i), 0, 8);
            mask[i] = (byte)(0xff00 >> bits);
        }
    }

    /// <summary>The prefix length of a mask; -1 when its ones are not contiguous.</summary>
    public static int PrefixLength(ReadOnlySpan<byte> mask)
    {
        int prefix = 0;
        bool ended = false;
        for (; !mask.IsEmpty; mask = mask[sizeof(uint)..])
        {
            uint bits = BinaryPrimitives.ReadUInt32BigEndian(mask);
            int ones = BitOperations.LeadingZeroCount(~bits);
            if ((ones < 32 && bits << ones != 0) || (ended && bits != 0))
            {
                return -1;
            }

            ended |= ones < 32;
            prefix += ones;
        }

        return prefix;
    }

    public static bool IsZero(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    public static void Write(Output output, ReadOnlySpan<byte> address)
    {
        if (address.Length == 4)
        {
            WriteIPv4(output, address);
        }
        else
        {
            WriteIPv6(output, address);
        }
    }

    /// <summary>Writes a mask after an address: nothing if it is full, <c>/24</c>, or <c>/255.0.255.0</c>.</summary>
    public static void WriteMask(Output output, ReadOnlySpan<byte> mask, bool evenIfFull = false)
    {
        int prefix = PrefixLength(mask);
        if (prefix == mask.Length * 8 && !evenIfFull)
        {
            return;
        }

        output.Write((byte)'/');
        if (prefix >= 0)
        {
            output.WriteNumber((ulong)prefix);
        }
        else
        {
            Write(output, mask);
        }
    }

    private static void WriteIPv4(Output output, ReadOnlySpan<byte> address)
    {
        Span<byte> text = stackalloc byte[16];
        int length = 0;
        foreach (byte part in address)
        {
            if (part >= 100)
            {
                text[length++] = (byte)('0' + (part / 100));
            }

            if (part >= 10)
            {
                text[length++] = (byte)('0' + (part / 10 % 10));
            }

            text[length++] = (byte)('0' + (part % 10));
            text[length++] = (byte)'.';
        }

        output.Write(text[..(length - 1)]);
    }

    /// <summary>Writes IPv6 as RFC 5952 and the C library do: the longest run of two or more zero groups becomes <c>::</c>.</summary>
    private static void WriteIPv6(Output output, ReadOnlySpan<byte> address)
    {
        int bestStart = -1, bestLength = 1, start = -1;
        for (int group = 0; group <= 8; group++)
        {
            bool isZero = group < 8 && address[2 * group] == 0 && address[(2 * group) + 1] == 0;
            if (isZero && start < 0)
            {
                start = group;
            }
            else if (!isZero && start >= 0)
            {
                if (group - start > bestLength)
                {
                    (bestStart, bestLength) = (start, group - start);
                }

                start = -1;
            }
        }

        for (int group = 0; group < 8; group++)
        {
            if (group == bestStart)
            {
                output.Write("::"u8);
                group += bestLength - 1;
                continue;
            }

            if (group > 0 && group != bestStart + bestLength)
            {
                output.Write((byte)':');
            }
            else if (group > 0 && bestStart < 0)
            {
                output.Write((byte)':');
            }

            // RFC 4291, 2.5.5: the last 32 bits of a mapped or compatible address are written as IPv4.
            if (group == 6 && bestStart == 0 && (bestLength == 6 || (bestLength == 5 && address[10] == 0xff && address[11] == 0xff)))
            {
                Write(output, address[12..]);
                return;
            }

            output.WriteHexDigits(BinaryPrimitives.ReadUInt16BigEndian(address[(2 * group)..]), minimum: 1);
        }
    }

    /// <summary>The usual form: four decimal numbers.</summary>
    internal static bool TryReadPlainIPv4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        int part = 0;
        uint number = 0;
        int digits = 0;
        foreach (byte c in text)
        {
            if ((uint)(c - '0') <= 9)
            {
                number = (number * 10) + (uint)(c - '0');
                if (++digits > 3 || (digits > 1 && number < 10))
                {
                    return false; // too large, or octal
                }
            }
            else if (c == '.' && digits > 0 && number <= 255 && part < 3)
            {
                address[part++] = (byte)number;
                number = 0;
                digits = 0;
            }
            else
            {
                return false;
            }
        }

        address[part] = (byte)number;
        return part == 3 && digits > 0 && number <= 255;
    }

    /// <summary>One to four numbers in any base of C; a single number from 256 on is the whole address.</summary>
    private static bool TryReadIPv4(ReadOnlySpan<byte> text, Span<byte> address)
    {
        if (TryReadPlainIPv4(text, address))
        {
            return true;
        }

        address.Clear();
        for (int part = 0; part < 4; part++)
        {
            if (text.IsEmpty || text[0] is not ((>= (byte)'0' and <= (byte)'9') or (byte)'+') || !Numerals.TryReadPrefix(text, out ulong number, out text))
            {
                return false;
            }

            if (text.IsEmpty && part == 0 && number is > 255 and <= uint.MaxValue)
            {
                BinaryPrimitives.WriteUInt32BigEndian(address, (uint)number);
                return true;
            }

            if (number > 255)
            {
                return false;
            }

            address[part] = (byte)number;
            if (text.IsEmpty)
            {
                return true;
            }

            if (text[0] != '.' || part == 3)
            {
                return false;
            }

            text = text[1..];
        }

        return false;
    }
}

using System;
using System.Buffers.Binary;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>
/// Addresses of hosts in the options of extensions: read as the C library does, written with names in listings. 4 bytes are IPv4, 16 are
/// IPv6, in network byte order.
/// </summary>
internal static class InetAddressText
{
    /// <summary>Reads a numeric address: IPv4 as inet_aton(3) does (also <c>10.1</c>, <c>0x7f000001</c>), or IPv6.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> address)
    {
        if (address.Length != 4)
        {
            return AddressText.TryParseIPv6(text, address);
        }

        uint value = 0;
        for (int part = 0; part < 4; part++)
        {
            if (text.IsEmpty || text[0] is < (byte)'0' or > (byte)'9' || !Numerals.TryReadPrefix(text, out ulong number, out text))
            {
                return false;
            }

            if (text.IsEmpty)
            {
                if (number > uint.MaxValue >> (8 * part))
                {
                    return false;
                }

                BinaryPrimitives.WriteUInt32BigEndian(address, value | (uint)number);
                return true;
            }

            if (text[0] != '.' || number > byte.MaxValue)
            {
                return false;
            }

            value |= (uint)number << (24 - (8 * part));
            text = text[1..];
        }

        return false;
    }

    /// <summary>Reads a numeric address, or else looks up a host and takes its first address.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static void Resolve(ReadOnlySpan<byte> text, Span<byte> address, INames names)
    {
        if (TryParse(text, address))
        {
            bool isLinkLocal = address[0] == 0xfe && (address[1] & 0xc0) == 0x80; // RFC 4007: only there does a named zone have a meaning
            if (isLinkLocal || !text.Contains((byte)'%'))
            {
                return;
            }

            throw new UsageException("getaddrinfo: Name or service not known\n");
        }

        Span<byte> other = stackalloc byte[address.Length == 4 ? InetAddress.Size : 4];
        if (TryParse(text, other))
        {
            throw new UsageException("getaddrinfo: Address family for hostname not supported\n");
        }

        ReadOnlySpan<byte> found = names.FindAddresses(text, address.Length);
        if (found.IsEmpty)
        {
            throw new UsageException("getaddrinfo: Name or service not known\n") { Hint = names.Gap(null) ?? $"There is no host \"{MessageText.Of(text)}\"." };
        }

        found[..address.Length].CopyTo(address);
    }

    /// <summary>
    /// Writes an address in a listing: the name of the host or network, or the numbers; <c>anywhere</c> if it is all zero.
    /// </summary>
    /// <returns>Whether it was <c>anywhere</c>, which no mask follows.</returns>
    public static bool WriteName(ReadOnlySpan<byte> address, Output output, INames names)
    {
        if (address.IndexOfAnyExcept((byte)0) < 0)
        {
            output.Write("anywhere"u8);
            return true;
        }

        AddressNames.Write(output, address, names);
        return false;
    }
}

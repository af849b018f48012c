using System;
using System.Collections.Generic;
using System.Text;

namespace Sharptables.Names;

/// <summary>
/// The names in /etc/hosts (hosts(5)), as the C library finds them there. For IPv4, <c>::1</c> is 127.0.0.1, and
/// <c>::ffff:192.0.2.1</c> is 192.0.2.1.
/// </summary>
/// <param name="text">The contents of the file.</param>
internal sealed class HostsFile(byte[] text)
{
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    private Dictionary<UInt128, Range>? _names4;
    private Dictionary<UInt128, Range>? _names6;

    private static ReadOnlySpan<byte> IPv4Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    private static ReadOnlySpan<byte> Loopback => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    /// <summary>The addresses of a host, one from each of its lines.</summary>
    /// <param name="name">Its name or an alias, in any case.</param>
    /// <param name="size">4 for IPv4, 16 for IPv6.</param>
    /// <returns>The addresses, one after the other.</returns>
    public byte[] FindAddresses(ReadOnlySpan<byte> name, int size)
    {
        List<byte> found = [];
        Span<byte> address = stackalloc byte[IPv6Length];
        NameLines lines = new(text);
        while (lines.NextLine())
        {
            ReadOnlySpan<byte> written = text.AsSpan(lines.NextField());
            while (text.AsSpan(lines.NextField()) is { IsEmpty: false } other)
            {
                if (Ascii.EqualsIgnoreCase(other, name))
                {
                    if (TryRead(written, address[..size]))
                    {
                        found.AddRange(address[..size]);
                    }

                    break;
                }
            }
        }

        return [.. found];
    }

    /// <summary>The first name of an address of 4 or 16 bytes; empty when there is none.</summary>
    public ReadOnlySpan<byte> FindName(ReadOnlySpan<byte> address)
    {
        ref Dictionary<UInt128, Range>? names = ref address.Length == IPv4Length ? ref _names4 : ref _names6;
        names ??= ReadNames(address.Length);
        return names.TryGetValue(Hosts.KeyOf(address), out Range name) ? text.AsSpan(name) : default;
    }

    private Dictionary<UInt128, Range> ReadNames(int size)
    {
        Dictionary<UInt128, Range> names = [];
        Span<byte> address = stackalloc byte[IPv6Length];
        NameLines lines = new(text);
        while (lines.NextLine())
        {
            ReadOnlySpan<byte> written = text.AsSpan(lines.NextField());
            Range name = lines.NextField();
            if (!text.AsSpan(name).IsEmpty && TryRead(written, address[..size]))
            {
                names.TryAdd(Hosts.KeyOf(address[..size]), name);
            }
        }

        return names;
    }

    private static bool TryRead(ReadOnlySpan<byte> written, Span<byte> address)
    {
        if (address.Length == IPv6Length)
        {
            return !written.Contains((byte)'%') && AddressText.TryParseIPv6(written, address);
        }

        if (AddressText.TryParseIPv4(written, address))
        {
            return true;
        }

        Span<byte> wide = stackalloc byte[IPv6Length];
        if (written.Contains((byte)'%') || !AddressText.TryParseIPv6(written, wide))
        {
            return false;
        }

        ReadOnlySpan<byte> localhost = [127, 0, 0, 1];
        (wide.SequenceEqual(Loopback) ? localhost : wide[^IPv4Length..]).CopyTo(address);
        return wide.SequenceEqual(Loopback) || wide.StartsWith(IPv4Mapped);
    }
}

using System;
using System.Collections.Generic;
using System.Text;

namespace Sharptables.Names;

/// <summary>
/// The names of /etc/hosts (hosts(5)), as the C library finds them there. To IPv4, <c>::1</c> is 127.0.0.1, and
/// <c>::ffff:192.0.2.1</c> is 192.0.2.1.
/// </summary>
/// <param name="text">The file.</param>
internal sealed class HostsFile(byte[] text)
{
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    private Dictionary<UInt128, Range>? _names4;
    private Dictionary<UInt128, Range>? _names6;

    private static ReadOnlySpan<byte> IPv4Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    private static ReadOnlySpan<byte> Loopback => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    /// <summary>The addresses of a host, one for each of its lines.</summary>
    /// <param name="name">Its name or an alias, in capitals or not.</param>
    /// <param name="size">4 for IPv4, 16 for IPv6.</param>
    /// <returns>Their bytes, one address behind the other.</returns>
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

    /// <summary>The name of the host that has an address: that of its first line. Empty when it has none.</summary>
    /// <param name="address">The 4 bytes of an IPv4 address or the 16 of an IPv6 one.</param>
    public ReadOnlySpan<byte> FindName(ReadOnlySpan<byte> address)
    {
        ref Dictionary<UInt128, Range>? names = ref address.Length == IPv4Length ? ref _names4 : ref _names6;
        names ??= ReadNames(address.Length);
        return names.TryGetValue(Hosts.KeyOf(address), out Range name) ? text.AsSpan(name) : default;
    }

    /// <summary>All names of one family.</summary>
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

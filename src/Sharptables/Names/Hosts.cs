using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Sharptables.Names;

/// <summary>
/// The names of hosts, which only the system can resolve: /etc/hosts, DNS, and whatever else it is set up to ask. Addresses are
/// as they stand in a packet. Try the numeric form of an address before asking here.
/// </summary>
public static class Hosts
{
    private const int IPv6Length = 16;

    private static readonly Lock s_lock = new();
    private static readonly List<(byte[] Name, uint[] Addresses)> s_addresses4 = [];
    private static readonly List<(byte[] Name, byte[] Addresses)> s_addresses6 = [];
    private static readonly List<(byte[] Address, byte[] Name)> s_names = [];

    private static ReadOnlySpan<byte> IPv4Mapped => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    /// <summary>
    /// The IPv4 addresses of a host, in the order the system gives them, and as often: once for each entry of /etc/hosts.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <returns>The addresses, in network byte order; empty when there is none.</returns>
    public static ReadOnlySpan<uint> FindIPv4(ReadOnlySpan<byte> name)
    {
        lock (s_lock)
        {
            if (Find(s_addresses4, name) is { } known)
            {
                return known;
            }

            uint[] addresses = ParseIPv4(Ask("ahostsv4"u8, name));
            s_addresses4.Add((name.ToArray(), addresses));
            return addresses;
        }
    }

    /// <summary>
    /// The IPv6 addresses of a host, in the order the system gives them, and as often: once for each entry of /etc/hosts.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <returns>The addresses, 16 bytes each; empty when there is none.</returns>
    public static ReadOnlySpan<byte> FindIPv6(ReadOnlySpan<byte> name)
    {
        lock (s_lock)
        {
            if (Find(s_addresses6, name) is { } known)
            {
                return known;
            }

            byte[] addresses = ParseIPv6(Ask("ahostsv6"u8, name));
            s_addresses6.Add((name.ToArray(), addresses));
            return addresses;
        }
    }

    /// <summary>The name of the host that has an IPv4 address.</summary>
    /// <param name="address">The address, in network byte order.</param>
    /// <param name="name">The name; empty when there is none.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetName(uint address, out ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<uint> one = [address];
        return TryGetName(MemoryMarshal.AsBytes(one), out name);
    }

    /// <summary>The name of the host that has an address.</summary>
    /// <param name="address">The 4 bytes of an IPv4 address or the 16 of an IPv6 one.</param>
    /// <param name="name">The name; empty when there is none.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetName(scoped ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name)
    {
        lock (s_lock)
        {
            byte[]? known = Find(s_names, address);
            if (known is null)
            {
                byte[] key = address.Length == 4 ? AddressText.FormatIPv4(address) : AddressText.FormatIPv6(address);
                known = ParseName(NameServiceSwitch.Ask("--"u8.ToArray(), "hosts"u8.ToArray(), key));
                s_names.Add((address.ToArray(), known));
            }

            name = known;
            return known.Length > 0;
        }
    }

    /// <summary>Reads what <c>getent ahostsv4</c> says: an address, a kind of socket, perhaps a name, for each kind again.</summary>
    internal static uint[] ParseIPv4(ReadOnlySpan<byte> answer)
    {
        List<uint> addresses = [];
        NameLines lines = new(answer);
        while (lines.NextLine())
        {
            if (AddressText.TryParseIPv4(answer[lines.NextField()], out uint address) && IsForStreams(answer[lines.NextField()]))
            {
                addresses.Add(BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(address) : address);
            }
        }

        return [.. addresses];
    }

    /// <summary>
    /// Reads what <c>getent ahostsv6</c> says; leaves out the IPv4 addresses that it writes as IPv6 ones (::ffff:1.2.3.4).
    /// </summary>
    internal static byte[] ParseIPv6(ReadOnlySpan<byte> answer)
    {
        List<byte> addresses = [];
        Span<byte> address = stackalloc byte[IPv6Length];
        NameLines lines = new(answer);
        while (lines.NextLine())
        {
            if (AddressText.TryParseIPv6(answer[lines.NextField()], address) && !address.StartsWith(IPv4Mapped) && IsForStreams(answer[lines.NextField()]))
            {
                addresses.AddRange(address);
            }
        }

        return [.. addresses];
    }

    /// <summary>Whether a line stands for one kind of socket out of those that each address is written for.</summary>
    private static bool IsForStreams(ReadOnlySpan<byte> kind) => kind.SequenceEqual("STREAM"u8);

    /// <summary>Reads what <c>getent hosts ADDRESS</c> says: the address, the name, aliases.</summary>
    internal static byte[] ParseName(ReadOnlySpan<byte> answer)
    {
        NameLines lines = new(answer);
        if (!lines.NextLine())
        {
            return [];
        }

        lines.NextField();
        return answer[lines.NextField()].ToArray();
    }

    private static T? Find<T>(List<(byte[] Key, T Value)> known, ReadOnlySpan<byte> key)
        where T : class
    {
        foreach ((byte[] candidate, T value) in known)
        {
            if (key.SequenceEqual(candidate))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>
    /// Asks for the addresses of a name. Those of a family that no interface has an address of are wanted too: the option for
    /// that is younger than getent itself, so the question is put again without it.
    /// </summary>
    private static byte[]? Ask(ReadOnlySpan<byte> database, ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.IndexOfAnyInRange((byte)0, (byte)' ') >= 0)
        {
            return null;
        }

        byte[] key = name.ToArray();
        return NameServiceSwitch.Ask("-A"u8.ToArray(), "--"u8.ToArray(), database.ToArray(), key)
            ?? NameServiceSwitch.Ask("--"u8.ToArray(), database.ToArray(), key);
    }
}

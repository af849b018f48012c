using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using System.Threading;

namespace Sharptables.Names;

/// <summary>
/// The names of hosts: from /etc/hosts, and through the system's C library from DNS and whatever else is configured. Each is looked up
/// once. Addresses are in network byte order. Try an address's numeric form before asking here.
/// </summary>
internal static class Hosts
{
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    /// <summary>
    /// Milliseconds from which on an answer must have come from another machine, so that asking again would take as long.
    /// </summary>
    private const int Asked = 1000;

    private static readonly Lock s_lock = new();
    private static readonly Dictionary<string, byte[]> s_addresses4 = [];
    private static readonly Dictionary<string, byte[]> s_addresses6 = [];
    private static readonly Dictionary<UInt128, byte[]> s_names = [];
    private static HostsFile? s_file;
    private static Action? s_rehearsal;
    private static HashSet<UInt128>? s_wanted;

    /// <summary>Why a host may not have been found: a source that could not be asked. Null when all were.</summary>
    public static string? Gap => NameServiceSwitch.Gap("hosts"u8, Path);

    internal static bool IsRehearsing => s_wanted is not null;

    private static ReadOnlySpan<byte> Path => "/etc/hosts"u8;

    private static HostsFile File => s_file ??= new HostsFile(SystemFile.Read(Path) ?? []);

    /// <summary>
    /// Sets how to learn in advance which names will be asked for, so that they are looked up together, in parallel.
    /// </summary>
    /// <param name="all">
    /// Asks for the name of every address and has no other effect; called only if the system must be asked for one.
    /// </param>
    public static void Rehearse(Action? all) => s_rehearsal = all;

    /// <summary>The addresses of a host in the system's order; one for each entry of /etc/hosts, repetitions included.</summary>
    /// <param name="name">The name of the host.</param>
    /// <param name="size">4 for IPv4 addresses, 16 for IPv6.</param>
    /// <returns>The addresses, one after the other; empty when there is none.</returns>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name, int size) => Find(size == IPv4Length ? s_addresses4 : s_addresses6, name, size);

    /// <summary>The name of the host with an address.</summary>
    /// <param name="address">4 or 16 bytes.</param>
    /// <param name="name">The name; empty when there is none.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetName(scoped ReadOnlySpan<byte> address, out ReadOnlySpan<byte> name)
    {
        lock (s_lock)
        {
            UInt128 key = KeyOf(address);
            if (!s_names.TryGetValue(key, out byte[]? known))
            {
                known = LookUp(address, key);
            }

            name = known;
            return known.Length > 0;
        }
    }

    /// <summary>An address as a number; an IPv4 address as <c>::ffff:192.0.2.1</c>.</summary>
    internal static UInt128 KeyOf(ReadOnlySpan<byte> address) =>
        address.Length == IPv4Length
            ? new UInt128(0, 0xffff_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(address))
            : BinaryPrimitives.ReadUInt128BigEndian(address);

    /// <summary>Whether an address (<see cref="KeyOf"/>) is looked up as IPv4: <c>::ffff:192.0.2.1</c>, <c>::192.0.2.1</c>.</summary>
    internal static bool IsIPv4(UInt128 key) => key >> 32 == 0xffff || (key >> 32 == 0 && key > 1);

    /// <summary>
    /// Reads the addresses of one family in getent's answer: <c>hosts</c> prints an address and names; <c>ahostsv4</c> an address, a type
    /// of socket and perhaps a name, once for each type; <c>ahostsv6</c> also IPv4 addresses as IPv6 ones (::ffff:1.2.3.4).
    /// </summary>
    internal static byte[] ParseAddresses(ReadOnlySpan<byte> answer, int size)
    {
        List<byte> addresses = [];
        Span<byte> address = stackalloc byte[IPv6Length];
        address = address[..size];
        NameLines lines = new(answer);
        while (lines.NextLine())
        {
            ReadOnlySpan<byte> written = answer[lines.NextField()];
            ReadOnlySpan<byte> kind = answer[lines.NextField()];
            bool isWanted = size == IPv4Length
                ? AddressText.TryParseIPv4(written, address)
                : AddressText.TryParseIPv6(written, address) && !written.StartsWith("::ffff:"u8);
            if (isWanted && !kind.SequenceEqual("DGRAM"u8) && !kind.SequenceEqual("RAW"u8))
            {
                addresses.AddRange(address);
            }
        }

        return [.. addresses];
    }

    /// <summary>Reads the output of <c>getent hosts ADDRESS…</c>: lines of an address, its name, aliases.</summary>
    internal static void ParseNames(ReadOnlySpan<byte> answer, Dictionary<UInt128, byte[]> names)
    {
        Span<byte> address = stackalloc byte[IPv6Length];
        NameLines lines = new(answer);
        while (lines.NextLine())
        {
            ReadOnlySpan<byte> written = answer[lines.NextField()];
            ReadOnlySpan<byte> name = answer[lines.NextField()];
            if (AddressText.TryParseIPv4(written, address[..IPv4Length]))
            {
                names.TryAdd(KeyOf(address[..IPv4Length]), name.ToArray());
            }
            else if (AddressText.TryParseIPv6(written, address))
            {
                names.TryAdd(KeyOf(address), name.ToArray());
            }
        }
    }

    private static byte[] Find(Dictionary<string, byte[]> known, ReadOnlySpan<byte> name, int size)
    {
        if (AddressText.IsNumeric(name))
        {
            byte[] address = new byte[size];
            return size == IPv4Length && AddressText.TryParseLoose(name, address) ? address : []; // no name of a host, as getaddrinfo(3) has it
        }

        lock (s_lock)
        {
            string key = Encoding.Latin1.GetString(name);
            if (!known.TryGetValue(key, out byte[]? addresses))
            {
                known[key] = addresses = Getent.CanAsk(name) ? LookUp(name, size) : [];
            }

            return addresses;
        }
    }

    /// <summary>
    /// /etc/hosts before or after the other sources. Of several addresses there, the system decides which comes first (RFC 6724).
    /// </summary>
    private static byte[] LookUp(ReadOnlySpan<byte> name, int size)
    {
        NameSources sources = NameServiceSwitch.Of("hosts"u8);
        byte[] inFile = (sources & NameSources.File) != 0 ? File.FindAddresses(name, size) : [];
        bool isFirst = inFile.Length > 0 && (sources & NameSources.FileFirst) != 0;
        if (isFirst ? !AreSeveral(inFile, size) : (sources & NameSources.Others) == 0)
        {
            return inFile;
        }

        byte[] answer = Ask(name, size);
        return isFirst && answer.Length != inFile.Length ? inFile : answer.Length > 0 ? answer : inFile;
    }

    private static bool AreSeveral(ReadOnlySpan<byte> addresses, int size)
    {
        ReadOnlySpan<byte> first = addresses[..size];
        while (!addresses.IsEmpty && addresses.StartsWith(first))
        {
            addresses = addresses[size..];
        }

        return !addresses.IsEmpty;
    }

    /// <summary>
    /// Asks the system for the addresses of a name. <c>ahostsv4</c> and <c>ahostsv6</c> order several addresses correctly, but not every
    /// getent knows them, and they find nothing while only lo has an address of the family. <c>hosts</c> has no such limits, but for a
    /// name with IPv6 addresses it gives only those, unless DNS is not asked for them (glibc 2.36).
    /// </summary>
    private static byte[] Ask(ReadOnlySpan<byte> name, int size)
    {
        long start = Environment.TickCount64;
        byte[] addresses = ParseAddresses(Getent.Ask(size == IPv4Length ? "ahostsv4"u8 : "ahostsv6"u8, name), size);
        return addresses.Length == 0 && Environment.TickCount64 - start < Asked
            ? ParseAddresses(Getent.Ask("hosts"u8, name, size == IPv4Length ? "no-aaaa"u8 : default), size)
            : addresses;
    }

    private static byte[] LookUp(ReadOnlySpan<byte> address, UInt128 key)
    {
        NameSources sources = NameServiceSwitch.Of("hosts"u8);
        ReadOnlySpan<byte> inFile = InFile(sources, address);
        if ((sources & NameSources.Others) == 0 || (!inFile.IsEmpty && (sources & NameSources.FileFirst) != 0))
        {
            return s_names[key] = inFile.ToArray();
        }

        if (s_wanted is not null)
        {
            s_wanted.Add(key);
            return [];
        }

        s_wanted = [key];
        s_rehearsal?.Invoke();
        s_rehearsal = null;
        HashSet<UInt128> wanted = s_wanted;
        s_wanted = null;
        AskNames(wanted, address.Length, sources);
        return s_names[key];
    }

    private static ReadOnlySpan<byte> InFile(NameSources sources, ReadOnlySpan<byte> address) =>
        (sources & NameSources.File) != 0 ? File.FindName(address) : default;

    private static void AskNames(HashSet<UInt128> wanted, int size, NameSources sources)
    {
        List<byte[]> keys = new(wanted.Count);
        Span<byte> bytes = stackalloc byte[IPv6Length];
        ReadOnlySpan<byte> address = bytes[^size..];
        Dictionary<UInt128, byte[]> inDns = [];
        if ((sources & NameSources.OnlyDns) != 0)
        {
            ReverseDns.Ask(wanted, inDns);
        }

        foreach (UInt128 key in wanted)
        {
            if (inDns.TryGetValue(key, out byte[]? name))
            {
                if (name.Length > 0)
                {
                    s_names[key] = name;
                }

                continue;
            }

            BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
            keys.Add(size == IPv4Length ? AddressText.FormatIPv4(address) : AddressText.FormatIPv6(address));
        }

        Getent.AskAll("hosts"u8, keys, static answer => ParseNames(answer, s_names));
        List<uint> nameless = [];
        foreach (UInt128 key in wanted)
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, key);
            byte[]? name = IsIPv4(key) ? s_names.GetValueOrDefault(KeyOf(bytes[^IPv4Length..])) : null;
            if (s_names.TryAdd(key, name ?? InFile(sources, address).ToArray()) && s_names[key].Length == 0)
            {
                nameless.Add((uint)key);
            }
        }

        if (size == IPv4Length)
        {
            SystemNames.Networks.Foresee(nameless);
        }
    }
}

using System;
using System.Text;

namespace Sharptables.Names;

/// <summary>The names of protocols: a few of iptables' own, which need no file, and the machine's.</summary>
internal static class Protocols
{
    /// <summary>iptables' own names; the first one of a number is shown.</summary>
    private static readonly (string Name, byte Number)[] s_own =
    [
        ("tcp", 6), ("udp", 17), ("udplite", 136), ("icmp", 1), ("ipv6-icmp", 58), ("icmpv6", 58), ("esp", 50), ("ah", 51), ("sctp", 132),
        ("mobility-header", 135), ("mh", 135), ("ipv6-mh", 135), ("all", 0),
    ];

    public static string[] OwnNames() => Array.ConvertAll(s_own, static known => known.Name);

    /// <summary>The entry for one of iptables' own names, in any case, or null.</summary>
    public static (string Name, byte Number)? FindOwn(ReadOnlySpan<byte> name)
    {
        foreach ((string Name, byte Number) known in s_own)
        {
            if (Ascii.EqualsIgnoreCase(name, known.Name))
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>iptables' own name for a number, or null.</summary>
    public static string? OwnName(uint number)
    {
        foreach ((string name, byte known) in s_own)
        {
            if (known == number)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The number of a protocol, 0 to 255.</summary>
    /// <param name="name">The name; iptables' own are in lower case.</param>
    /// <param name="names">The machine's names.</param>
    /// <param name="number">The number.</param>
    public static bool TryGetNumber(ReadOnlySpan<byte> name, INames names, out uint number)
    {
        if (FindOwn(name) is { } own && Ascii.Equals(name, own.Name))
        {
            number = own.Number;
            return true;
        }

        return names.TryGetNumber(NameKind.Protocol, name, out number) && number <= byte.MaxValue;
    }

    /// <summary>The name of a protocol; false when it has none.</summary>
    public static bool TryGetName(uint number, INames names, out ReadOnlySpan<byte> name)
    {
        name = number switch
        {
            6 => "tcp"u8, // the protocol of nearly every port in a ruleset
            17 => "udp"u8,
            _ => OwnName(number) is { } own ? Encoding.ASCII.GetBytes(own) : default,
        };
        return !name.IsEmpty || (number <= byte.MaxValue && names.TryGetName(NameKind.Protocol, number, out name));
    }
}

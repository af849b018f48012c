using System;

namespace Sharptables.Names;

/// <summary>The names of the protocols above IP. Those that have a match of their own are known without asking the system.</summary>
public static class Protocols
{
    private static readonly ProtocolDatabase s_database = new();

    /// <summary>The number of a protocol.</summary>
    /// <param name="name">Its name in lower case, or an alias from /etc/protocols as written there; <c>all</c> is 0.</param>
    /// <param name="number">Its number, 0 to 255.</param>
    /// <returns>Whether there is such a protocol.</returns>
    public static bool TryGetNumber(ReadOnlySpan<byte> name, out int number)
    {
        number = name switch
        {
            _ when name.SequenceEqual("tcp"u8) => 6,
            _ when name.SequenceEqual("udp"u8) => 17,
            _ when name.SequenceEqual("icmp"u8) => 1,
            _ when name.SequenceEqual("all"u8) => 0,
            _ when name.SequenceEqual("ipv6-icmp"u8) || name.SequenceEqual("icmpv6"u8) => 58,
            _ when name.SequenceEqual("sctp"u8) => 132,
            _ when name.SequenceEqual("udplite"u8) => 136,
            _ when name.SequenceEqual("esp"u8) => 50,
            _ when name.SequenceEqual("ah"u8) => 51,
            _ when name.SequenceEqual("mobility-header"u8) || name.SequenceEqual("ipv6-mh"u8) || name.SequenceEqual("mh"u8) => 135,
            _ => -1,
        };
        if (number < 0 && s_database.FindNumber(name) is { } found and <= 255)
        {
            number = (int)found;
        }

        return number >= 0;
    }

    /// <summary>The number that /etc/protocols has for a name or alias, as written there, and nothing that is known without it.</summary>
    public static bool TryGetListedNumber(ReadOnlySpan<byte> name, out int number)
    {
        number = s_database.FindNumber(name) is { } found and <= 255 ? (int)found : -1;
        return number >= 0;
    }

    /// <summary>The name of a protocol.</summary>
    /// <param name="number">Its number, 0 to 255; 0 is <c>all</c>.</param>
    /// <param name="name">Its name; empty when it has none.</param>
    /// <returns>Whether it has a name.</returns>
    public static bool TryGetName(int number, out ReadOnlySpan<byte> name)
    {
        name = number switch
        {
            0 => "all"u8,
            1 => "icmp"u8,
            6 => "tcp"u8,
            17 => "udp"u8,
            50 => "esp"u8,
            51 => "ah"u8,
            58 => "ipv6-icmp"u8,
            132 => "sctp"u8,
            135 => "mobility-header"u8,
            136 => "udplite"u8,
            < 0 or > 255 => default,
            _ => s_database.FindName((uint)number),
        };
        return !name.IsEmpty;
    }
}

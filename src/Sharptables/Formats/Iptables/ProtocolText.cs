using System;
using System.Text;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>How the protocol of a rule is written.</summary>
public static class ProtocolText
{
    /// <summary>The names that need no file: the first for a number is the one that is shown.</summary>
    private static readonly (string Name, ushort Number)[] s_names =
    [
        ("tcp", 6), ("udp", 17), ("udplite", 136), ("icmp", 1), ("ipv6-icmp", 58), ("icmpv6", 58), ("esp", 50), ("ah", 51), ("sctp", 132),
        ("mobility-header", 135), ("mh", 135), ("ipv6-mh", 135), ("all", 0),
    ];

    /// <summary>The names that are known without asking the system.</summary>
    public static string[] OwnNames() => Array.ConvertAll(s_names, static known => known.Name);

    /// <summary>Reads a protocol, and gives the name of the match that its options belong to.</summary>
    public static ushort Read(ReadOnlySpan<byte> word, out string? match)
    {
        if (word is not [>= (byte)'a', ..] && Numerals.TryRead(word, 0, 255, out ulong number))
        {
            match = NameOf((ushort)number);
            return (ushort)number;
        }

        foreach ((string name, ushort known) in s_names)
        {
            if (Ascii.EqualsIgnoreCase(word, name))
            {
                match = known == 0 ? null : name;
                return known;
            }
        }

        string lower = MessageText.Of(word).ToLowerInvariant();
        if (!Protocols.TryGetNumber(Encoding.UTF8.GetBytes(lower), out int found))
        {
            throw new UsageException($"unknown protocol \"{lower}\" specified");
        }

        match = lower;
        return (ushort)found;
    }

    /// <summary>Writes a protocol by name where it has one.</summary>
    public static void WriteName(ushort number, Output output)
    {
        if (!WriteOwnName(number, output))
        {
            if (Protocols.TryGetName(number, out ReadOnlySpan<byte> name))
            {
                output.Write(name);
            }
            else
            {
                output.WriteNumber((ulong)number);
            }
        }
    }

    /// <summary>Writes a protocol by name where it needs no file, else as a number.</summary>
    public static void WriteShortName(ushort number, Output output)
    {
        if (!WriteOwnName(number, output))
        {
            output.WriteNumber((ulong)number);
        }
    }

    private static bool WriteOwnName(ushort number, Output output)
    {
        foreach ((string name, ushort known) in s_names)
        {
            if (known == number)
            {
                output.Write(name);
                return true;
            }
        }

        return false;
    }

    private static string? NameOf(ushort number)
    {
        Output text = new(descriptor: -1);
        WriteName(number, text);
        return number == 0 ? null : MessageText.Of(text.Written);
    }
}

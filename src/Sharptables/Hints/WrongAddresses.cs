using System;
using System.Text;
using Sharptables.Names;

namespace Sharptables.Hints;

/// <summary>Addresses and networks that cannot be read.</summary>
internal static class WrongAddresses
{
    public static Hint? See(Sight sight) => !sight.IsUnread || sight.Option is null || sight.Value.Length == 0 ? null
        : IsAddress(sight) ? Head(sight) ?? OtherFamily(sight) ?? Octets(sight)
        : sight.Option.Name is "src-range" or "dst-range" ? Range(sight)
        : null;

    private static bool IsAddress(Sight sight) => sight.Says("host/network `") || sight.Says("Bad IP address ") || sight.Says("Invalid address") || sight.Says("invalid mask `")
        || sight.Message.Contains("parsing addresses", StringComparison.Ordinal);

    /// <summary>What is said of a source or destination of a rule's head</summary>
    private static Hint? Head(Sight sight)
    {
        string value = sight.Value;
        if (sight.Option!.Name is not ("source" or "destination"))
        {
            return null;
        }

        bool isSource = sight.Option.Name == "source";
        if (value.Split('-') is [var from, var to] && IsIPv4(from))
        {
            string last = !IsIPv4(to) ? from[..(from.LastIndexOf('.') + 1)] + to : to;
            string range = isSource ? "--src-range" : "--dst-range";
            return !IsIPv4(last) || sight.Family.HasColonsInAddresses ? null
                : new Hint($"A range of addresses is -m iprange {range}; {sight.Words[sight.OptionAt]} takes addresses and networks.", sight.InsteadOfOption("-m", "iprange", range, $"{from}-{last}"));
        }

        if (value.Split(':') is [var address, var port] && IsIPv4(address) && ushort.TryParse(port, out _) && !sight.Family.HasColonsInAddresses)
        {
            string option = isSource ? "--sport" : "--dport";
            string[] words = sight.WithValue(address);
            int protocol = sight.Find('p');
            return new Hint($"A port is asked for by an option of its own: {option} {port}, behind the protocol.",
                protocol < 0 ? [.. words[..(sight.At + 1)], "-p", "tcp", option, port, .. words[(sight.At + 1)..]]
                : protocol < sight.At ? [.. words[..(sight.At + 1)], option, port, .. words[(sight.At + 1)..]] : [.. words[..(protocol + 2)], option, port, .. words[(protocol + 2)..]]);
        }

        string[] octets = value.Split('.');
        int stars = Array.FindAll(octets, static octet => octet is "*" or "x").Length;
        if (octets.Length == 4 && stars > 0 && Array.TrueForAll(octets[^stars..], static octet => octet is "*" or "x"))
        {
            Array.Fill(octets, "0", 4 - stars, stars);
            string network = $"{string.Join('.', octets)}/{32 - (8 * stars)}";
            return new Hint($"A network is written with the number of its bits: {network}.", sight.WithValue(network));
        }

        if (value.Contains("://", StringComparison.Ordinal))
        {
            string host = value.Split("://")[1].Split('/')[0].Split(':')[0];
            return new Hint("An address or the name of a host is wanted, not a URL.", !IsIPv4(host) ? null : sight.WithValue(host));
        }

        if (IsInterface(value) && sight.Find(isSource ? 'i' : 'o') < 0)
        {
            string option = isSource ? "-i" : "-o";
            return new Hint($"The name of an interface stands behind {option}.", sight.InsteadOfOption(option, value));
        }

        return null;
    }

    /// <summary>An address of IPv6 for iptables, or the other way round</summary>
    private static Hint? OtherFamily(Sight sight)
    {
        string value = sight.Value;
        string bare = value.Trim('[', ']');
        string address = value.Split('/', ',')[0];
        bool isIPv6 = sight.Family.HasColonsInAddresses;
        if (isIPv6 && bare != value && value[0] == '[' && IsIPv6(bare))
        {
            return new Hint("Brackets stand around an address only where a port follows.", sight.WithValue(bare));
        }

        bool isOther = isIPv6 ? IsIPv4(address) : IsIPv6(address);
        return isOther && sight.Other is { } other
            ? new Hint($"{address} is an address of {other.Name}: use {other.Program}.", sight.Words) { IsForOther = true } : null;
    }

    /// <summary>What is wrong with the numbers of an address</summary>
    private static Hint? Octets(Sight sight)
    {
        if (sight.Option!.Name is not ("source" or "destination") && sight.Value.Split(':') is [var host, _, _] && IsIPv4(host))
        {
            return new Hint("A range of ports is written with \"-\": address:port-port.", AsRange(sight));
        }

        string value = sight.Family.HasColonsInAddresses ? sight.Value.Split('/', ',')[0] : sight.Value.Split('/', '-', ',', ':')[0];
        string[] octets = value.Split('.');
        if (octets.Length > 1 && Array.TrueForAll(octets, static octet => octet.Length > 0 && Array.TrueForAll(octet.ToCharArray(), char.IsAsciiDigit)))
        {
            string? large = Array.Find(octets, static octet => octet.Length > 3 || string.CompareOrdinal(octet.PadLeft(3, '0'), "255") > 0);
            return octets.Length > 4 ? new Hint("An address of IPv4 has four numbers.")
                : large is not null ? new Hint($"A number of an address is 0 to 255, not {large}.")
                : sight.Value.Contains('/', StringComparison.Ordinal) && sight.Says("Bad IP") ? new Hint("It takes one address, or a range from-to, but no network.")
                : null;
        }

        return sight.Value.Contains(":::", StringComparison.Ordinal) ? new Hint("\"::\" stands for a row of zeroes, and has two colons.", sight.WithValue(sight.Value.Replace(":::", "::", StringComparison.Ordinal)))
            : sight.Reason is null && sight.Says("host/network") ? new Hint($"\"{value}\" is neither an address nor a name that this machine knows.") : null;
    }

    private static string[]? AsRange(Sight sight)
    {
        int last = sight.Value.LastIndexOf(':');
        string[] words = sight.WithValue($"{sight.Value[..last]}-{sight.Value[(last + 1)..]}");
        return sight.CanRead(words, sight.At) ? words : null;
    }

    /// <summary>What <c>-m iprange</c> does not take</summary>
    private static Hint? Range(Sight sight)
    {
        string value = sight.Value;
        string option = sight.Option!.Name == "src-range" ? "-s" : "-d";
        if (value.Contains('/', StringComparison.Ordinal))
        {
            int match = Array.IndexOf(sight.Words, "iprange");
            string[] without = sight.InsteadOfOption(option, value);
            return new Hint($"A network is {option} {value}; a range is written from-to.", match > 0 && match < sight.OptionAt && sight.Words[match - 1] == "-m" ? [.. without[..(match - 1)], .. without[(match + 1)..]] : null);
        }

        return null;
    }

    private static bool IsInterface(string value)
    {
        string letters = value.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '*');
        return letters.Length < value.Length && letters is "eth" or "wlan" or "ppp" or "tun" or "tap" or "wg" or "br" or "docker" or "veth" or "bond" or "ens" or "eno" or "enp" || value == "lo";
    }

    /// <summary>Whether a text is an address of IPv4.</summary>
    internal static bool IsIPv4(string text) => AddressText.TryParseIPv4(Encoding.UTF8.GetBytes(text), out _);

    private static bool IsIPv6(string text) => AddressText.TryParseIPv6(Encoding.UTF8.GetBytes(text), stackalloc byte[16]);
}

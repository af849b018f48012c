using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Names;

namespace Sharptables.Hints;

/// <summary>Values that an option does not take.</summary>
internal static class WrongValues
{
    /// <summary>What does not look like a value at all</summary>
    public static Hint? Signs(Sight sight) => !sight.IsUnread ? null : LacksValue(sight)
        ?? (sight.Option is null || sight.Value.Length == 0 ? null : OneDash(sight) ?? Taken(sight) ?? Inverted(sight) ?? Variable(sight) ?? SignBehind(sight));

    public static Hint? See(Sight sight) => !sight.IsUnread || sight.Option is null || sight.Value.Length == 0 ? null
        : (Port(sight) ?? Protocol(sight) ?? Word(sight) ?? Rate(sight) ?? Mac(sight)
                ?? User(sight) ?? Set(sight) ?? Percent(sight) ?? OutOfRange(sight) ?? OtherSigns(sight));

    /// <summary>What an option has taken that was not meant for it.</summary>
    public static Hint TakenBy(string option, string word) =>
        new($"{option} took \"{word}\" for its value: nothing stands between them. Was a variable of a script empty?");

    /// <summary><c>--dport</c> as the last word</summary>
    private static Hint? LacksValue(Sight sight)
    {
        if (!sight.Says("option \"") || !sight.Message.EndsWith("requires an argument", StringComparison.Ordinal))
        {
            return sight.Option is not null && sight.Value.Length == 0 && sight.Has(sight.At) && sight.Words[sight.At].Length == 0
                ? new Hint($"The value of {sight.Words[sight.OptionAt]} is empty. Was a variable of a script empty?") : null;
        }

        string option = sight.Words[^1];
        return new Hint($"Nothing stands behind {option}, and it takes a value. Was a variable of a script empty?");
    }

    /// <summary><c>-dport</c>, whose rest was taken for the value of <c>-d</c></summary>
    private static Hint? OneDash(Sight sight) => sight.OptionAt == sight.At ? UnknownOptions.OneDash(sight, sight.At) : null;

    /// <summary><c>--dport -j ACCEPT</c></summary>
    private static Hint? Taken(Sight sight) => sight.Value is ['-', not (>= '0' and <= '9'), ..] ? TakenBy(sight.Words[sight.OptionAt], sight.Value) : null;

    /// <summary><c>--dport !22</c></summary>
    private static Hint? Inverted(Sight sight)
    {
        if (!sight.Value.StartsWith('!') || sight.Option is not { CanInvert: true })
        {
            return null;
        }

        bool isThere = sight.OptionAt > 0 && sight.Words[sight.OptionAt - 1] == "!";
        string[] words = sight.Value == "!" ? sight.With(sight.At, 1) : sight.WithValue(sight.Value[1..]);
        return new Hint("A \"!\" stands in front of the option, as a word of its own.", isThere ? words : [.. words[..sight.OptionAt], "!", .. words[sight.OptionAt..]]);
    }

    /// <summary><c>$LAN</c> in a file</summary>
    private static Hint? Variable(Sight sight) => sight.Value.Contains('$', StringComparison.Ordinal) && sight.IsLine ? new Hint("A file is no script: variables are not replaced in it.") : null;

    /// <summary><c>-p tcp,</c>, <c>-s 192.0.2.1.</c>, <c>--dport 22//</c></summary>
    private static Hint? SignBehind(Sight sight)
    {
        string trimmed = sight.Value.TrimEnd('.', ',', ';', ':', '/', '\\', '\'', '"', '`', ')');
        bool isCut = sight.Value[^1] == '.' && trimmed.Split('.').Length is 2 or 3; // an address without its last number
        bool isLast = !sight.Has(sight.At + 1) || sight.Words[sight.At + 1] is "!" or ['-', ..];
        return isLast && !isCut && trimmed.Length > 0 && trimmed != sight.Value && sight.CanRead(sight.WithValue(trimmed), sight.At)
            ? new Hint($"A sign is too much behind {trimmed}.", sight.WithValue(trimmed)) : null;
    }

    private static Hint? Port(Sight sight)
    {
        string form = sight.Option!.Placeholder, value = sight.Value, name = sight.Words[sight.OptionAt];
        if (!form.Contains("port", StringComparison.Ordinal) || sight.Option is Option { Name: var option } && option.Contains("port", StringComparison.Ordinal) is false)
        {
            return null;
        }

        bool isList = form.Contains("port:port,", StringComparison.Ordinal);
        bool isOne = form is "port[:port]";
        if (value.Contains(',', StringComparison.Ordinal) && isOne)
        {
            if (!Known.Has(sight.Family, "multiport", areTargets: false))
            {
                return sight.ForEach($"{name} takes one port or one range: write a rule for each.", Array.ConvertAll(value.Split(',', StringSplitOptions.RemoveEmptyEntries), sight.WithValue));
            }

            string multiport = sight.Option.Name[0] == 's' ? "--sports" : "--dports";
            return new Hint($"{name} takes one port or one range; a list of ports is -m multiport {multiport}.",
                sight.InsteadOfOption("-m", "multiport", multiport, value.Replace('-', ':').Trim(',')));
        }

        if (isList && value.EndsWith(',') && sight.Has(sight.At + 1) && sight.Words[sight.At + 1] is [>= '0' and <= '9', ..] next)
        {
            return new Hint("The values of a list are separated by commas, without blanks.", sight.With(sight.At, 2, value + next));
        }

        if (isList && value.Split(',').Length > 15)
        {
            string[] ports = value.Split(',');
            return sight.ForEach(
                "A list has at most 15 ports, and a range counts as two: write two rules.",
                sight.WithValue(string.Join(',', ports[..15])),
                sight.WithValue(string.Join(',', ports[15..])));
        }

        if (long.TryParse(value, out _))
        {
            return new Hint("A port is a number from 0 to 65535.");
        }

        char apart = form.Contains("[-", StringComparison.Ordinal) ? '-' : ':';
        char wrong = apart == ':' ? '-' : ':';
        if (value.Contains(wrong, StringComparison.Ordinal) && sight.CanRead(sight.WithValue(value.Replace(wrong, apart)), sight.At))
        {
            return new Hint($"A range of ports is written with \"{apart}\": {value.Replace(wrong, apart)}.", sight.WithValue(value.Replace(wrong, apart)));
        }

        if (value.Split('/') is [var port, "tcp" or "udp"])
        {
            return new Hint("The protocol of a port is that of -p.", sight.WithValue(port));
        }

        if (value is "any" or "all" or "*" or "0:65535+")
        {
            return new Hint($"Without {name} a rule takes every port.", sight.InsteadOfOption());
        }

        string[] ends = value.Split(apart);
        if (ends is [var first, var last] && ushort.TryParse(first, out ushort low) && ushort.TryParse(last, out ushort high) && low > high)
        {
            return new Hint($"The range runs backwards: {low} is greater than {high}.", sight.WithValue($"{high}{apart}{low}"));
        }

        foreach (string end in value.Split(',', apart))
        {
            if (ulong.TryParse(end, out ulong number) && number > ushort.MaxValue)
            {
                return new Hint("A port is a number from 0 to 65535.");
            }
        }

        if (value.Split(':') is [var address, var behind] && address.Split('.').Length == 4 && sight.Option.Name == "to-ports")
        {
            return new Hint("REDIRECT sends to this machine, and takes only a port; DNAT takes an address.", sight.WithValue(behind));
        }

        string? near = null;
        foreach (string part in value.Split(',', apart))
        {
            if (sight.Names.TryGetNumber(NameKind.Service, System.Text.Encoding.UTF8.GetBytes(part), out _))
            {
                continue;
            }

            if (Gone.Port(part.ToLowerInvariant()) is { } known)
            {
                return new Hint($"\"{part}\" is port {known}.", sight.WithValue(value.Replace(part, known, StringComparison.Ordinal)));
            }

            near ??= Nearest.To(part, NamesIn("/etc/services"u8)) is { } service && IsSlip(part, service) ? value.Replace(part, service, StringComparison.Ordinal) : null;
        }

        return near is not null && sight.CanRead(sight.WithValue(near), sight.At) ? new Hint($"Did you mean {near}? Names of services are in /etc/services.", sight.WithValue(near))
            : new Hint("A port is a number from 0 to 65535, or a name of /etc/services.");
    }

    /// <summary>Whether a short name can be a slip of another: with another letter in it, it is more likely the name of something else.</summary>
    private static bool IsSlip(string typed, string meant)
    {
        char[] letters = typed.ToCharArray(), others = meant.ToCharArray();
        Array.Sort(letters);
        Array.Sort(others);
        return typed.Length > 3 || letters.AsSpan().SequenceEqual(others) || (meant.Length == typed.Length + 1 && meant[0] == typed[0]);
    }

    private static Hint? Protocol(Sight sight)
    {
        if (sight.Option is { Letter: 'p' } && sight.Family.HasEtherTypes && sight.Value is "tcp" or "udp" or "icmp")
        {
            return new Hint("-p is the protocol of the frame, such as IPv4; what IPv4 carries is --ip-proto.", sight.InsteadOfOption("-p", "IPv4", "--ip-proto", sight.Value));
        }

        if (sight.Option is not { Name: "protocol" } || sight.Family.XTables is null)
        {
            return null;
        }

        string value = sight.Value;
        if (value.Split(',', '/', '|') is [_, _, ..] several)
        {
            return Array.TrueForAll(several, static name => Array.TrueForAll(name.Trim().ToCharArray(), char.IsAsciiLetter))
                ? sight.ForEach("A rule has one protocol: write a rule for each.", Array.ConvertAll(several, name => sight.WithValue(name.Trim())))
                : new Hint("-p takes a protocol; the port of one is --dport, behind -p tcp or -p udp.");
        }

        if (value is "any" or "*" or "ANY")
        {
            return new Hint("Every protocol is \"all\", or no -p.", sight.WithValue("all"));
        }

        if (value is "ping")
        {
            bool isIPv6 = sight.Family.HasColonsInAddresses;
            return new Hint("A ping is a message of ICMP, an echo request.",
                isIPv6 ? sight.InsteadOfOption("-p", "icmpv6", "--icmpv6-type", "echo-request") : sight.InsteadOfOption("-p", "icmp", "--icmp-type", "echo-request"));
        }

        if (int.TryParse(value, out _))
        {
            return new Hint("The number of a protocol is 0 to 255.");
        }

        if (sight.Names.TryGetNumber(NameKind.Service, System.Text.Encoding.UTF8.GetBytes(value), out uint port))
        {
            string protocol = sight.Names.TryGetNumber(NameKind.Service, System.Text.Encoding.UTF8.GetBytes(value), out _, "tcp"u8) ? "tcp" : "udp";
            return new Hint($"{value} is no protocol of IP but a service, port {(port > ushort.MaxValue ? port >> 16 : port)} of {protocol}.", sight.InsteadOfOption("-p", protocol, "--dport", value));
        }

        string[] usual = ["tcp", "udp", "icmp", "icmpv6", "all", "sctp", "esp", "ah", "gre", "igmp", "ospf", "dccp", "udplite"];
        return (Nearest.To(value, usual) ?? Nearest.To(value, NamesIn("/etc/protocols"u8))) is { } near ? new Hint($"Did you mean {near}?", sight.WithValue(near))
            : new Hint("A protocol is a number from 0 to 255, a name such as tcp, udp or icmp, or any in /etc/protocols.");
    }

    /// <summary>The words that an option knows</summary>
    private static IReadOnlyList<string> Choices(Option option) => option.Choices.Count > 0 ? option.Choices : option.Name switch
    {
        "weekdays" => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        "dscp-class" or "set-dscp-class" => ["BE", "EF", "CS0", "CS1", "CS2", "CS3", "CS4", "CS5", "CS6", "CS7",
            "AF11", "AF12", "AF13", "AF21", "AF22", "AF23", "AF31", "AF32", "AF33", "AF41", "AF42", "AF43"],
        _ => option.Placeholder.Contains('|', StringComparison.Ordinal) && !option.Placeholder.AsSpan().ContainsAny(" <[:/")
            ? option.Placeholder.Split("}[")[0].Trim('{', '}').Split('|')
            : option.Placeholder is ['{', ..] list && list.Contains('|', StringComparison.Ordinal) ? list[1..list.IndexOf('}', StringComparison.Ordinal)].Split('|') : [],
    };

    /// <summary>One of the words that the option knows, or a list of them</summary>
    private static Hint? Word(Sight sight)
    {
        if (sight.Option is not Option option)
        {
            return null;
        }

        if (option.Name == "reject-with" && Gone.RejectType(sight.Value) is { } same && sight.CanRead(sight.WithValue(same), sight.At))
        {
            return new Hint($"{sight.Family.Program} has {same} for it.", sight.WithValue(same));
        }

        List<string> known = [.. Choices(option)];
        foreach (string line in option.Values?.Lines ?? [])
        {
            foreach (string word in line.Split([' ', '\t', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (word != "alias" && !known.Contains(word))
                {
                    known.Add(word);
                }
            }
        }

        if (known.Count == 0)
        {
            return null;
        }

        string value = sight.Value;
        bool isList = option.Placeholder.Contains(",...", StringComparison.Ordinal) || option.Placeholder.Contains("[,", StringComparison.Ordinal);
        if (value.EndsWith(',') && sight.Has(sight.At + 1) && sight.Words[sight.At + 1] is not [] and not ['-', ..])
        {
            return new Hint("The values of a list are separated by commas, without blanks.", sight.With(sight.At, 2, value + sight.Words[sight.At + 1]));
        }

        foreach (char sign in ":|;+/")
        {
            string[] words = sight.WithValue(value.Replace(sign, ','));
            if (isList && value.Contains(sign, StringComparison.Ordinal) && sight.CanRead(words, sight.At))
            {
                return new Hint("The values of a list are separated by commas.", words);
            }
        }

        if (!isList && value.Split(',') is [_, _, ..] several)
        {
            string[][] rules = Array.ConvertAll(several, sight.WithValue);
            return Array.TrueForAll(rules, rule => sight.CanRead(rule, sight.At))
                ? sight.ForEach($"--{option.Name} takes one value: write a rule for each.", rules) : null;
        }

        string[] parts = isList ? value.Split(',') : [value];
        bool isNearer = false;
        for (int i = 0; i < parts.Length; i++)
        {
            string part = parts[i];
            if (!known.Exists(word => string.Equals(word, part, StringComparison.OrdinalIgnoreCase)) && Nearest.To(part, known) is { } near
                || known.Find(word => string.Equals(word, part, StringComparison.OrdinalIgnoreCase) && word != part) is { } otherCase && (near = otherCase) is not null)
            {
                parts[i] = near;
                isNearer = true;
            }
        }

        string meant = string.Join(',', parts);
        if (isNearer && sight.CanRead(sight.WithValue(meant), sight.At))
        {
            return new Hint($"Did you mean {meant}?", sight.WithValue(meant));
        }

        string begun = value.Length < 3 ? "" : string.Join(" or ", known.FindAll(word => word.StartsWith(value, StringComparison.OrdinalIgnoreCase)));
        return begun.Length > 0 ? new Hint($"--{option.Name} takes {begun}.")
            : known.Count <= 16 ? new Hint($"--{option.Name} takes {string.Join(", ", known)}.")
            : option.Values is { } values ? new Hint($"The {values.Heading.TrimEnd(':').ToLowerInvariant().Replace("icmp", "ICMP", StringComparison.Ordinal)} are listed by {UnknownOptions.What(sight.Owner)} -h.") : null;
    }

    /// <summary><c>3/mnute</c></summary>
    private static Hint? Rate(Sight sight)
    {
        if (!sight.Option!.Placeholder.Contains("/second", StringComparison.Ordinal) || sight.Value.Split('/') is not [var number, var unit])
        {
            return null;
        }

        string[] units = ["second", "minute", "hour", "day"];
        return number == "0" ? new Hint("The least rate is 1/day: one packet a day.")
            : Nearest.To(unit, units) is { } near && sight.CanRead(sight.WithValue($"{number}/{near}"), sight.At) ? new Hint($"Did you mean {number}/{near}?", sight.WithValue($"{number}/{near}"))
            : new Hint("A rate is a number of packets per second, minute, hour or day, such as 3/minute.");
    }

    /// <summary><c>00-11-22-33-44-55</c></summary>
    private static Hint? Mac(Sight sight)
    {
        if (!sight.Message.Contains("MAC", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (sight.Family.HasEtherTypes && sight.Option!.Letter is 's' or 'd' && WrongAddresses.IsIPv4(sight.Value.Split('/')[0]) && sight.Find('p') < 0)
        {
            string option = sight.Option.Letter == 's' ? "--ip-src" : "--ip-dst";
            return new Hint($"{sight.Words[sight.OptionAt]} is for hardware addresses; one of IPv4 is -p IPv4 {option}.", sight.InsteadOfOption("-p", "IPv4", option, sight.Value));
        }

        string digits = sight.Value.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
        List<string> bytes = [];
        for (int i = 0; i + 1 < digits.Length; i += 2)
        {
            bytes.Add(digits[i..(i + 2)]);
        }

        string written = string.Join(':', bytes);
        return digits.Length == 12 && sight.CanRead(sight.WithValue(written), sight.At)
            ? new Hint($"A hardware address is written with colons: {written}.", sight.WithValue(written))
            : new Hint("A hardware address is six hexadecimal numbers with colons between them, such as 00:16:3e:00:00:01.");
    }

    private static Hint? User(Sight sight)
    {
        if (sight.Option is not Option { Name: "uid-owner" or "gid-owner" } option || sight.Value.Length == 0 || char.IsAsciiDigit(sight.Value[0])
            || sight.Reason is not null)
        {
            return null; // such as that not all of the system's names could be asked for
        }

        bool isUser = option.Name[0] == 'u';
        return Nearest.To(sight.Value, NamesIn(isUser ? "/etc/passwd"u8 : "/etc/group"u8)) is { } near
            ? new Hint($"There is no {(isUser ? "user" : "group")} \"{sight.Value}\" on this machine. Did you mean {near}?", sight.WithValue(near))
            : new Hint($"There is no {(isUser ? "user" : "group")} \"{sight.Value}\" on this machine; a number is taken as it is.");
    }

    /// <summary>A set that does not exist</summary>
    private static Hint? Set(Sight sight)
    {
        string type = sight.Family.HasColonsInAddresses ? " family inet6" : "";
        return !sight.Says("Set ") || !sight.Message.Contains("doesn't exist", StringComparison.Ordinal) ? null
            : sight.IsLine ? new Hint($"There is no set \"{sight.Value}\": at boot, sets have to be loaded before the rules that name them (ipset restore).")
            : new Hint($"There is no set \"{sight.Value}\". Its maker decides what it holds; for addresses it is hash:ip, for networks hash:net.", sight.Words)
            {
                Before = $"ipset create {sight.Value} hash:ip{type}",
            };
    }

    /// <summary><c>--probability 50</c></summary>
    private static Hint? Percent(Sight sight)
    {
        string value = sight.Value.TrimEnd('%');
        return sight.Option!.Name != "probability" || !int.TryParse(value, out int percent) || percent is <= 1 or > 100 ? null
            : new Hint($"A probability is 0 to 1: {percent / 100}.{percent % 100:00} for {value} percent.", sight.WithValue($"{percent / 100}.{percent % 100:00}"));
    }

    /// <summary>A number that is too large, where the message says how large it may be</summary>
    private static Hint? OutOfRange(Sight sight)
    {
        int open = sight.Message.LastIndexOf('(');
        string[] ends = open < 0 ? [] : sight.Message[(open + 1)..].Split(')')[0].Split('-');
        return ends is [var least, var most] && ulong.TryParse(least, out ulong low) && ulong.TryParse(most, out ulong high) && long.TryParse(sight.Value, out long number)
            ? number < 0 || (ulong)number < low ? new Hint($"{number} is less than {low}.") : (ulong)number > high ? new Hint($"{number} is greater than {high}.") : null
            : null;
    }

    /// <summary>A value that is taken with other signs in it</summary>
    private static Hint? OtherSigns(Sight sight)
    {
        foreach ((char typed, char meant, string what) in ((char, char, string)[])
            [('-', ':', "A range is written with \":\""), (':', '-', "A range is written with \"-\""), ('.', ':', "It is written with \":\""), (';', ',', "A list is written with commas")])
        {
            string other = sight.Value.Replace(typed, meant);
            if (other != sight.Value && sight.CanRead(sight.WithValue(other), sight.At))
            {
                return new Hint($"{what}: {other}.", sight.WithValue(other));
            }
        }

        string form = sight.Option!.Placeholder;
        return sight.Reason is not null ? null
            : sight.Message.Contains("bad integer value", StringComparison.Ordinal) || sight.Message.Contains("trailing garbage", StringComparison.Ordinal)
            ? new Hint($"\"{sight.Value}\" is no number: digits, or 0x and hexadecimal digits.")
            : form.Contains(':', StringComparison.Ordinal) || form.Contains('-', StringComparison.Ordinal) || form.Contains('|', StringComparison.Ordinal)
            ? new Hint($"The form of the value is {form}.") : null;
    }

    /// <summary>The names in one of the system's files: the first word of each line, up to a colon.</summary>
    private static List<string> NamesIn(ReadOnlySpan<byte> path)
    {
        List<string> names = [];
        foreach (string line in Sight.Text(Kernel.FileReader.TryReadSmall(path, 1 << 20)).Split('\n'))
        {
            string name = line.Split(' ', '\t', ':', '#')[0];
            if (name.Length > 0)
            {
                names.Add(name);
            }
        }

        return names;
    }
}

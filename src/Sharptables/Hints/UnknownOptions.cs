using System;
using System.Collections.Generic;
using Sharptables.Extensions;

namespace Sharptables.Hints;

/// <summary>Options that nothing has which is loaded.</summary>
internal static class UnknownOptions
{
    private const string Beginning = "unknown option ";

    public static Hint? See(Sight sight)
    {
        if (!sight.IsUnread || !sight.Says(Beginning) || sight.At < 0)
        {
            return null;
        }

        if (!sight.Word.StartsWith("--", StringComparison.Ordinal))
        {
            return OneDash(sight, sight.At) ?? OtherCase(sight);
        }

        string name = sight.Word[2..].Split('=')[0];
        return NoValue(sight, name) ?? OfLoaded(sight, name) ?? NeedsProtocol(sight, name) ?? ByOtherLetter(sight, name) ?? NeedsMatch(sight, name)
            ?? NeedsTarget(sight, name) ?? OfOther(sight, name) ?? Former(sight, name) ?? Near(sight, name);
    }

    /// <summary><c>-dport</c>, a long name with one dash</summary>
    public static Hint? OneDash(Sight sight, int at)
    {
        string word = sight.Has(at) ? sight.Words[at] : "";
        string name = word.Length > 3 && word[0] == '-' && word[1] != '-' ? word[1..].Split('=')[0] : "";
        return name.Length > 2 && Known.IsOption(sight.Family, name)
            ? new Hint($"A long option has two dashes: --{name}.", sight.With(at, 1, "-" + word)) : null;
    }

    /// <summary><c>-J</c>, <c>-a</c></summary>
    private static Hint? OtherCase(Sight sight)
    {
        if (sight.Word.Length < 2)
        {
            return null;
        }

        char letter = sight.Word[1];
        if (OfFrames(sight, letter) is { } frames)
        {
            return frames;
        }

        char other = char.IsAsciiLetterUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter);
        return char.IsAsciiLetter(letter) && Known.HasLetter(sight.Family, other)
            ? new Hint($"Case matters: -{other}, not -{letter}.", sight.With(sight.At, 1, $"-{other}{sight.Word[2..]}")) : null;
    }

    /// <summary><c>ebtables -nL</c>, <c>arptables -m</c>: what iptables has</summary>
    private static Hint? OfFrames(Sight sight, char letter)
    {
        string program = sight.Family.Program;
        string[] rest = sight.Word.Length > 2 ? sight.With(sight.At, 1, $"-{sight.Word[2..]}") : sight.With(sight.At, 1);
        return sight.Other is not null ? null : letter switch
        {
            'n' or 'x' or 'v' => new Hint($"{program} has no -{letter}{(letter == 'n' ? ", and always shows numbers" : "")}.", rest),
            'm' => new Hint($"{program} has no -m: a match is loaded by its options.", sight.Word.Length == 2 && sight.Has(sight.At + 2) && sight.Words[sight.At + 2].StartsWith("--", StringComparison.Ordinal) ? sight.With(sight.At, 2) : null),
            'p' => new Hint("Packets of ARP have no protocol of IP; what is asked of them is --opcode."),
            _ => null,
        };
    }

    /// <summary><c>--syn=yes</c></summary>
    private static Hint? NoValue(Sight sight, string name) => sight.Reason is not { } reason || !sight.Word.Contains('=', StringComparison.Ordinal) ? null
        : reason.EndsWith("takes no value.", StringComparison.Ordinal) ? new Hint(reason, sight.With(sight.At, 1, "--" + name))
        : new Hint(reason, sight.With(sight.At, 1, "--" + name, sight.Word[(name.Length + 3)..]));

    /// <summary><c>-m conntrack --state</c>: what is loaded calls it otherwise</summary>
    private static Hint? OfLoaded(Sight sight, string name)
    {
        foreach (Extension extension in sight.Read.Loaded)
        {
            if (extension.Name == "DNAT" && name is "to-port" or "to-ports")
            {
                return new Hint("DNAT has the port in its address: --to-destination address:port. REDIRECT, to this machine, has --to-ports.");
            }

            if (Gone.OfLoaded(extension.Name, name) is { } option)
            {
                return new Hint(name == "port" ? "The destination's port is --dport, the source's is --sport; with -m multiport --ports takes either."
                    : $"{What(extension)} has --{option}, not --{name}.", Renamed(sight, name, option));
            }
        }

        return Implied(sight) is { } match && Gone.OfLoaded(match, name) is { } its
            ? new Hint(name == "port" ? "The destination's port is --dport, the source's is --sport; with -m multiport --ports takes either."
                : $"With -p {match} it is --{its}, not --{name}.", Renamed(sight, name, its)) : null;
    }

    /// <summary><c>--dport 443</c> without <c>-p</c></summary>
    private static Hint? NeedsProtocol(Sight sight, string name)
    {
        List<string> protocols = Known.Owners(sight.Family, name).FindAll(static owner => Protocol(owner.Name) is not null).ConvertAll(static owner => Protocol(owner.Name)!);
        if (protocols.Count == 0)
        {
            return null;
        }

        bool hasPorts = protocols.Count > 1;
        string meant = hasPorts ? "tcp" : protocols[0];
        string need = hasPorts ? $"--{name} needs a protocol with ports in front of it: -p tcp, or -p udp." : $"--{name} needs -p {meant} in front of it.";
        int given = sight.Find('p');
        int later = given >= 0 ? -1 : Array.FindIndex(sight.Words, sight.At, static word => word is "-p" or "--protocol" or "--proto");
        if (later >= 0 && sight.Has(later + 1))
        {
            return new Hint($"The protocol has to come first: {sight.Words[later]} {sight.Words[later + 1]} --{name}.", sight.Moved(later, sight.Start));
        }

        if (given < 0)
        {
            return new Hint(need, sight.With(sight.Start, 0, "-p", meant));
        }

        string protocol = sight.Words[given] is "-p" or "--protocol" or "--proto" && sight.Has(given + 1) ? sight.Words[given + 1] : "";
        return protocol is "all" or "0" or "any" ? new Hint(need, sight.With(given + 1, 1, meant))
            : protocol.Length == 0 || (protocols.Contains(protocol) && !hasPorts) ? null
            : new Hint(hasPorts ? $"The protocol {protocol} has no ports: --{name} is for tcp and udp."
                : $"--{name} is an option of the protocol {meant}, and the rule is for {protocol}.{(meant == "tcp" && protocol == "udp" ? " UDP has no connections that begin or end." : "")}");
    }

    /// <summary><c>-M state --state</c>: a match named by the wrong letter</summary>
    private static Hint? ByOtherLetter(Sight sight, string name)
    {
        int at = sight.Find('M');
        return at >= 0 && sight.Has(at + 1) && Known.Owners(sight.Family, name).Exists(owner => owner.Name == sight.Words[at + 1])
            ? new Hint("A match is loaded by -m; -M names the program that loads kernel modules.", sight.With(at, 1, "-m")) : null;
    }

    /// <summary><c>--state NEW</c> without <c>-m state</c></summary>
    private static Hint? NeedsMatch(Sight sight, string name)
    {
        List<Extension> matches = Known.Owners(sight.Family, name).FindAll(static owner => !owner.IsTarget && Protocol(owner.Name) is null);
        int later = Array.FindIndex(sight.Words, sight.At, static word => word is "-m" or "--match");
        if (later >= 0 && sight.Has(later + 1) && matches.Exists(match => match.Name == sight.Words[later + 1]))
        {
            return new Hint($"-m {sight.Words[later + 1]} must come before its options.", sight.Moved(later, sight.Start));
        }

        return matches.Count switch
        {
            0 => null,
            1 => OneList(sight, name) ?? new Hint($"--{name} is an option of -m {matches[0].Name}, which must come before it.", sight.With(sight.Start, 0, "-m", matches[0].Name)),
            _ => new Hint($"--{name} is an option of {string.Join(" and of ", matches.ConvertAll(static match => "-m " + match.Name))}: one of them must come before it."),
        };
    }

    /// <summary><c>--dport 22 --dports 80</c></summary>
    private static Hint? OneList(Sight sight, string name)
    {
        int one = name is "dports" or "sports" ? Array.IndexOf(sight.Words, $"--{name[..^1]}", 0, sight.At) : -1;
        return one <= 0 || sight.Words[one - 1] == "!" || sight.Before == "!" || one + 2 > sight.At || !sight.Has(sight.At + 1) ? null
            : new Hint($"A rule asks for one list of ports: -m multiport --{name}.",
                [.. sight.Words[..one], "-m", "multiport", $"--{name}", $"{sight.Words[one + 1]},{sight.Words[sight.At + 1]}", .. sight.With(sight.At, 2)[(one + 2)..]]);
    }

    /// <summary><c>--log-prefix x -j LOG</c>: a target's option in front of the target</summary>
    private static Hint? NeedsTarget(Sight sight, string name)
    {
        List<Extension> targets = Known.Owners(sight.Family, name).FindAll(static owner => owner.IsTarget);
        if (targets.Count == 0)
        {
            return null;
        }

        int jump = Array.FindIndex(sight.Words, static word => word is "-j" or "--jump");
        string? has = jump >= 0 && sight.Has(jump + 1) ? sight.Words[jump + 1] : null;
        string owners = string.Join(" and of ", targets.ConvertAll(static target => "-j " + target.Name));
        if (has is not null && jump > sight.At && targets.Exists(target => target.Name == has))
        {
            return new Hint($"-j {has} must come before its options.", sight.Moved(jump, sight.Start));
        }

        return new Hint(has is null ? $"--{name} is an option of {owners}, which must come before it."
            : $"--{name} is an option of {owners}, and this rule has -j {has}: a rule has one target.",
            has is null && targets.Count == 1 ? sight.With(sight.Start, 0, "-j", targets[0].Name) : null);
    }

    /// <summary><c>iptables --icmpv6-type</c></summary>
    private static Hint? OfOther(Sight sight, string name)
    {
        if (sight.Other is not { } other || Known.Owners(other, name) is not [var owner, ..])
        {
            return null;
        }

        int given = sight.Find('p');
        if (name == "icmp-type" && given >= 0 && sight.Has(sight.At + 1) && sight.Words[given] == "-p")
        {
            string? type = sight.Words[sight.At + 1] switch { "8" => "echo-request", "0" => "echo-reply", "3" => "destination-unreachable", "11" => "time-exceeded", "any" => null, var typed => typed };
            string[]? words = type is null ? null : sight.With(sight.At, 2, "--icmpv6-type", type);
            words?[given + 1] = "icmpv6";
            return new Hint("ICMP for IPv6 is -p icmpv6 --icmpv6-type, and its types have other numbers: an echo request is 128.", words is not null && sight.CanRead(words) ? words : null);
        }

        return new Hint($"--{name} is an option of {What(owner)}, which only {other.Program} has.", sight.Words) { IsForOther = true };
    }

    /// <summary><c>--pid-owner</c></summary>
    private static Hint? Former(Sight sight, string name) => Gone.Option(name) is not { } gone ? null : new Hint(gone.Reason, gone.By is { } by ? Renamed(sight, name, by) : null);

    /// <summary><c>--dprt</c></summary>
    private static Hint? Near(Sight sight, string name)
    {
        List<string> loaded = [];
        foreach (Extension extension in sight.Read.Loaded)
        {
            loaded.AddRange(Known.NamesOf(extension));
        }

        foreach (Extension match in Known.Extensions(sight.Family, areTargets: false))
        {
            if (match.Name == Implied(sight))
            {
                loaded.AddRange(Known.NamesOf(match));
            }
        }

        if ((Nearest.To(name, loaded, most: 1) ?? Nearest.To(name, [.. loaded, .. Known.OwnNames(sight.Family)])) is { } near)
        {
            return new Hint($"Did you mean --{near}?", Renamed(sight, name, near));
        }

        List<string> all = [];
        foreach (bool areTargets in (bool[])[false, true])
        {
            foreach (Extension extension in Known.Extensions(sight.Family, areTargets))
            {
                all.AddRange(Known.NamesOf(extension));
            }
        }

        return Nearest.To(name, all) is { } far ? new Hint($"Did you mean --{far}?", Renamed(sight, name, far)) : null;
    }

    /// <summary>The match that the protocol stands for, though it was not named.</summary>
    private static string? Implied(Sight sight)
    {
        int given = sight.Find('p');
        return given >= 0 && sight.Has(given + 1) && sight.Words[given] is "-p" or "--protocol" or "--proto" ? sight.Words[given + 1] switch
        {
            "icmpv6" or "ipv6-icmp" => "icmp6",
            var name => name,
        }
        : null;
    }

    /// <summary>The words with another option in the place of the unknown one.</summary>
    private static string[] Renamed(Sight sight, string name, string option) => sight.With(sight.At, 1, $"--{option}{sight.Word[(name.Length + 2)..]}");

    /// <summary>What loads a match or target.</summary>
    internal static string What(Extension extension) => (extension.IsTarget ? "-j " : "-m ") + extension.Name;

    /// <summary>The protocol whose match needs no <c>-m</c>.</summary>
    private static string? Protocol(string match) => match switch
    {
        "tcp" or "udp" or "sctp" or "dccp" or "icmp" or "udplite" => match,
        "icmp6" => "icmpv6",
        _ => null,
    };
}

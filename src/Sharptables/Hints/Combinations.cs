using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Formats.Iptables;

namespace Sharptables.Hints;

/// <summary>Words that can be read, and do not fit together; and words that are missing.</summary>
internal static class Combinations
{
    public static Hint? See(Sight sight) => !sight.IsUnread ? null
        : Repeated(sight) ?? TwoCommands(sight) ?? NoCommand(sight) ?? Listing(sight) ?? Policy(sight) ?? Number(sight) ?? Required(sight) ?? OneOfSeveral(sight) ?? NeedsProtocol(sight)
            ?? BeforeTarget(sight) ?? WrongInterface(sight) ?? NatDrop(sight) ?? Inversion(sight) ?? ChainName(sight) ?? Flags(sight);

    /// <summary><c>-s A -s B</c>, <c>-j LOG -j DROP</c>, <c>--dport 22 --dport 23</c></summary>
    private static Hint? Repeated(Sight sight)
    {
        string? option = sight.Says("multiple -") ? sight.Message[9..11] : null;
        if (sight.Says("Only one `--destination-port'") || sight.Says("Only one `--source-port'") || sight.Message.Contains("\"--destination-port\" option may only be given once", StringComparison.Ordinal))
        {
            option = sight.Message.Contains("source", StringComparison.Ordinal) ? "--sport" : "--dport";
        }

        if (option is null)
        {
            return null;
        }

        for (int i = 0; i < sight.Words.Length; i++)
        {
            if (UnknownOptions.OneDash(sight, i) is { } oneDash)
            {
                return oneDash;
            }
        }

        int first = Array.IndexOf(sight.Words, option), second = Array.IndexOf(sight.Words, option, first + 1);
        if (first < 0 || second < 0 || !sight.Has(second + 1))
        {
            return null;
        }

        string one = sight.Words[first + 1], other = sight.Words[second + 1];
        string[] without = sight.With(second, 2);
        switch (option)
        {
            case "-s" or "-d":
                return new Hint($"{option} takes a list, for which as many rules are made.", [.. without[..(first + 1)], $"{one},{other}", .. without[(first + 2)..]]);
            case "--dport" or "--sport":
                return new Hint($"A list of ports is -m multiport {option}s.", [.. without[..first], "-m", "multiport", option + "s", $"{one},{other}", .. without[(first + 2)..]]);
            case "-j":
                string[] head = sight.Words[..first];
                return IsOf(sight, one, sight.Words[(first + 2)..second]) && IsOf(sight, other, sight.Words[(second + 2)..])
                    ? sight.ForEach("A rule has one target: write a rule for each.", [.. head, .. sight.Words[first..second]], [.. head, .. sight.Words[second..]])
                    : new Hint("A rule has one target: write a rule for each, with all conditions.");
            default:
                return new Hint($"A rule has one {option}: write a rule for each.");
        }
    }

    /// <summary>Whether words are options of a target, and no conditions of the rule.</summary>
    private static bool IsOf(Sight sight, string target, string[] words)
    {
        Extension? extension = null;
        foreach (Extension known in Known.Extensions(sight.Family, areTargets: true))
        {
            extension = known.Name == target ? known : extension;
        }

        return Array.TrueForAll(words, word => !word.StartsWith('-') || (extension is not null && Array.Exists(extension.Options, option => word == "--" + option.Name)));
    }

    /// <summary><c>-A INPUT -I INPUT</c>, <c>-A INPUT -P tcp</c></summary>
    private static Hint? TwoCommands(Sight sight)
    {
        if (!sight.Says("Cannot use -"))
        {
            return null;
        }

        string letter = sight.Message[11..13];
        int at = Array.LastIndexOf(sight.Words, letter);
        return letter == "-P" && at > 0 && sight.CanRead(sight.With(at, 1, "-p")) ? new Hint("-P sets a policy; the protocol is -p.", sight.With(at, 1, "-p"))
            : new Hint($"{letter} is a command, and so is {sight.Message[^2..]}: run one after the other.");
    }

    /// <summary>Nothing to do</summary>
    private static Hint? NoCommand(Sight sight) => !sight.Says("no command specified") ? null
        : new Hint("It is not said what to do with the rule: -A CHAIN appends it to a chain, -I CHAIN inserts it, -D CHAIN deletes it.");

    /// <summary><c>-A INPUT -n</c>, <c>-L -p tcp</c></summary>
    private static Hint? Listing(Sight sight)
    {
        if (!sight.Says("Illegal option `"))
        {
            return null;
        }

        string letter = sight.Message[16..18];
        bool isList = sight.Command.Kind is CommandKind.List or CommandKind.ListRules;
        int at = Array.IndexOf(sight.Words, letter);
        return letter is "-n" or "-x" && at >= 0 ? new Hint($"{letter} is for listings (-L).", sight.With(at, 1))
            : letter == "-n" && sight.Command.Kind == CommandKind.ListRules ? new Hint("-S always shows numbers.")
            : isList ? new Hint("A listing takes a chain and a table (-t), and no conditions; grep finds rules in what -S lists.")
            : sight.Command.Kind == CommandKind.Flush ? new Hint("-F deletes all rules of a chain; -D with a rule deletes that one.")
            : sight.Command.Kind == CommandKind.SetPolicy ? new Hint("A policy has no conditions and holds for a whole chain; rules come before it.")
            : null;
    }

    /// <summary><c>-P INPUT</c>, <c>-P INPUT -j DROP</c></summary>
    private static Hint? Policy(Sight sight)
    {
        if (!sight.Says("-P requires a chain and a policy"))
        {
            return null;
        }

        int at = sight.Find('P');
        int jump = Array.IndexOf(sight.Words, "-j");
        return jump > 0 ? new Hint("The policy stands behind the chain, without -j.", sight.With(jump, 1))
            : at >= 0 && sight.Has(at + 1) && Array.IndexOf(Known.Verdicts, sight.Words[at + 1]) >= 0 ? new Hint("The chain is missing, such as INPUT.")
            : new Hint("The policy is missing: ACCEPT or DROP.");
    }

    /// <summary><c>-D INPUT one</c></summary>
    private static Hint? Number(Sight sight) =>
        sight.Says("Invalid rule number `first'") ? new Hint("The first rule has the number 1; -I without a number inserts before it.", sight.With(Array.IndexOf(sight.Words, "first"), 1))
        : sight.Says("Invalid rule number `") ? new Hint("Rules are numbered from 1; -L --line-numbers shows the numbers.")
        : sight.Says("-R requires a rule number") ? new Hint("The number of the rule to replace stands behind the chain; -L --line-numbers shows the numbers.") : null;

    /// <summary>An option that an extension needs</summary>
    private static Hint? Required(Sight sight)
    {
        if (!sight.Message.EndsWith("must be specified", StringComparison.Ordinal) || sight.Message.Split('"') is not [_, var name, _])
        {
            return null;
        }

        foreach (Extension extension in sight.Read.Loaded)
        {
            if (Array.Find(extension.Options, option => "--" + option.Name == name || "--" + option.FullName == name) is { } option)
            {
                return name == "--algo" ? new Hint("--algo says how to search: bm is quick for long texts, kmp may be used as well.", [.. InFront(sight, "string", "--algo", "bm")])
                    : name == "--hashlimit-name" ? new Hint("--hashlimit-name is the name of the table in /proc/net/ipt_hashlimit.", [.. InFront(sight, "hashlimit", "--hashlimit-name", "limit1")])
                    : new Hint($"{(extension.IsTarget ? "-j" : "-m")} {extension.Name} needs {name} {option.Placeholder}.".Replace(" .", ".", StringComparison.Ordinal));
            }
        }

        return null;
    }

    /// <summary>One of several options that a match needs</summary>
    private static Hint? OneOfSeveral(Sight sight)
    {
        int every = Array.IndexOf(sight.Words, "--every");
        return sight.Says("--every and --packet must be specified") || sight.Message.EndsWith("also requires \"--packet\".", StringComparison.Ordinal)
            ? every < 0 ? new Hint("--every N --packet 0 takes one packet of N.") : new Hint("--packet says which of them: 0 is the first.", sight.With(every + 2, 0, "--packet", "0"))
            : sight.Says("recent: you must specify one of") ? new Hint("A rule with --set notes addresses; --rcheck asks for them, and --update asks and notes anew.") : null;
    }

    /// <summary>What a match or target asks of the protocol</summary>
    private static Hint? NeedsProtocol(Sight sight)
    {
        if (sight.Says("multiport needs `-p tcp'"))
        {
            int at = Array.IndexOf(sight.Words, "multiport") - 1;
            int protocol = sight.Find('p');
            int later = at < 0 ? -1 : Array.FindIndex(sight.Words, at, static word => word is "-p" or "--protocol" or "--proto");
            return at < 0 ? null
                : later >= 0 && sight.Has(later + 1) ? new Hint("The protocol has to come before -m multiport.", sight.Moved(later, at))
                : protocol < 0 ? new Hint("Ports are a protocol's: -p tcp or -p udp in front of -m multiport.", sight.With(at, 0, "-p", "tcp"))
                : new Hint("-m multiport is for protocols with ports: tcp, udp, udplite, sctp and dccp.");
        }

        int jump = Array.IndexOf(sight.Words, "-j");
        return sight.Says("Need TCP, UDP, SCTP or DCCP with port") && jump >= 0 && sight.Find('p') < 0
            ? new Hint("A port is a protocol's: -p tcp or -p udp in front of the target.", sight.With(jump, 0, "-p", "tcp")) : null;
    }

    /// <summary><c>-j NAME</c> in front of the protocol that its options need</summary>
    private static Hint? BeforeTarget(Sight sight)
    {
        int jump = Array.IndexOf(sight.Words, "-j"), protocol = Array.IndexOf(sight.Words, "-p");
        return sight.Says("Need TCP, UDP, SCTP or DCCP with port") && jump >= 0 && protocol > jump && sight.Has(protocol + 1)
            ? new Hint("The protocol has to come before the target.", sight.Moved(protocol, jump)) : null;
    }

    /// <summary><c>-A OUTPUT -i eth0</c></summary>
    private static Hint? WrongInterface(Sight sight)
    {
        if (!sight.Says("Can't use -") || sight.Reason is not { } reason)
        {
            return null;
        }

        string letter = sight.Message[10..12], other = letter == "-i" ? "-o" : "-i";
        int at = Array.IndexOf(sight.Words, letter);
        return new Hint(reason, at >= 0 && Array.IndexOf(sight.Words, other) < 0 ? sight.With(at, 1, other) : null);
    }

    private static Hint? NatDrop(Sight sight) => !sight.Message.Contains("\"nat\" table is not intended for filtering", StringComparison.Ordinal) ? null
        : new Hint("Only the first packet of a connection sees the table nat. Drop in filter (INPUT for this machine, FORWARD for others), or before all else in raw, PREROUTING.");

    /// <summary>Signs of inversion where none can be</summary>
    private static Hint? Inversion(Sight sight)
    {
        int twice = Array.IndexOf(sight.Words, "!");
        return sight.Says("multiple consecutive !") && twice >= 0 ? new Hint("One \"!\" inverts an option.", sight.With(twice, 1))
            : sight.Says("cannot have ! before -j") ? new Hint("A target cannot be inverted: invert a condition, or use another target.")
            : sight.Says("! not allowed with multiple") ? new Hint("A packet from one of them is not from the other: both rules together would take everything. "
                + "Make a chain in which each address has a rule with -j RETURN, or a set: -m set ! --match-set NAME src.") : null;
    }

    private static Hint? ChainName(Sight sight)
    {
        if (sight.Says("chain name may not clash with target name") || sight.Says("chain name not allowed to start"))
        {
            string name = sight.Command.Kind == CommandKind.RenameChain ? Sight.Text(sight.Command.NewName.Span) : sight.Chain;
            return new Hint(sight.Says("chain name may") ? $"{name} is a target: -j {name} would not be clear." : "It would be taken for an option.");
        }

        if (!sight.Says("Invalid chain name `") || !sight.Message.Contains(' ', StringComparison.Ordinal))
        {
            return null;
        }

        int at = Array.IndexOf(sight.Words, sight.Message.Split('`')[1].TrimEnd('\''));
        return at < 0 ? null : new Hint("The name of a chain has no blanks.", sight.With(at, 1, sight.Words[at].Trim().Replace(' ', '-')));
    }

    /// <summary><c>--tcp-flags SYN</c></summary>
    private static Hint? Flags(Sight sight)
    {
        if (sight.Says("--tcp-flags requires two args"))
        {
            int at = Array.IndexOf(sight.Words, "--tcp-flags");
            return at < 0 || !sight.Has(at + 1) ? null : new Hint("It takes the flags to look at, and those of them that must be set.",
                sight.Words[at + 1].Contains(',', StringComparison.Ordinal) ? null : sight.With(at + 2, 0, sight.Words[at + 1]));
        }

        if (!sight.Says("Unknown TCP flag `"))
        {
            return null;
        }

        string typed = sight.Message.Split('`')[1].TrimEnd('\'').Split(',')[0];
        int word = Array.FindIndex(sight.Words, one => Array.IndexOf(one.Split(','), typed) >= 0);
        return word >= 0 && Nearest.To(typed, ["SYN", "ACK", "FIN", "RST", "URG", "PSH", "ALL", "NONE"]) is { } near
            ? new Hint($"Did you mean {near}?", sight.With(word, 1, sight.Words[word].Replace(typed, near, StringComparison.Ordinal)))
            : new Hint("The flags are SYN, ACK, FIN, RST, URG and PSH; ALL and NONE.");
    }

    /// <summary>The words with an option behind the name of its match.</summary>
    private static List<string> InFront(Sight sight, string match, params string[] option)
    {
        int at = Array.IndexOf(sight.Words, match) + 1;
        return [.. sight.With(at, 0, option)];
    }
}

using System;
using System.Collections.Generic;

namespace Sharptables.Hints;

/// <summary>Matches and targets that there are not.</summary>
internal static class UnknownExtensions
{
    public static Hint? See(Sight sight) => sight.Says("Couldn't load match `") && sight.IsUnread ? Match(sight)
        : sight.Says("Couldn't load target `") || (sight.Says("Chain '") && sight.Message.EndsWith("does not exist", StringComparison.Ordinal)) || sight.Says("goto '")
            ? Target(sight) is { } target ? target with { At = Array.LastIndexOf(sight.Words, sight.Target) } : null
        : OldTarget(sight);

    private static Hint? Match(Sight sight)
    {
        string name = sight.Has(sight.At) ? sight.Words[sight.At].TrimStart('-') : "";
        int option = sight.At - 1;
        if (name.Length == 0 || !sight.Has(option) || sight.Words[option] is not ("-m" or "--match"))
        {
            return null;
        }

        if (sight.Words[sight.At][0] == '-')
        {
            return new Hint($"-m took \"{sight.Words[sight.At]}\" for the name of a match: none stands between them.", sight.With(option, 1));
        }

        if (Gone.Match(name) is { } gone)
        {
            return new Hint(gone.Reason, gone.By is { } by ? sight.With(option, 2, by) : null);
        }

        string capitals = name.ToUpperInvariant();
        if (Array.IndexOf(Known.Verdicts, capitals) >= 0 || (Known.Has(sight.Family, capitals, areTargets: true) && name == capitals))
        {
            string[] rest = sight.With(option, 2);
            int jump = Array.IndexOf(rest, "-j");
            return jump < 0 || jump + 2 != rest.Length ? new Hint($"{capitals} is a target: use -j {capitals}.", jump < 0 ? sight.With(option, 2, "-j", capitals) : null)
                : sight.ForEach($"{capitals} is a target, and a rule has one: -j {capitals} in a rule of its own.", [.. rest[..jump], "-j", capitals], rest);
        }

        if (sight.Other is { } other && Known.Has(other, name, areTargets: false))
        {
            string meant = name == "hl" ? "ttl" : "hl";
            string[] words = Array.ConvertAll(sight.With(sight.At, 1, meant), word => word.StartsWith($"--{name}-", StringComparison.Ordinal) ? $"--{meant}{word[(name.Length + 2)..]}" : word);
            return name == "icmp" ? new Hint("ICMP for IPv6 is -p icmpv6 --icmpv6-type, and its types have other numbers: an echo request is 128.") : new Hint(name switch
            {
                "hl" => "The match hl is for the hop limit of IPv6; in IPv4 it is the TTL: -m ttl.",
                "ttl" => "The match ttl is for IPv4; in IPv6 it is the hop limit: -m hl.",
                _ => $"Only {other.Program} has the match {name}.",
            }, name is "ttl" or "hl" ? words : sight.Words)
            { IsForOther = name is not ("ttl" or "hl") };
        }

        return Nearest.To(name, Known.Names(sight.Family, areTargets: false)) is { } near ? new Hint($"Did you mean \"-m {near}\"?", sight.With(sight.At, 1, near))
            : sight.Reason is null ? new Hint($"There is no match {name}, nor a libxt_{name}.so that has it.") : null;
    }

    /// <summary>A target that there is not</summary>
    internal static Hint? Target(Sight sight)
    {
        string name = sight.Target;
        int at = Array.LastIndexOf(sight.Words, name);
        if (name.Length == 0 || at < 1)
        {
            return null;
        }

        if (sight.Words[at - 1] is "-g" or "--goto" && Known.IsTarget(sight.Family, name))
        {
            return new Hint($"-g goes to a chain; {name} is a target, which -j names.", sight.With(at - 1, 1, "-j"));
        }

        string[] several = name.Split(',', '+', '/', '&', '|');
        if (several.Length > 1 && Array.TrueForAll(several, one => Known.IsTarget(sight.Family, one)))
        {
            return EachTarget(sight, several, sight.Words[..(at - 1)], sight.Words[(at + 1)..]);
        }

        string trimmed = name.Trim(';', ',', '.', ':', '/', '\\', '(', ')', '\'', '"', '`');
        if (trimmed != name && Known.IsTarget(sight.Family, trimmed))
        {
            return new Hint($"A sign is too much behind {trimmed}.", sight.With(at, 1, trimmed));
        }

        string capitals = name.ToUpperInvariant();
        if (capitals != name && Known.IsTarget(sight.Family, capitals))
        {
            return new Hint($"Names of targets are in upper case: {capitals}.", sight.With(at, 1, capitals));
        }

        if (Gone.Target(capitals) is { } gone)
        {
            return new Hint(gone.Reason, gone.By is { } by ? sight.With(at, 1, by) : null);
        }

        IReadOnlyList<string> chains = sight.Chains;
        foreach (string chain in chains)
        {
            if (string.Equals(chain, name, StringComparison.OrdinalIgnoreCase) && chain != name)
            {
                return new Hint($"Case matters in the names of chains: {chain}.", sight.With(at, 1, chain));
            }
        }

        if (sight.Other is { } other && Known.Has(other, name, areTargets: true))
        {
            return new Hint(name is "HL" or "TTL" ? "The target HL is for the hop limit of IPv6, TTL for that of IPv4." : $"Only {other.Program} has the target {name}.",
                name is "HL" or "TTL" ? null : sight.Words)
            { IsForOther = name is not ("HL" or "TTL") };
        }

        if (Known.Has(sight.Family, name, areTargets: false))
        {
            return sight.Names.TryGetNumber(Names.NameKind.Protocol, System.Text.Encoding.UTF8.GetBytes(name), out _)
                ? new Hint($"{name} is a protocol: -p {name}, in front of a target such as -j ACCEPT.") : new Hint($"{name} is a match: use -m {name}.");
        }

        List<string> known = [.. Known.Verdicts, .. Known.Names(sight.Family, areTargets: true)];
        foreach (string chain in chains)
        {
            if (Array.IndexOf(sight.Family.HookNames, chain) < 0)
            {
                known.Add(chain);
            }
        }

        if (Nearest.To(name, known) is { } near)
        {
            return new Hint($"Did you mean \"{sight.Words[at - 1]} {near}\"?", sight.With(at, 1, near));
        }

        if (known.Find(word => name.Length > 1 && word != name && word.StartsWith(name, StringComparison.OrdinalIgnoreCase)) is { } begun)
        {
            return new Hint($"Did you mean \"{sight.Words[at - 1]} {begun}\"?", sight.With(at, 1, begun));
        }

        string reason = $"\"{name}\" is neither a chain of table {sight.Table} nor a target; create a chain with -N before rules jump to it.";
        if (!IsNameOfChain(sight, name))
        {
            return new Hint($"\"{name}\" is no target: -j takes a verdict, such as ACCEPT or DROP, another target, or a chain.");
        }

        return sight.IsLine ? new Hint($"{reason[..^1]}, or by a line \":{name} - [0:0]\" in front of all rules.")
            : new Hint(reason, [.. InTable(sight), "-N", name]) { AndThen = [sight.Words] };
    }

    /// <summary>A rule for each of several targets: those first that leave the packet to the next rule.</summary>
    /// <param name="sight">What is seen.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="head">The words in front of <c>-j</c>.</param>
    /// <param name="rest">The words behind the targets.</param>
    internal static Hint EachTarget(Sight sight, string[] targets, string[] head, string[] rest)
    {
        List<string[]> rules = [];
        string[] ending = Array.FindAll(targets, static target => target is not ("LOG" or "NFLOG" or "MARK" or "CONNMARK" or "TEE" or "AUDIT" or "CT" or "TRACE"));
        foreach (string target in targets)
        {
            if (Array.IndexOf(ending, target) < 0)
            {
                rules.Add([.. head, "-j", target]);
            }
        }

        if (ending.Length == 1 && rules.Count > 0 && rest.Length == 0)
        {
            return sight.ForEach("A rule has one target: write a rule for each.", [.. rules, [.. head, "-j", ending[0]]]);
        }

        return new Hint(ending.Length > 1 ? $"A rule has one target: {string.Join(" or ", ending)}." : "A rule has one target: write a rule for each, with all conditions.");
    }

    /// <summary>Whether a word looks like the name of a chain.</summary>
    internal static bool IsName(string word) => word.Length > 0 && char.IsAsciiLetter(word[0])
        && Array.TrueForAll(word.ToCharArray(), static sign => char.IsLetterOrDigit(sign) || sign is '-' or '_' or '.');

    /// <summary>Whether a word that is no target looks like the name of a chain, and not like a value of an option.</summary>
    private static bool IsNameOfChain(Sight sight, string name) => IsName(name)
        && (Array.Exists(name.ToCharArray(), char.IsAsciiLetterUpper) || !sight.Names.TryGetNumber(Names.NameKind.Protocol, System.Text.Encoding.UTF8.GetBytes(name), out _)) && Model.BuiltInTable.Named(name, sight.Family) is null
        && Array.IndexOf(sight.Family.HookNames, name) < 0;

    /// <summary>A target that is still known, but no kernel has it</summary>
    private static Hint? OldTarget(Sight sight)
    {
        int at = Array.IndexOf(sight.Words, sight.Target);
        return sight.Target.Length == 0 || at < 0 || sight.Target is not ("ULOG" or "SAME" or "MIRROR") || Gone.Target(sight.Target) is not { } gone
            || (!sight.IsUnread && sight.Shape is not (ErrorShape.Refused or ErrorShape.RefusedByNft or ErrorShape.Answer)) ? null
            : new Hint(sight.IsUnread ? gone.Reason : $"{sight.Reason}\n{gone.Reason}", gone.By is { } by ? sight.With(at, 1, by) : null);
    }

    /// <summary>The words that name the table, if the command does.</summary>
    internal static string[] InTable(Sight sight) => sight.Table == "filter" || sight.IsLine ? [] : ["-t", sight.Table];
}

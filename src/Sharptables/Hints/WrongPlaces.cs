using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Formats.Iptables;
using Sharptables.Model;

namespace Sharptables.Hints;

/// <summary>Commands that can be read, and that the table or the kernel does not allow.</summary>
internal static class WrongPlaces
{
    private const int MostNamed = 5;

    public static Hint? See(Sight sight) => sight.IsUnread ? null
        : sight.Shape == ErrorShape.NoTable || sight.Says("table '") ? Table(sight)
        : sight.Shape is ErrorShape.Refused or ErrorShape.RefusedByNft or ErrorShape.Answer or ErrorShape.WrongUsage
            ? PolicyWord(sight) ?? (sight.Shape == ErrorShape.WrongUsage ? null : NoChain(sight)) ?? Edit(sight) ?? Misplaced(sight) : null;

    /// <summary><c>-t Nat</c></summary>
    private static Hint? Table(Sight sight)
    {
        string[] tables = Known.Tables(sight.Family);
        int at = Array.LastIndexOf(sight.Words, sight.Table);
        return Array.IndexOf(tables, sight.Table) < 0 && at > 0 && Nearest.To(sight.Table, tables) is { } near ? new Hint($"Did you mean -t {near}?", sight.With(at, 1, near)) : null;
    }

    /// <summary><c>-P INPUT drop</c>, <c>-P INPUT REJECT</c></summary>
    private static Hint? PolicyWord(Sight sight)
    {
        if (sight.Command.Kind != CommandKind.SetPolicy)
        {
            return null;
        }

        string policy = Sight.Text(sight.Command.NewName.Span), chain = sight.Chain;
        int at = Array.LastIndexOf(sight.Words, policy);
        string capitals = policy.ToUpperInvariant();
        string? meant = capitals is "ACCEPT" or "DROP" ? capitals : Gone.Target(capitals)?.By ?? Nearest.To(policy, ["ACCEPT", "DROP"]);
        bool isChain = Array.IndexOf(sight.Family.HookNames, policy) >= 0 && chain is "ACCEPT" or "DROP";
        return isChain ? new Hint("The chain comes first, then the policy.", sight.With(at - 1, 2, policy, chain))
            : policy is "ACCEPT" or "DROP" || at < 0 ? null
            : policy == "REJECT" ? new Hint($"A policy is ACCEPT or DROP. To reject all the rest, let the last rule of the chain do so.", [.. UnknownExtensions.InTable(sight), "-A", chain, "-j", "REJECT"])
            : new Hint(meant is null ? $"A policy is ACCEPT or DROP, not \"{policy}\"." : $"A policy is ACCEPT or DROP: {meant}.", meant is null ? null : sight.With(at, 1, meant));
    }

    /// <summary>A chain that the table does not have</summary>
    private static Hint? NoChain(Sight sight)
    {
        string chain = sight.Chain;
        int at = Array.IndexOf(sight.Words, chain);
        IReadOnlyList<string> chains = sight.Chains;
        List<string> known = [.. chains];
        if (!sight.Command.HasChain || at < 0 || known.Contains(chain) || sight.Command.Kind == CommandKind.NewChain)
        {
            return null;
        }

        if (known.Find(one => string.Equals(one, chain, StringComparison.OrdinalIgnoreCase)) is { } inCapitals)
        {
            return new Hint($"Case matters in the names of chains: {inCapitals}.", sight.With(at, 1, inCapitals)) { At = at };
        }

        string[] homes = Known.Tables(sight.Family, chain);
        if (homes.Length > 0)
        {
            string? home = HomeOf(sight, homes);
            string reason = $"Table {sight.Table} has no chain {chain}; {Names(homes, sight.IsLine)}.";
            string[]? words = home is null || sight.IsLine ? null : sight.InTable(home);
            return new Hint(sight.IsLine ? $"{reason[..^1]}: the rule belongs below the line *{home ?? homes[0]}." : reason, words);
        }

        if (BuiltInTable.Named(chain, sight.Family) is not null && sight.Command.Kind is CommandKind.List or CommandKind.ListRules or CommandKind.Flush or CommandKind.Zero)
        {
            return new Hint($"{chain} is a table: -t {chain}.", [.. sight.Words[..(at - 1)], "-t", chain, .. sight.With(at, 1)[(at - 1)..]]);
        }

        return (Nearest.To(chain, known) ?? known.Find(one => chain.Length > 1 && one.StartsWith(chain, StringComparison.OrdinalIgnoreCase))) is { } near ? new Hint($"There is no chain \"{chain}\" in table {sight.Table}. Did you mean {near}?", sight.With(at, 1, near))
            : sight.IsLine ? new Hint($"There is no chain \"{chain}\" in table {sight.Table}: a line \":{chain} - [0:0]\" in front of all rules creates it.")
            : Known.IsTarget(sight.Family, chain) ? new Hint($"{chain} is a target, which -j names; {sight.Words[Math.Max(0, at - 1)]} names a chain, such as INPUT.")
            : sight.Command.Kind is CommandKind.Append or CommandKind.Insert && UnknownExtensions.IsName(chain)
            ? new Hint($"There is no chain \"{chain}\" in table {sight.Table}; -N creates it.", [.. UnknownExtensions.InTable(sight), "-N", chain]) { AndThen = [sight.Words] }
            : new Hint($"There is no chain \"{chain}\" in table {sight.Table}; it has {string.Join(", ", known)}.");
    }

    /// <summary>A chain or a target that is not there, in a command that can be read.</summary>
    public static Hint? Absent(Sight sight)
    {
        if (sight.Command.Kind is not (CommandKind.Append or CommandKind.Insert or CommandKind.Replace or CommandKind.Delete or CommandKind.Check))
        {
            return null;
        }

        string target = sight.Target;
        bool isChainKnown = sight.Family.HookNamed(sight.Chain) != Hooks.None && Array.IndexOf(BuiltInTable.Named(sight.Table, sight.Family)?.Chains ?? [], sight.Chain) >= 0;
        bool isTargetKnown = target.Length == 0 || Known.IsTarget(sight.Family, target) || sight.Family.HookNamed(target) != Hooks.None;
        Hint? noTarget = isTargetKnown || Known.Contains(sight.Chains, target) ? null : UnknownExtensions.Target(sight);
        Hint? noChain = isChainKnown ? null : NoChain(sight);
        return noChain is { AndThen.Length: > 0 } && noTarget is not null ? new Hint($"{noChain.Reason}\n{noTarget.Reason}") : noChain ?? noTarget;
    }

    /// <summary>The table of several that the target of the rule asks for; null if it is not clear.</summary>
    private static string? HomeOf(Sight sight, string[] homes)
    {
        string[]? wanted = sight.Command.Rule.Target?.Usage.Tables;
        foreach (string home in homes)
        {
            if (wanted is not null && Array.IndexOf(wanted, home) >= 0)
            {
                return home;
            }
        }

        return homes.Length == 1 ? homes[0] : null;
    }

    private static string Names(string[] tables, bool isLine) =>
        (tables.Length == 1 ? $"{tables[0]} has it" : $"{string.Join(", ", tables[..^1])} and {tables[^1]} have it") + (isLine ? "" : " (-t)");

    /// <summary>What stands in the way of an edit</summary>
    private static Hint? Edit(Sight sight)
    {
        string[] table = UnknownExtensions.InTable(sight);
        return sight.IsLine ? null
            : sight.Command.Kind == CommandKind.DeleteChain && InUse(sight) is { } jumps ? jumps
            : sight.Says("Directory not empty") || (sight.Says(" CHAIN_DEL failed") && sight.Reason?.Contains("has rules", StringComparison.Ordinal) == true)
            ? sight.Chain.Length == 0 ? null : new Hint($"Chain {sight.Chain} has rules: flush it first.", [.. table, "-F", sight.Chain]) { AndThen = [sight.Words] }
            : sight.Says("Index of insertion too big") && Array.IndexOf(sight.Words, "-I") is >= 0 and int at && sight.Reason is { } reason
            ? new Hint($"{reason} -A appends behind all of them.", sight.With(at, 3, "-A", sight.Chain)) : null;
    }

    /// <summary>A chain that is to be deleted though rules jump to it</summary>
    private static Hint? InUse(Sight sight)
    {
        bool isBusy = sight.Says("CHAIN_DEL failed (Device or resource busy): chain ");
        string chain = sight.Chain.Length > 0 ? sight.Chain : isBusy ? sight.Message[(sight.Message.LastIndexOf(' ') + 1)..] : "";
        if (chain.Length == 0 || (!isBusy && !sight.Says("Too many links")) || sight.JumpsTo(chain) is not { Count: > 0 } jumps)
        {
            return null;
        }

        List<string> rules = [];
        List<string[]> commands = [];
        foreach ((string from, int number) in jumps)
        {
            rules.Add($"rule {number} of {from}");
            commands.Insert(0, [.. UnknownExtensions.InTable(sight), "-D", from, $"{number}"]); // from the last, so that the numbers stay right
        }

        string named = rules.Count > MostNamed ? $"{string.Join(", ", rules[..MostNamed])} and {rules.Count - MostNamed} others jump" : $"{string.Join(" and ", rules)} {(rules.Count == 1 ? "jumps" : "jump")}";
        string reason = $"Rules have to be deleted before the chain that they jump to: {named} to {chain}.";
        return rules.Count > MostNamed || sight.Chain.Length == 0 ? new Hint(reason) : new Hint(reason, commands[0]) { AndThen = [.. commands[1..], sight.Words] };
    }

    /// <summary>A match or target in the wrong table or chain, or without the protocol it needs</summary>
    private static Hint? Misplaced(Sight sight)
    {
        if (!sight.Command.HasRule || sight.Shape == ErrorShape.Answer || sight.Reason is null)
        {
            return null;
        }

        return Usage(sight) is { } usage ? usage with { Reason = sight.Reason }
            : Misuse(sight) is { } misuse ? misuse with { Reason = $"{sight.Reason}\n{misuse.Reason}" } : null;
    }

    /// <summary>What the kernel would refuse for the table, the chain or the protocol</summary>
    public static Hint? Usage(Sight sight)
    {
        foreach (Extension extension in sight.Read.Loaded)
        {
            Usage usage = extension.Usage;
            string what = $"{(extension.IsTarget ? "-j" : "-m")} {extension.Name}";
            Hooks hook = sight.Family.HookNamed(sight.Chain);
            if (usage.Tables is { } tables && Array.IndexOf(tables, sight.Table) < 0)
            {
                return OfTables(sight, what, tables, usage.Hooks, hook);
            }

            if (hook != Hooks.None && (usage.Hooks & hook) == 0)
            {
                string chains = sight.Family.NamesOf(usage.Hooks);
                string[] able = Array.FindAll(chains.Split(", "), name => Known.Contains(sight.Chains, name));
                int at = Array.IndexOf(sight.Words, sight.Chain);
                string? best = able.Length == 1 ? able[0] : Array.IndexOf(able, "PREROUTING") >= 0 && sight.Chain == "POSTROUTING" ? "PREROUTING"
                    : Array.IndexOf(able, "POSTROUTING") >= 0 && sight.Chain == "PREROUTING" ? "POSTROUTING" : null;
                return new Hint($"{what} is for {string.Join(" and ", able)}, not for {sight.Chain}.", best is null || at < 0 ? null : sight.With(at, 1, best));
            }

            if (usage.Protocols is { Length: > 0 } protocols && !sight.Family.HasEtherTypes && Array.IndexOf(protocols, sight.Read.Command.Rule.Context.Protocol) < 0)
            {
                string[] names = Array.ConvertAll(protocols, number => number switch { 6 => "tcp", 17 => "udp", 58 => "icmpv6", 1 => "icmp", 132 => "sctp", 33 => "dccp", var other => $"{other}" });
                int jump = Array.IndexOf(sight.Words, "-j");
                string[]? words = sight.Find('p') < 0 && jump >= 0 ? sight.With(jump, 0, "-p", names[0]) : null;
                return new Hint($"{what} needs -p {string.Join(" or -p ", names)}.", extension.Name == "TCPMSS" && words is not null ? [.. words[..(jump + 2)], "--syn", .. words[(jump + 2)..]] : words);
            }
        }

        return null;
    }

    /// <summary>What the kernel refuses of values</summary>
    private static Hint? Misuse(Sight sight)
    {
        int target = Array.IndexOf(sight.Words, "-j");
        return sight.Reason!.Contains("must ask for packets with SYN", StringComparison.Ordinal) && target >= 0
            ? new Hint("Only packets with SYN have the option that TCPMSS changes: add --syn.", sight.With(target, 0, "--syn"))
            : sight.Reason.Contains("tcp-reset needs -p tcp", StringComparison.Ordinal) && target >= 0
            ? new Hint("Only TCP has resets: -p tcp.", sight.Find('p') < 0 ? sight.With(target, 0, "-p", "tcp") : null)
            : Array.IndexOf(sight.Words, "--helper") is >= 0 and int helper && sight.Has(helper + 1) && sight.Target == "CT"
            ? new Hint($"The kernel has no helper \"{sight.Words[helper + 1]}\": its module may not be loaded, nf_conntrack_{sight.Words[helper + 1].Split('-')[0]}; the usual name is {sight.Words[helper + 1].Split('-')[0]}.")
            : Array.IndexOf(sight.Words, "--algo") is >= 0 and int algo && sight.Has(algo + 1) && sight.Words[algo + 1] is not ("bm" or "kmp" or "fsm")
            ? new Hint("The kernel knows the ways of searching bm, kmp and fsm.", Nearest.To(sight.Words[algo + 1], ["kmp", "bm", "fsm"]) is { } way ? sight.With(algo + 1, 1, way) : null)
            : Array.IndexOf(sight.Words, "--limit-burst") is >= 0 and int burst && sight.Has(burst + 1) && sight.Words[burst + 1] == "0"
            ? new Hint("A burst of 0 would let nothing through: 1 is the least.", sight.With(burst + 1, 1, "1")) : null;
    }

    private static Hint OfTables(Sight sight, string what, string[] tables, Hooks hooks, Hooks hook)
    {
        string chain = sight.Chain;
        string reason = $"{what} is only for the table{(tables.Length == 1 ? "" : "s")} {string.Join(" and ", tables)}.";
        BuiltInTable? table = BuiltInTable.Named(tables[0], sight.Family);
        if (sight.IsLine || tables.Length > 1 || table is null || hook == Hooks.None)
        {
            return new Hint(sight.IsLine ? $"{reason[..^1]}: the rule belongs below the line *{tables[0]}." : reason);
        }

        string[] able = Array.FindAll(table.Chains, name => (sight.Family.HookNamed(name) & hooks) != 0);
        string[] words = sight.InTable(table.Name);
        int at = Array.IndexOf(words, chain);
        string? best = Array.IndexOf(able, chain) >= 0 ? chain : able.Length == 1 ? able[0] : Array.IndexOf(able, "PREROUTING") >= 0 && chain is "FORWARD" or "INPUT" ? "PREROUTING" : null;
        return best is null || at < 0 ? new Hint(reason)
            : new Hint(best == chain ? reason : $"{reason[..^1]}, and there for {string.Join(" and ", able)}.", [.. words[..at], best, .. words[(at + 1)..]]);
    }
}

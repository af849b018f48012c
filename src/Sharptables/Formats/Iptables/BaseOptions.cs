using System;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>The command line's own options.</summary>
internal static class BaseOptions
{
    private static readonly CommandKind[] s_withRule =
        [CommandKind.Append, CommandKind.Check, CommandKind.Delete, CommandKind.Insert, CommandKind.Replace, CommandKind.ChangeCounters];

    private static readonly CommandKind[] s_withCounters = [CommandKind.Append, CommandKind.Insert, CommandKind.Replace, CommandKind.SetPolicy];

    private static readonly CommandKind[] s_withListing = [CommandKind.List];

    /// <summary><c>-j</c>: its word may name a target.</summary>
    public static BaseOption Jump { get; } = new("jump", 'j', "target", OptionGroup.Rule, "What happens to the packet.")
    {
        Apply = static (b, in use) => b.SetTarget(use),
        InversionComplaint = "cannot have ! before -j",
        Commands = s_withRule,
        Rank = 4,
    };

    /// <summary><c>-m</c>: its word names a match.</summary>
    public static BaseOption Match { get; } = new("match", 'm', "match", OptionGroup.Rule, "Loads a match; its options follow.")
    {
        Apply = static (b, in use) => b.Rule.Add(use.Named!),
        DecidesOptions = true,
        InversionComplaint = "unexpected ! flag before --match",
        MayRepeat = true,
    };

    /// <summary><c>-h</c>: also prints help for the protocol's match.</summary>
    public static BaseOption Help { get; } =
        new("help", 'h', "", OptionGroup.Other, "Shows help, with that of the extensions.")
        {
            Apply = static (b, in use) => b.Command.Kind = CommandKind.Help,
            MayRepeat = true,
            IsLast = true,
        };

    /// <summary>All, in the order of help and the manual page; the head's options are inserted between them (<see cref="BaseOption.HeadFollows"/>).</summary>
    public static BaseOption[] All { get; } =
    [
        Command("append", 'A', "chain", CommandKind.Append, "Appends a rule to a chain."),
        Command("check", 'C', "chain", CommandKind.Check, "Checks whether the chain has such a rule: exits with 0 if so, else with 1."),
        Command("delete", 'D', "chain [number]", CommandKind.Delete, "Deletes the first such rule, or the one with this number."),
        Command("insert", 'I', "chain [number]", CommandKind.Insert, "Inserts a rule before the one with this number, or before the first."),
        Command("replace", 'R', "chain number", CommandKind.Replace, "Replaces the rule with this number."),
        Command("list", 'L', "[chain [number]]", CommandKind.List, "Lists rules in columns."),
        Command("list-rules", 'S', "[chain [number]]", CommandKind.ListRules, "Lists rules as the commands that create them."),
        Command("flush", 'F', "[chain]", CommandKind.Flush, "Deletes all rules."),
        Command("zero", 'Z', "[chain [number]]", CommandKind.Zero, "Zeroes the counters."),
        Command("new-chain", 'N', "new-chain", CommandKind.NewChain, "Makes a chain."),
        Command("delete-chain", 'X', "[user-chain]", CommandKind.DeleteChain, "Deletes an empty chain that no rule jumps to, or all such chains."),
        Command("policy", 'P', "chain policy", CommandKind.SetPolicy, "Sets the policy of a built-in chain."),
        Command("rename-chain", 'E', "user-chain new-chain", CommandKind.RenameChain, "Renames a chain."),
        new("ipv4", '4', "", OptionGroup.Rule, "The rule is for IPv4: ip6tables refuses it, ip6tables-restore skips its line.")
        {
            Apply = static (b, in use) => b.RequireFamily('4'), MayRepeat = true,
        },
        new("ipv6", '6', "", OptionGroup.Rule, "The rule is for IPv6: iptables refuses it, iptables-restore skips its line.")
        {
            Apply = static (b, in use) => b.RequireFamily('6'), MayRepeat = true, HeadFollows = "psdi",
        },
        Jump,
        new("goto", 'g', "user-chain", OptionGroup.Rule, "Continues in a chain, without returning here.")
        {
            Apply = static (b, in use) => b.SetGoto(use), LetterInMessages = 'j', InversionComplaint = "cannot have ! before -j", Commands = s_withRule, Rank = 4,
        },
        Match,
        Listing("numeric", 'n', 'n', CommandOptions.Numeric, 0, "cannot have ! before -n", "Shows addresses and ports as numbers.", headFollows: "o"),
        new("table", 't', "table", OptionGroup.Other, "The table to work on; filter if not given.")
        {
            Apply = static (b, in use) => b.SetTable(use), InversionComplaint = "unexpected ! flag before --table", MayRepeat = true,
        },
        new("verbose", 'v', "", OptionGroup.Other, "Reports more; given twice, also shows the kernel's entries.")
        {
            Apply = static (b, in use) => b.Command.Verbosity++, InversionComplaint = "cannot have ! before -v", MayRepeat = true,
        },
        new("wait", 'w', "[seconds]", OptionGroup.Other, "How long to wait for the lock; without a time limit if not given.")
        {
            Apply = static (b, in use) => b.SetWait(use), MayRepeat = true,
        },
        Listing("line-numbers", '\0', '0', CommandOptions.LineNumbers, 8, "cannot have ! before -0", "Shows the numbers of rules."),
        Listing("exact", 'x', 'x', CommandOptions.Exact, 5, "cannot have ! before -x", "Shows counters in full.", headFollows: "f"),
        new("modprobe", 'M', "command", OptionGroup.Other, "The program that loads kernel modules; if not given, the one that the kernel names.")
        {
            Apply = static (b, in use) => b.Command.Modprobe = b.TextOf(use.Value).ToArray(), MayRepeat = true,
        },
        Counters(s_withCounters, "What the rule's counters begin with."),
        new("version", 'V', "", OptionGroup.Other, "Shows the version.")
        {
            Apply = static (b, in use) => (b.Command.Kind, b.Command.AlsoZero) = (CommandKind.Version, use.IsInverted), MayRepeat = true, IsLast = true,
        },
        Help,
        new("wait-interval", 'W', "[microseconds]", OptionGroup.Other, "") { Apply = static (b, in use) => b.SetWaitInterval(use), MayRepeat = true },
    ];

    /// <summary>Those of ebtables.</summary>
    public static BaseOption[] OfEbtables() =>
    [
        .. Array.FindAll(All, static option => option is { IsCommand: true, Letter: not 'C' }),
        Command("check", '\0', "chain", CommandKind.Check, "Checks whether the chain has such a rule: exits with 0 if so, else with 1."),
        Command("change-counters", 'C', "chain", CommandKind.ChangeCounters,
            "Changes the counters of rules: \"-C chain [number[:number]] packets bytes [rule]\". A + or - in front of one adds or subtracts."),
        Command("init-table", '\0', "", CommandKind.InitTable, "Makes the table as it is at first: without rules and chains of users, and with the policy ACCEPT."),
        Command("atomic-init", '\0', "", CommandKind.AtomicInit, "Writes the table as it is at first to a file."),
        Command("atomic-save", '\0', "", CommandKind.AtomicSave, "Writes the table in force to a file, with its counters."),
        Command("atomic-commit", '\0', "", CommandKind.AtomicCommit, "Puts the table of a file in force, in one step."),
        .. Array.FindAll(All, static option => option is { IsCommand: false, Letter: 'j' or 't' or 'v' or 'M' or 'V' or 'h' }),
        Counters([.. s_withCounters, CommandKind.Check, CommandKind.Delete, CommandKind.ChangeCounters],
            "What the rule's counters begin with; with -D, --check and -C, what they are."),
        new("atomic-file", '\0', "file", OptionGroup.Other, "Works on the table in this file, not on the one in force; EBTABLES_ATOMIC_FILE in the environment does the same.")
        {
            Apply = static (b, in use) => b.SetAtomicFile(use),
        },
        Show("Ln", CommandOptions.LineNumbers, "Shows the numbers of rules."),
        Show("Lc", CommandOptions.Counters, "Shows the counters of rules."),
        Show("Lx", CommandOptions.AsCommands, ""),
        Show("Lmac2", CommandOptions.None, ""),
        new("concurrent", '\0', "", OptionGroup.Other, "") { Apply = static (b, in use) => { }, MayRepeat = true },
    ];

    private static BaseOption Counters(CommandKind[] commands, string summary) => new("set-counters", 'c', "packets bytes", OptionGroup.Rule, summary)
    {
        Apply = static (b, in use) => b.SetCounters(use),
        InversionComplaint = "cannot have ! before -c",
        Commands = commands,
        Rank = 9,
        Joint = ',',
    };

    private static BaseOption Show(string name, CommandOptions flag, string summary) =>
        new(name, '\0', "", OptionGroup.Other, summary)
        {
            Apply = (b, in use) => b.Command.Options |= flag,
            Commands = s_withListing,
            MisplacedComplaint = $"Use --{name} with -L",
            MayRepeat = true,
        };

    private static BaseOption Command(string name, char letter, string placeholder, CommandKind kind, string summary) =>
        new(name, letter, placeholder, OptionGroup.Command, summary)
        {
            Command = kind,
            Apply = static (b, in use) => b.SetCommand(use),
            InversionComplaint = "unexpected '!' flag",
            MayRepeat = true,
        };

    private static BaseOption Listing(string name, char letter, char letterInMessages, CommandOptions flag, int rank, string inversionComplaint, string summary,
        string headFollows = "") =>
        new(name, letter, "", OptionGroup.Other, summary)
        {
            Apply = (b, in use) => b.Command.Options |= flag,
            LetterInMessages = letterInMessages,
            InversionComplaint = inversionComplaint,
            Commands = s_withListing,
            HeadFollows = headFollows,
            Rank = rank,
        };
}

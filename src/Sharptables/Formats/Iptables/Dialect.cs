using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>What the programs of a family take and write otherwise than those of others do.</summary>
internal sealed class Dialect
{
    private static readonly Complaints s_complaints = new();

    private static readonly Dialect s_iptables = new()
    {
        Options = BaseOptions.All,
        NamesMatches = true,
        HasCommit = true,
        ListingOf = static (table, extensions, options, isVerbose, output) => new Listing(table, extensions, options, isVerbose, output),
    };

    /// <summary>Makes a listing of a table.</summary>
    public delegate IListing ListingMaker(Table table, ExtensionSet extensions, CommandOptions options, bool isVerbose, Output output);

    /// <summary>The command line's own options, in the order of help and the manual page.</summary>
    public required BaseOption[] Options { get; init; }

    /// <summary>Makes a listing of a table: with <c>-n</c>, <c>-x</c> and such, and <c>-v</c>.</summary>
    public required ListingMaker ListingOf { get; init; }

    /// <summary>What is said of command lines that do not fit together.</summary>
    public Complaints Complaints { get; init; } = s_complaints;

    /// <summary>Whether an error that is an answer ends with a full stop.</summary>
    public bool EndsAnswers { get; init; } = true;

    /// <summary>Whether the command line without any words asks for help.</summary>
    public bool HelpsWithoutWords { get; init; }

    /// <summary>Whether rules are numbered from either end, and several may be named: <c>2:-1</c>.</summary>
    public bool TakesRanges { get; init; }

    /// <summary>Whether a rule without a target has one by name: <c>-j CONTINUE</c>.</summary>
    public bool NamesContinue { get; init; }

    /// <summary>Whether a match is named before its options are known: <c>-m</c>.</summary>
    public bool NamesMatches { get; init; }

    /// <summary>Whether a rule is written with its target first.</summary>
    public bool PutsTargetFirst { get; init; }

    /// <summary>
    /// Whether a save has a line behind each table, without which nothing of it is restored, and the policies' counters. Else a table ends where the
    /// next begins, or the input.
    /// </summary>
    public bool HasCommit { get; init; }

    private static Dialect Arptables => field ??= new()
    {
        Options = Array.FindAll(BaseOptions.All, static option => option.Letter is not ('4' or '6' or 'g' or 'm' or 'w' or 'W')),
        PutsTargetFirst = true,
        ListingOf = static (table, extensions, options, isVerbose, output) => new ArpListing(table, extensions, options, isVerbose, output),
    };

    private static Dialect Ebtables => field ??= new()
    {
        Options = BaseOptions.OfEbtables(),
        Complaints = new EbtablesComplaints(),
        EndsAnswers = false,
        HelpsWithoutWords = true,
        TakesRanges = true,
        NamesContinue = true,
        ListingOf = static (table, extensions, options, _, output) => new BridgeListing(table, extensions, options, output),
    };

    /// <summary>That of a family.</summary>
    public static Dialect Of(Family family) =>
        (family.Bit & Families.Both) != 0 ? s_iptables : (family.Bit & Families.Arp) != 0 ? Arptables : Ebtables;

    /// <summary>The option of the command line's own with a letter, or null.</summary>
    public BaseOption? Find(byte letter)
    {
        foreach (BaseOption option in Options)
        {
            if (option.Letter == letter && letter != 0)
            {
                return option;
            }
        }

        return null;
    }

    /// <summary>The option that is a command.</summary>
    public BaseOption Find(CommandKind command) =>
        Array.Find(Options, option => option.Command == (command == CommandKind.DeleteNumber ? CommandKind.Delete : command))!;
}

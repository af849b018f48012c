using System;
using System.Text;
using Sharptables.Editing;
using Sharptables.Formats.Iptables;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary>
/// <c>sharptables translate</c>: saved rules as a file that <c>nft -f</c> loads in one step, in the place of those that are there; and a file of nft(8) as
/// saved rules.
/// </summary>
internal static partial class Translate
{
    /// <summary>Its name.</summary>
    public const string Program = "sharptables translate";
    private const char FromNftOption = '\x01';
    private const char CheckOption = '\x02';
    private const char SetsOption = '\x03';
    private const char FamilyOption = '\x04';

    private static readonly ProgramOption[] s_options =
    [
        new('4', "ipv4", summary: "The rules are for IPv4; if not given, they are what their addresses and protocols say."),
        new('6', "ipv6", summary: "The rules are for IPv6."),
        new(FamilyOption, "family", "family", "The family of the rules: ip, ip6, arp (of arptables) or bridge (of ebtables)."),
        new('c', "counters", summary: "Counters begin as they were saved, not at zero."),
        new(FromNftOption, "from-nft", "file", "The way back: prints the rules of this file of nft(8) as those of iptables, ip6tables, arptables or ebtables, for their -restore."),
        new(SetsOption, "sets", "file", "The IP sets that rules ask, as `ipset save` writes them, become sets of nft."),
        new(CheckOption, "check", summary: "Prints nothing, but has the kernel load the rules and their translation, each in a network namespace of its own, and compares."),
        new('h', "help", summary: "Shows its options."),
    ];

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new(Program);
        Output output = new(StandardStreams.Output);
        try
        {
            int status = Run(new OptionReader(invocation, s_options), invocation, output, errors);
            output.Flush();
            return status;
        }
        catch (FormatException e)
        {
            errors.Message(e.Message);
            return 2;
        }
        catch (OptionException e)
        {
            errors.Print(e);
            return 2;
        }
        catch (RestoreException e)
        {
            return errors.Print(e);
        }
        catch (UsageException e)
        {
            return errors.Print(e);
        }
    }

    private static int Run(OptionReader reader, Invocation invocation, Output output, ErrorReport errors)
    {
        Family? family = null;
        byte[]? fromNft = null, sets = null;
        bool showsCounters = false, checks = false;
        for (char option; (option = reader.Next()) != '\0';)
        {
            switch (option)
            {
                case '4' or '6':
                    family = Array.Find(Family.OfXTables(), family => family.Letter == option);
                    break;
                case FamilyOption:
                    family = Array.Find(Family.All(), family => reader.Value.AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(family.NftName)));
                    if (family is null)
                    {
                        errors.Line($"{Program}: there is no family {MessageText.Of(reader.Value)}: they are ip, ip6, arp and bridge");
                        return 2;
                    }

                    break;
                case FromNftOption:
                    fromNft = reader.Value;
                    break;
                case SetsOption:
                    sets = reader.Value;
                    break;
                case 'c':
                    showsCounters = true;
                    break;
                case CheckOption:
                    checks = true;
                    break;
                case 'h':
                    ProgramHelp.Write(Describe(Family.IPv4), Program, output);
                    return 0;
            }
        }

        if (fromNft is not null && reader.Operands.Count == 0)
        {
            return FromNft.Load(fromNft, invocation, errors) is not 0 and var status ? status : new FromNft(errors).Print(family, fromNft, output);
        }

        if (reader.Operands.Count > (fromNft is null ? 1 : 0))
        {
            errors.Line($"{Program}: one file is translated at a time");
            return 2;
        }

        byte[]? nft = null;
        if (checks && (nft = FromNft.Enter(invocation, errors)) is null)
        {
            return 2;
        }

        if (!InputFile.TryOpen(reader.Operands.Count == 0 ? null : reader.Operands[0], errors, out int input))
        {
            return 2;
        }

        byte[] savedSets = [];
        if (sets is not null && !TryRead(sets, errors, out savedSets))
        {
            return 2;
        }

        byte[] file = [.. InputFile.ReadAll(input), (byte)'\n']; // if the last line lacks its end
        using RuleSet rules = Read(file, family);
        foreach (string warning in rules.Warnings)
        {
            errors.Line(warning);
        }

        RuleSetTranslator translator = new(rules, sets is null ? null : IpSets.Parse(Encoding.Latin1.GetString(savedSets)), output) { ShowsCounters = showsCounters };
        translator.Translate(file);
        byte[] translation = [];
        if (checks)
        {
            translation = output.Written.ToArray();
            output.Clear();
        }

        output.Flush();
        if (nft is not null)
        {
            return new TranslationCheck(rules, translator.Unsayable, errors).Run(file, savedSets, translation, nft);
        }

        foreach (RuleSetTranslator.Unsaid unsaid in translator.Unsayable)
        {
            errors.Line($"{Program}: line {unsaid.Line}: nft cannot say {unsaid.What}");
        }

        return translator.Unsayable.Count > 0 ? 1 : 0;
    }

    private static bool TryRead(byte[] path, ErrorReport errors, out byte[] text)
    {
        bool isOpen = InputFile.TryOpen(path, errors, out int input);
        text = isOpen ? InputFile.ReadAll(input) : [];
        return isOpen;
    }

    /// <summary>Reads the rules; without a family for that which the file names, or else for IPv4 or IPv6, whichever takes all lines.</summary>
    private static RuleSet Read(byte[] file, Family? family)
    {
        family ??= Array.Find([Family.Arp, Family.Bridge], family => Names(file, family));
        try
        {
            return SavedRules.Read(file, family);
        }
        catch (RestoreException e) when (family is null)
        {
            if (Array.Find([Family.Arp, Family.Bridge], other => IsFor(other, file)) is { } other)
            {
                throw new RestoreException(e.Line, e.Text, e.Error.With($"Rules of {other.Program} would be read so: --family {other.NftName}")) { Column = e.Column };
            }

            throw; // for neither family: what is wrong for the likelier one
        }
    }

    private static RuleSet? TryRead(byte[] file, Family family)
    {
        try
        {
            return RuleSet.Parse(file, family);
        }
        catch (RestoreException)
        {
            return null;
        }
    }

    private static bool IsFor(Family family, byte[] file)
    {
        using RuleSet? rules = TryRead(file, family);
        return rules is { Tables.Count: > 0 };
    }

    /// <summary>Whether a comment of a file, such as its first line, names the program of a family.</summary>
    private static bool Names(byte[] file, Family family)
    {
        byte[] program = Encoding.ASCII.GetBytes(family.Program);
        LineReader lines = new(file);
        while (lines.Read())
        {
            if (lines.Line is [(byte)'#', ..] && lines.Line.IndexOf(program) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}

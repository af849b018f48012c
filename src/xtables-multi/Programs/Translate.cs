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
    private const string Program = "sharptables translate";
    private const char FromNftOption = '\x01';
    private const char CheckOption = '\x02';
    private const char SetsOption = '\x03';

    private static readonly ProgramOption[] s_options =
    [
        new('4', "ipv4", summary: "The rules are for IPv4; if not given, they are what their addresses and protocols say."),
        new('6', "ipv6", summary: "The rules are for IPv6."),
        new('c', "counters", summary: "Counters begin as they were saved, not at zero."),
        new(FromNftOption, "from-nft", "file", "The way back: prints the rules of this file of nft(8) for iptables-restore and ip6tables-restore."),
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
                    family = Array.Find(Family.All(), family => family.Letter == option);
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
            return FromNft.Load(fromNft, invocation, errors) is not 0 and var status ? status : new FromNft(errors).Print(family, output);
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

        byte[] file = [.. ReadAll(input), (byte)'\n']; // if the last line lacks its end
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
        foreach ((int line, string what) in translator.Unsayable)
        {
            errors.Line($"{Program}: line {line}: nft cannot say {what}");
        }

        return translator.Unsayable.Count > 0 ? 1 : nft is null ? 0 : new TranslationCheck(rules, errors).Run(file, savedSets, translation, nft);
    }

    private static bool TryRead(byte[] path, ErrorReport errors, out byte[] text)
    {
        bool isOpen = InputFile.TryOpen(path, errors, out int input);
        text = isOpen ? ReadAll(input) : [];
        return isOpen;
    }

    private static byte[] ReadAll(int input)
    {
        byte[] text = FileDescriptor.ReadToEnd(input, 1 << 16, out int length);
        return text[..length];
    }

    /// <summary>Reads the rules; without a family for that which takes all lines.</summary>
    private static RuleSet Read(byte[] file, Family? family)
    {
        Family likely = family ?? (SaysIPv6(file) ? Family.IPv6 : Family.IPv4);
        try
        {
            return RuleSet.Parse(file, likely);
        }
        catch (RestoreException e) when (family is null)
        {
            try
            {
                return RuleSet.Parse(file, likely.Twin!);
            }
            catch (RestoreException)
            {
                throw e; // for neither family: what is wrong for the likelier one
            }
        }
    }

    /// <summary>Whether a file says that it is for IPv6 by more than addresses.</summary>
    private static bool SaysIPv6(ReadOnlySpan<byte> rules) =>
        rules.IndexOf("ip6tables"u8) >= 0 || rules.IndexOf(" ipv6-icmp"u8) >= 0 || rules.IndexOf(" icmpv6"u8) >= 0;
}

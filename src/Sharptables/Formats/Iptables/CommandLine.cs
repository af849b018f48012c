using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;
using static Sharptables.Formats.Iptables.BaseOptionWords;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Reads the words of an iptables command, as getopt_long would: in order, long names abbreviated, letters in clusters, an
/// extension's options known from where it is named. Touches no socket and no table: names are all it may look up.
/// </summary>
/// <param name="extensions">The extensions of the family.</param>
public sealed partial class CommandLine(ExtensionSet extensions)
{
    /// <summary>The options, in the order in which help and the manual page tell of them.</summary>
    private static readonly BaseOption[] s_options =
    [
        new("append", 'A', One, "chain", "Puts a rule at the end of a chain.", OptionGroup.Command),
        new("check", 'C', One, "chain", "Exits with 0 if the chain has such a rule, else with 1.", OptionGroup.Command),
        new("delete", 'D', One, "chain [number]", "Takes away the first such rule, or the one with this number.", OptionGroup.Command),
        new("insert", 'I', One, "chain [number]", "Puts a rule before the one with this number, or before the first.", OptionGroup.Command),
        new("replace", 'R', One, "chain number", "Puts a rule in the place of the one with this number.", OptionGroup.Command),
        new("list", 'L', Optional, "[chain [number]]", "Shows rules in columns.", OptionGroup.Command),
        new("list-rules", 'S', Optional, "[chain [number]]", "Shows rules as the commands that make them.", OptionGroup.Command),
        new("flush", 'F', Optional, "[chain]", "Takes away all rules.", OptionGroup.Command),
        new("zero", 'Z', Optional, "[chain [number]]", "Sets counters to zero.", OptionGroup.Command),
        new("new-chain", 'N', One, "new-chain", "Makes a chain.", OptionGroup.Command),
        new("delete-chain", 'X', Optional, "[user-chain]",
            "Takes away an empty chain that no rule jumps to, or all such.", OptionGroup.Command),
        new("policy", 'P', One, "chain policy", "Sets what happens at the end of a built-in chain.", OptionGroup.Command),
        new("rename-chain", 'E', One, "user-chain new-chain", "Gives a chain another name.", OptionGroup.Command),
        new("ipv4", '4', None, "", "The rule is for IPv4: ip6tables refuses it, ip6tables-restore skips its line.", OptionGroup.Rule),
        new("ipv6", '6', None, "", "The rule is for IPv6: iptables refuses it, iptables-restore skips its line.", OptionGroup.Rule),
        new("protocol", 'p', One, "protocol", "The protocol, by name or number.", OptionGroup.Rule) { CanInvert = true },
        new("source", 's', One, "address[/mask][,...]", "Where a packet comes from.", OptionGroup.Rule) { CanInvert = true },
        new("destination", 'd', One, "address[/mask][,...]", "Where a packet goes to.", OptionGroup.Rule) { CanInvert = true },
        new("in-interface", 'i', One, "interface[+]",
            "The interface it came in by; + stands for any rest.", OptionGroup.Rule) { CanInvert = true },
        new("jump", 'j', One, "target", "What is done with the packet.", OptionGroup.Rule),
        new("goto", 'g', One, "user-chain", "Goes on in a chain that does not come back here.", OptionGroup.Rule),
        new("match", 'm', One, "match", "Loads a match; its options follow.", OptionGroup.Rule),
        new("numeric", 'n', None, "", "Shows addresses and ports as numbers.", OptionGroup.Other),
        new("out-interface", 'o', One, "interface[+]", "The interface it goes out by.", OptionGroup.Rule) { CanInvert = true },
        new("table", 't', One, "table", "The table to work on; filter if not given.", OptionGroup.Other),
        new("verbose", 'v', None, "", "Says more; twice, shows the kernel's entries.", OptionGroup.Other),
        new("wait", 'w', Optional, "[seconds]", "How long to wait for the lock; without end if not given.", OptionGroup.Other),
        new("line-numbers", '0', None, "", "Shows the numbers of rules.", OptionGroup.Other),
        new("exact", 'x', None, "", "Shows counters in full.", OptionGroup.Other),
        new("fragments", 'f', None, "",
            "Only second and further fragments.", OptionGroup.Rule) { CanInvert = true, Families = Families.IPv4 },
        new("modprobe", 'M', One, "command", "The program that loads kernel modules; otherwise the kernel says which.", OptionGroup.Other),
        new("set-counters", 'c', One, "packets bytes", "What the rule's counters begin with.", OptionGroup.Rule),
        new("version", 'V', None, "", "Shows the version.", OptionGroup.Other),
        new("help", 'h', None, "", "Shows the options, also those of the extensions named before it.", OptionGroup.Other),
        new("src", 's', One, "", "", OptionGroup.Rule),
        new("dst", 'd', One, "", "", OptionGroup.Rule),
        new("wait-interval", 'W', Optional, "[microseconds]", "", OptionGroup.Other),
    ];

    private static readonly BaseOption?[] s_byLetter = ByLetter();

    private readonly List<OptionUse> _uses = [];
    private Words _words = new();
    private int _next;
    private bool _isInverted;
    private Command _command = null!;
    private Word _sources;
    private Word _destinations;
    private Word _chain;
    private Word _target;
    private bool _protocolCameLate;
    private string? _implicitMatch;
    private bool _isProtocolNamed;
    private bool _hasSurplus;

    /// <summary>Takes what is worth a warning, as a line.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>
    /// The program whose input is read line by line, such as <c>iptables-restore</c>, when it is one; some options are not for it.
    /// </summary>
    public string? RestoreProgram { get; init; }

    /// <summary>The line of the input that is being read, from 1; 0 when there are none.</summary>
    public int Line { get; set; }

    /// <summary>What <c>-v</c> counts from.</summary>
    public int Verbosity { get; init; }

    private Family Family => extensions.Family;

    private RuleBuilder Rule => _command.Rule;

    /// <summary>Reads a command.</summary>
    /// <param name="words">The words, without the program's name.</param>
    /// <param name="command">Where it goes; its table stays when none is named.</param>
    /// <returns>False when the line is for the other family and to be skipped.</returns>
    /// <exception cref="UsageException">The words make no sense.</exception>
    public bool Parse(Words words, Command command)
    {
        _words = words;
        _command = command;
        _next = 0;
        _isInverted = _isProtocolNamed = _hasSurplus = false;
        _sources = _destinations = _chain = _target = Word.None;
        _protocolCameLate = false;
        _uses.Clear();
        _implicitMatch = null;
        command.Clear();
        Rule.Context.Line = Line;
        Rule.Context.Names = extensions.Names;
        command.Verbosity = Verbosity;
        try
        {
            if (!ReadWords())
            {
                return false;
            }

            if (command.Kind is not (CommandKind.Help or CommandKind.Version))
            {
                Finish();
            }

            return true;
        }
        finally
        {
            FlushWarnings();
        }
    }

    private void FlushWarnings()
    {
        foreach (string line in Rule.Context.Warnings)
        {
            Warn(line);
        }

        Rule.Context.Warnings.Clear();
    }

    private bool ReadWords()
    {
        while (_next < _words.Count)
        {
            ReadOnlySpan<byte> word = _words.Span(_next);
            if (word.SequenceEqual("--"u8))
            {
                _hasSurplus = _next + 1 < _words.Count;
                return true;
            }

            if (word.SequenceEqual("!"u8))
            {
                if (_isInverted)
                {
                    throw new UsageException("multiple consecutive ! not allowed");
                }

                _isInverted = true;
                _next++;
                continue;
            }

            if (word.Length < 2 || word[0] != '-')
            {
                throw new UsageException($"Bad argument `{Text(word)}'", ErrorShape.StrayWord) { Hint = StrayHint(word) };
            }

            bool goesOn = word[1] == '-' ? ReadLong(word) : ReadCluster(word);
            if (_command.Kind is CommandKind.Help or CommandKind.Version)
            {
                return true;
            }

            if (!goesOn)
            {
                return false;
            }

            _isInverted = false;
        }

        return true;
    }

    private string? StrayHint(ReadOnlySpan<byte> word)
    {
        if (word.Length > 2 && word[0] == 0xe2 && word[1] == 0x80)
        {
            return "it begins with a dash that is no hyphen: text copied from a page? Type \"-\" or \"--\" instead.";
        }

        return _next > 0 ? $"It stands after \"{Text(_words.Span(_next - 1))}\", which takes no such word." : "A command such as -A or -L must come first.";
    }

    private bool ReadCluster(ReadOnlySpan<byte> word)
    {
        int index = _next++;
        for (int at = 1; at < word.Length; at++)
        {
            BaseOption option = FindLetter(word[at])
                ?? throw new UsageException($"unknown option \"{(at == 1 && word.Length == 2 ? Text(word) : "-" + Text(word.Slice(at, 1)))}\"");
            Word value = Word.None;
            bool takesRest = option.Words != BaseOptionWords.None;
            if (takesRest)
            {
                value = at + 1 < word.Length ? new Word(index, at + 1) : NextWord(option, word);
            }

            if (!Apply(option, value))
            {
                return false;
            }

            if (takesRest || _command.Kind is CommandKind.Help or CommandKind.Version)
            {
                break;
            }
        }

        return true;
    }

    private static BaseOption? FindLetter(byte letter) => letter < s_byLetter.Length ? s_byLetter[letter] : null;

    private static BaseOption?[] ByLetter()
    {
        BaseOption?[] table = new BaseOption?[128];
        foreach (BaseOption option in s_options)
        {
            if (option.Letter != '0')
            {
                table[option.Letter] ??= option;
            }
        }

        return table;
    }

    private Word NextWord(BaseOption option, ReadOnlySpan<byte> typed)
    {
        if (option.Words == BaseOptionWords.One)
        {
            return _next < _words.Count ? new Word(_next++) : throw MissingArgument(typed);
        }

        return NextIsOperand ? new Word(_next++) : Word.None;
    }

    /// <summary>Whether the next word is there, and begins neither an option nor a negation.</summary>
    private bool NextIsOperand =>
        _next < _words.Count && _words.Span(_next) is not [(byte)'-' or (byte)'!', ..];

    private bool ReadLong(ReadOnlySpan<byte> word)
    {
        int index = _next;
        ReadOnlySpan<byte> name = word[2..];
        int equals = name.IndexOf((byte)'=');
        Word value = equals < 0 ? Word.None : new Word(index, equals + 3);
        name = equals < 0 ? name : name[..equals];
        if (!Find(name, out int extension, out Option? option, out BaseOption? baseOption))
        {
            if (!LoadImplicitMatch() || !Find(name, out extension, out option, out baseOption))
            {
                throw new UsageException($"unknown option \"{Text(word)}\"") { Hint = UnknownHint(name) };
            }
        }

        _next++;
        if (option is not null)
        {
            ReadExtensionOption(extension, option, value, word);
            return true;
        }

        BaseOption known = baseOption!;
        if (!value.IsNone && known.Words == BaseOptionWords.None)
        {
            throw new UsageException($"unknown option \"{Text(word)}\"") { Hint = $"--{known.Name} takes no value." };
        }

        return Apply(known, known.Words == BaseOptionWords.None || !value.IsNone ? value : NextWord(known, word));
    }

    /// <summary>Finds a long option: the newest extension first, exact names before abbreviations.</summary>
    private bool Find(ReadOnlySpan<byte> name, out int extension, out Option? option, out BaseOption? baseOption)
    {
        baseOption = null;
        option = null;
        for (extension = Rule.Count - 1; extension >= 0; extension--)
        {
            foreach (Option candidate in Rule[extension].Extension.Options)
            {
                if (candidate.IsNamed(name))
                {
                    option = candidate;
                    return true;
                }
            }
        }

        foreach (BaseOption candidate in s_options)
        {
            if (Ascii.Equals(name, candidate.Name) && (candidate.Letter != 'f' || Family.HasFragmentFlag))
            {
                baseOption = candidate;
                return true;
            }
        }

        return !name.IsEmpty && FindAbbreviated(name, out extension, out option, out baseOption);
    }

    private bool FindAbbreviated(ReadOnlySpan<byte> name, out int extension, out Option? option, out BaseOption? baseOption)
    {
        baseOption = null;
        option = null;
        extension = -1;
        for (int i = Rule.Count - 1; i >= 0; i--)
        {
            foreach (Option candidate in Rule[i].Extension.Options)
            {
                if (candidate.IsAbbreviated(name) && !ReferenceEquals(candidate, option))
                {
                    if (option is not null)
                    {
                        return false;
                    }

                    option = candidate;
                    extension = i;
                }
            }
        }

        foreach (BaseOption candidate in s_options)
        {
            if (name.Length <= candidate.Name.Length && Ascii.Equals(name, candidate.Name.AsSpan(0, name.Length)) &&
                (candidate.Letter != 'f' || Family.HasFragmentFlag))
            {
                if (option is not null || (baseOption is { } other && other.Letter != candidate.Letter))
                {
                    return false;
                }

                baseOption = candidate;
            }
        }

        return option is not null || baseOption is not null;
    }

    /// <summary>Loads the match that is named like the protocol, once, when an option is not known without it.</summary>
    private bool LoadImplicitMatch()
    {
        if (_implicitMatch is not { } name)
        {
            return false;
        }

        _implicitMatch = null;
        Extension? match = extensions.Find(Encoding.UTF8.GetBytes(name), isTarget: false);
        if (match is null)
        {
            return false;
        }

        for (int i = 0; i < Rule.Count; i++)
        {
            if (ReferenceEquals(Rule[i].Extension, match))
            {
                return false;
            }
        }

        Rule.Add(match);
        return true;
    }

    private void ReadExtensionOption(int index, Option option, Word value, ReadOnlySpan<byte> typed)
    {
        Extension extension = Rule[index].Extension;
        if (!value.IsNone && (option.Words == 0 || option.MayLackWord))
        {
            throw new UsageException($"unknown option \"{Text(typed)}\"")
            {
                Hint = option.Words == 0 ? $"--{option.Name} takes no value." : $"The value of --{option.Name} is a word of its own.",
            };
        }

        if (option.MayLackWord)
        {
            value = NextIsOperand ? new Word(_next++) : Word.None;
        }
        else if (option.Words > 0 && value.IsNone)
        {
            value = _next < _words.Count ? new Word(_next++) : throw MissingArgument(typed);
        }

        ulong bit = 1UL << extension.IndexOf(option);
        if ((Rule[index].Given & bit) != 0 && !option.MayRepeat)
        {
            throw option.Complaint is { } complaint
                ? new UsageException(complaint)
                : new UsageException($"{extension.Name}: option \"--{option.FullName}\" can only be used once.\n");
        }

        if (_isInverted && !option.CanInvert)
        {
            throw new UsageException(option.InversionComplaint ?? $"{extension.Name}: option \"--{option.FullName}\" cannot be inverted.\n");
        }

        if (option.Complaint is not null)
        {
            CheckCompany(extension, option, Rule[index].Given); // what has a complaint of its own makes it at once
        }

        Word second = Word.None;
        if (option.Words == 2)
        {
            second = NextIsOperand
                ? new Word(_next++)
                : throw new UsageException(option.SecondComplaint ?? $"--{option.FullName} requires two args.");
        }

        Rule[index].Given |= bit;
        OptionUse use = new(index, option, value, second, _isInverted);
        _uses.Add(use);
        ParseValue(use, BytesOf(value), BytesOf(second));
        if (!option.HoldsLineEnds && (BytesOf(value).Contains((byte)'\n') || BytesOf(second).Contains((byte)'\n')))
        {
            throw WithLineEnd($"{extension.Name}: the value of option \"--{option.FullName}\"");
        }
    }

    /// <summary>Nothing that a file of rules cannot hold comes into the kernel: from there it would be saved as lines of rules.</summary>
    private static UsageException WithLineEnd(string what) => new($"{what} has a line end in it")
    {
        Hint = "iptables-save writes a rule as one line, so what follows the line end would be taken for another rule.",
    };

    private void ParseValue(in OptionUse use, ReadOnlySpan<byte> value, ReadOnlySpan<byte> second) => use.Option.Parse(
        new Argument(Rule[use.Extension].Extension, use.Option, value, hasText: !use.Value.IsNone, second, use.IsInverted, Rule.Context),
        Rule.Payload(use.Extension));

    private ReadOnlySpan<byte> BytesOf(Word word) => word.IsNone ? default : _words.Span(word);

    /// <summary><c>--option ! value</c>, as old documents have it: taken, with the warning that iptables 1.4 gave.</summary>
    private Word TakeMisplacedNegation()
    {
        Warn("Using intrapositioned negation (`--option ! this`) is deprecated in favor of extrapositioned (`! --option this`).");
        _isInverted = true;
        return new Word(_next++);
    }

    private static UsageException MissingArgument(ReadOnlySpan<byte> typed) => new($"option \"{Text(typed)}\" requires an argument");

    private static string Text(ReadOnlySpan<byte> bytes) => MessageText.Of(bytes);

    private static string Text(ReadOnlyMemory<byte> bytes) => Text(bytes.Span);

    private string? UnknownHint(ReadOnlySpan<byte> name) => Spelling.OfOption(extensions, name, Array.ConvertAll(s_options, static option => option.Name));

    /// <summary>Once all words are read: the checks across options, in the order in which iptables makes them.</summary>
    private void Finish()
    {
        CheckNatDrop();
        if ((_command.Options & (CommandOptions.Wait | CommandOptions.WaitInterval)) == CommandOptions.WaitInterval)
        {
            throw new UsageException("--wait-interval only makes sense with --wait\n");
        }

        FinishExtensions(isTarget: false);
        FinishExtensions(isTarget: true);
        if (_hasSurplus)
        {
            throw new UsageException("unknown arguments found on commandline");
        }

        if (_command.Kind == CommandKind.None)
        {
            throw new UsageException("no command specified");
        }

        if (_isInverted)
        {
            throw new UsageException("nothing appropriate following !");
        }

        ReadAddresses(BytesOf(_sources), BytesOf(_destinations));
        CheckOptions();
    }

    private void CheckNatDrop()
    {
        bool drops = _command.Target.Span.SequenceEqual("DROP"u8) || (_command.Kind == CommandKind.SetPolicy && _command.NewName.Span.SequenceEqual("DROP"u8));
        if (drops && _command.Table.Span.SequenceEqual("nat"u8))
        {
            throw new UsageException("\nThe \"nat\" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n");
        }
    }

    private void FinishExtensions(bool isTarget)
    {
        for (int i = 0; i < Rule.Count; i++)
        {
            Extension extension = Rule[i].Extension;
            if (extension.IsTarget != isTarget)
            {
                continue;
            }

            Option[] options = extension.Options;
            ulong given = Rule[i].Given;
            extension.Finish(Rule.Payload(i), new Given(options, given), Rule.Context);
            for (int o = 0; o < options.Length; o++)
            {
                if ((given & (1UL << o)) != 0)
                {
                    CheckCompany(extension, options[o], given);
                }
                else if (options[o].IsRequired)
                {
                    throw new UsageException($"{extension.Name}: option \"--{options[o].FullName}\" must be specified\n");
                }
            }
        }
    }

    /// <summary>What an option needs beside it, and what it cannot stand beside.</summary>
    private static void CheckCompany(Extension extension, Option option, ulong given)
    {
        if (option.Needs is not null && !IsGiven(extension, option.Needs, given))
        {
            throw new UsageException($"{extension.Name}: option \"--{option.FullName}\" also requires \"--{option.Needs}\".\n");
        }

        if (option.Excludes.Length == 0)
        {
            return;
        }

        for (int o = 0; o < extension.Options.Length; o++)
        {
            Option other = extension.Options[o];
            if ((given & (1UL << o)) != 0 && !ReferenceEquals(other, option) && Array.IndexOf(option.Excludes, other.Name) >= 0)
            {
                throw new UsageException(option.Complaint
                    ?? $"{extension.Name}: option \"--{option.FullName}\" cannot be used together with \"--{other.FullName}\".\n");
            }
        }
    }

    private static bool IsGiven(Extension extension, string name, ulong given)
    {
        for (int o = 0; o < extension.Options.Length; o++)
        {
            if (extension.Options[o].Name == name)
            {
                return (given & (1UL << o)) != 0;
            }
        }

        return false;
    }

    private void CheckOptions()
    {
        if (_command.Kind == CommandKind.Replace && (_command.Sources.Count > 1 || _command.Destinations.Count > 1))
        {
            throw new UsageException("Replacement rule does not specify a unique address");
        }

        CommandOptions misplaced = _command.Options & Illegal(_command.Kind);
        if (misplaced != 0)
        {
            char letter = "nsdpjxio0cf"[System.Numerics.BitOperations.TrailingZeroCount((int)misplaced)];
            throw new UsageException($"Illegal option `-{letter}' with this command");
        }

        if (_command.HasChain && _command.Chain.Length > RuleLayout.MaxChainName)
        {
            throw new UsageException($"chain name `{Text(_command.Chain)}' too long (must be under {RuleLayout.MaxChainName + 1} chars)");
        }

        if (_command.HasRule)
        {
            CheckInterfaces();
        }
    }

    private void CheckInterfaces()
    {
        ReadOnlySpan<byte> chain = _command.Chain.Span;
        if ((_command.Options & CommandOptions.OutInterface) != 0 && (chain.SequenceEqual("PREROUTING"u8) || chain.SequenceEqual("INPUT"u8)))
        {
            throw new UsageException($"Can't use -o with {Text(chain)}\n") { Hint = "A packet's way out is not known yet there; -i is." };
        }

        if ((_command.Options & CommandOptions.InInterface) != 0 && (chain.SequenceEqual("POSTROUTING"u8) || chain.SequenceEqual("OUTPUT"u8)))
        {
            throw new UsageException($"Can't use -i with {Text(chain)}\n") { Hint = "There is no way in there; -o is." };
        }
    }

    private static CommandOptions Illegal(CommandKind kind)
    {
        const CommandOptions All = (CommandOptions)((1 << 11) - 1);
        const CommandOptions Printing = CommandOptions.Numeric | CommandOptions.Exact | CommandOptions.LineNumbers;
        return kind switch
        {
            CommandKind.Append or CommandKind.Insert or CommandKind.Replace => Printing,
            CommandKind.Check or CommandKind.Delete => Printing | CommandOptions.Counters,
            CommandKind.List => All & ~Printing,
            CommandKind.SetPolicy => All & ~CommandOptions.Counters,
            _ => All,
        };
    }
}

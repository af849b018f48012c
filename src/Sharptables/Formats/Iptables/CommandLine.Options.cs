using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>What each option of the command line does.</summary>
public sealed partial class CommandLine
{
    /// <returns>False when the line is for the other family and to be skipped.</returns>
    private bool Apply(BaseOption option, Word value)
    {
        if (option.IsCommand)
        {
            ApplyCommand(option.Letter, value);
            return true;
        }

        switch (option.Letter)
        {
            case 's':
                Once(CommandOptions.Source, 's');
                _sources = Negatable(value);
                SetInverted(Inversions.Source);
                break;
            case 'd':
                Once(CommandOptions.Destination, 'd');
                _destinations = Negatable(value);
                SetInverted(Inversions.Destination);
                break;
            case 'p':
                Once(CommandOptions.Protocol, 'p');
                SetProtocol(_words.Span(Negatable(value)));
                break;
            case 'i':
                Once(CommandOptions.InInterface, 'i');
                SetInterface(_words.Span(Negatable(value)), Rule.Head.InInterface, Rule.Head.InInterfaceMask);
                SetInverted(Inversions.InInterface);
                break;
            case 'o':
                Once(CommandOptions.OutInterface, 'o');
                SetInterface(_words.Span(Negatable(value)), Rule.Head.OutInterface, Rule.Head.OutInterfaceMask);
                SetInverted(Inversions.OutInterface);
                break;
            case 'f':
                SetFragment();
                break;
            case 'j':
                NotInverted('j');
                Once(CommandOptions.Jump, 'j');
                SetTarget(value);
                break;
            case 'g':
                NotInverted('j');
                Once(CommandOptions.Jump, 'j');
                _command.Options |= CommandOptions.Goto;
                Rule head = Rule.Head;
                head.IsGoto = true;
                SetTargetName(value);
                break;
            case 'm':
                if (_isInverted)
                {
                    throw new UsageException("unexpected ! flag before --match");
                }

                AddMatch(_words.Span(value));
                break;
            case 't':
                SetTable(_words.Memory(value));
                break;
            case 'n':
                NotInverted('n');
                Once(CommandOptions.Numeric, 'n');
                break;
            case 'v':
                NotInverted('v');
                _command.Verbosity++;
                break;
            case 'x':
                NotInverted('x');
                Once(CommandOptions.Exact, 'x');
                break;
            case '0':
                NotInverted('0');
                Once(CommandOptions.LineNumbers, '0');
                break;
            case 'c':
                SetCounters(_words.Span(value));
                break;
            case 'w':
                SetWait(value);
                break;
            case 'W':
                SetWaitInterval(value);
                break;
            case 'M':
                _command.Modprobe = _words.Memory(value).ToArray();
                break;
            case 'h':
                _command.Kind = CommandKind.Help;
                if (_isProtocolNamed)
                {
                    _ = LoadImplicitMatch();
                }

                break;
            case 'V':
                _command.Kind = CommandKind.Version;
                _command.AlsoZero = _isInverted;
                break;
            case '4' or '6':
                return option.Letter == Family.Letter || OtherFamily();
        }

        return true;
    }

    private bool OtherFamily() => RestoreProgram is not null ? false : throw new UsageException("", ErrorShape.OtherFamily)
    {
        Hint = $"-{Family.Other.Letter} is for {Family.Other.Program}.",
    };

    private void Once(CommandOptions option, char letter)
    {
        if ((_command.Options & option) != 0)
        {
            throw new UsageException($"multiple -{letter} flags not allowed");
        }

        _command.Options |= option;
    }

    private void NotInverted(char letter)
    {
        if (_isInverted)
        {
            throw new UsageException($"cannot have ! before -{letter}");
        }
    }

    private void SetInverted(Inversions inversion)
    {
        if (_isInverted)
        {
            Rule head = Rule.Head;
            head.Inversions |= inversion;
        }
    }

    private Word Negatable(Word value) =>
        !_isInverted && _words.Span(value) is [(byte)'!'] && NextIsOperand ? TakeMisplacedNegation() : value;

    private void ApplyCommand(char letter, Word value)
    {
        if (_isInverted)
        {
            throw new UsageException("unexpected '!' flag");
        }

        CommandKind kind = letter switch
        {
            'A' => CommandKind.Append,
            'C' => CommandKind.Check,
            'D' => CommandKind.Delete,
            'I' => CommandKind.Insert,
            'R' => CommandKind.Replace,
            'L' => CommandKind.List,
            'S' => CommandKind.ListRules,
            'F' => CommandKind.Flush,
            'Z' => CommandKind.Zero,
            'N' => CommandKind.NewChain,
            'X' => CommandKind.DeleteChain,
            'E' => CommandKind.RenameChain,
            _ => CommandKind.SetPolicy,
        };
        JoinCommand(kind, letter);
        if (!value.IsNone)
        {
            _chain = value;
            _command.Chain = _words.Memory(value);
            _command.HasChain = true;
        }

        switch (letter)
        {
            case 'D' when NextIsOperand:
                _command.Kind = CommandKind.DeleteNumber;
                _command.Number = ReadRuleNumber();
                break;
            case 'I' when NextIsOperand:
                _command.Number = ReadRuleNumber();
                break;
            case 'L' or 'S' or 'Z' when !value.IsNone && NextIsOperand:
                _command.Number = ReadRuleNumber();
                _command.ZeroesRule |= letter == 'Z';
                break;
            case 'R':
                _command.Number = NextIsOperand ? ReadRuleNumber() : throw new UsageException("-R requires a rule number");
                break;
            case 'N':
                CheckNewName(_command.Chain.Span);
                break;
            case 'P':
                _command.NewName = NextIsOperand ? _words[_next++] : throw new UsageException("-P requires a chain and a policy");
                break;
            case 'E':
                _command.NewName = NextIsOperand ? _words[_next++] : throw new UsageException("-E requires old-chain-name and new-chain-name");
                CheckNewName(_command.NewName.Span);
                break;
        }
    }

    private void JoinCommand(CommandKind kind, char letter)
    {
        switch (_command.Kind)
        {
            case CommandKind.None:
                _command.Kind = kind;
                break;
            case CommandKind.List or CommandKind.ListRules when kind == CommandKind.Zero && !_command.AlsoZero:
                _command.AlsoZero = true;
                break;
            case CommandKind.Zero when kind is CommandKind.List or CommandKind.ListRules:
                _command.Kind = kind;
                _command.AlsoZero = true;
                break;
            default:
                throw new UsageException($"Cannot use -{letter} with -{(_command.AlsoZero && letter is not ('L' or 'S') ? 'Z' : LetterOf(_command.Kind))}");
        }
    }

    private static char LetterOf(CommandKind kind) => kind switch
    {
        CommandKind.Append => 'A',
        CommandKind.Check => 'C',
        CommandKind.Delete or CommandKind.DeleteNumber => 'D',
        CommandKind.Insert => 'I',
        CommandKind.Replace => 'R',
        CommandKind.List => 'L',
        CommandKind.ListRules => 'S',
        CommandKind.Flush => 'F',
        CommandKind.Zero => 'Z',
        CommandKind.NewChain => 'N',
        CommandKind.DeleteChain => 'X',
        CommandKind.RenameChain => 'E',
        _ => 'P',
    };

    private uint ReadRuleNumber()
    {
        ReadOnlySpan<byte> word = _words.Span(_next);
        if (!Numerals.TryRead(word, 0, int.MaxValue, out ulong number) || (number == 0 && _command.Kind != CommandKind.Insert))
        {
            throw new UsageException($"Invalid rule number `{Text(word)}'");
        }

        _next++;
        if (number == 0)
        {
            Warn("Warning: rule numbers begin at 1; 0 is taken as 1, the top of the chain.");
        }

        return Math.Max((uint)number, 1);
    }

    private void CheckNewName(ReadOnlySpan<byte> name)
    {
        if (name is [(byte)'-' or (byte)'!', ..])
        {
            throw new UsageException($"chain name not allowed to start with `{(char)name[0]}'");
        }

        if (name.IsEmpty || name.SequenceEqual("standard"u8) || IsVerdict(name) || extensions.Find(name, isTarget: true) is not null)
        {
            throw new UsageException("chain name may not clash with target name");
        }

        if (ChainNames.HasBlank(name))
        {
            throw new UsageException($"Invalid chain name `{Text(name)}'");
        }

        if (name.Length > RuleLayout.MaxChainName)
        {
            throw new UsageException($"chain name `{Text(name)}' too long (must be under {RuleLayout.MaxChainName + 1} chars)");
        }
    }

    private static bool IsVerdict(ReadOnlySpan<byte> name) => StandardVerdict.TryParse(name, out _);

    private void SetProtocol(ReadOnlySpan<byte> word)
    {
        Rule head = Rule.Head;
        ushort protocol = ProtocolText.Read(word, extensions.Names, out string? match);
        _isProtocolNamed = !Numerals.TryRead(word, 0, 255, out _);
        if (protocol == 0 && _isInverted)
        {
            throw new UsageException("rule would never match protocol");
        }

        _protocolCameLate = Rule.Count > 0;
        head.Protocol = protocol;
        Rule.Context.Protocol = protocol;
        Rule.Context.IsProtocolInverted = _isInverted;
        _implicitMatch = match;
        SetInverted(Inversions.Protocol);
        if (!Family.HasFragmentFlag)
        {
            head.Flags |= RuleFlags.FragmentOrProtocol;
            if (protocol is 43 or 44 or 51 or 60 && !_isInverted)
            {
                Warn($"Warning: never matched protocol: {Text(word).ToLowerInvariant()}. use extension match instead.");
            }
        }
    }

    private void SetInterface(ReadOnlySpan<byte> name, Span<byte> place, Span<byte> mask)
    {
        if (name.IsEmpty)
        {
            throw new UsageException("Empty interface is likely to be undesired");
        }

        if (name.Length >= RuleLayout.InterfaceSize)
        {
            throw new UsageException($"interface name `{Text(name)}' must be shorter than IFNAMSIZ ({RuleLayout.InterfaceSize - 1})");
        }

        if (name.Contains((byte)'\n'))
        {
            throw WithLineEnd($"interface name `{Text(name)}'");
        }

        name.CopyTo(place);
        bool isWildcard = name[^1] == '+';
        mask[..(isWildcard ? name.Length - 1 : name.Length + 1)].Fill(0xff);
        if (name.IndexOfAny(" /"u8) >= 0)
        {
            Warn($"Warning: weird character in interface `{Text(name)}' ('/' and ' ' are not allowed by the kernel).");
        }
    }

    private void SetFragment()
    {
        if (!Family.HasFragmentFlag)
        {
            throw new UsageException("`-f' is not supported in IPv6, use -m frag instead");
        }

        Once(CommandOptions.Fragment, 'f');
        Rule head = Rule.Head;
        head.Flags |= RuleFlags.FragmentOrProtocol;
        SetInverted(Inversions.Fragment);
    }

    private void SetTarget(Word value)
    {
        SetTargetName(value);
        ReadOnlySpan<byte> name = _words.Span(value);
        if (!IsVerdict(name) && extensions.Find(name, isTarget: true) is { } target)
        {
            Rule.Add(target);
        }
    }

    private void SetTargetName(Word value)
    {
        ReadOnlySpan<byte> name = _words.Span(value);
        if (name.IsEmpty)
        {
            throw new UsageException("Invalid target name (too short)");
        }

        if (name.Length > RuleLayout.MaxChainName)
        {
            throw new UsageException($"Invalid target name `{Text(name)}' ({RuleLayout.MaxChainName} chars max)");
        }

        if (ChainNames.HasBlank(name))
        {
            throw new UsageException($"Invalid target name `{Text(name)}'");
        }

        _target = value;
        _command.Target = _words.Memory(value);
    }

    private void AddMatch(ReadOnlySpan<byte> name)
    {
        if (name.Length > ExtensionRecord.MaxName)
        {
            throw new UsageException($"Invalid match name \"{Text(name)}\" ({ExtensionRecord.MaxName} chars max)");
        }

        Rule.Add(extensions.Find(name, isTarget: false) ?? throw new UsageException($"Couldn't load match `{Text(name)}':No such file or directory\n")
        {
            Hint = Spelling.OfMatch(extensions, name),
        });
    }

    private void SetTable(ReadOnlyMemory<byte> name)
    {
        if (_isInverted)
        {
            throw new UsageException("unexpected ! flag before --table");
        }

        if (RestoreProgram is not null)
        {
            throw new UsageException($"The -t option cannot be used in {RestoreProgram}.\n")
            {
                Hint = "The line \"*table\" says which table the rules are for.",
            };
        }

        _command.Table = name;
    }

    private void SetCounters(ReadOnlySpan<byte> word)
    {
        NotInverted('c');
        Once(CommandOptions.Counters, 'c');
        int comma = word.IndexOf((byte)',');
        if (comma == 0 || (comma < 0 && !NextIsOperand))
        {
            throw new UsageException("-c requires packet and byte counter");
        }

        ReadOnlySpan<byte> packets = comma < 0 ? word : word[..comma];
        ReadOnlySpan<byte> bytes = comma < 0 ? _words.Span(_next++) : word[(comma + 1)..];
        if (!CounterText.TryRead(packets, out ulong packetCount))
        {
            throw new UsageException("-c packet counter not numeric");
        }

        if (!CounterText.TryRead(bytes, out ulong byteCount))
        {
            throw new UsageException("-c byte counter not numeric");
        }

        _command.Counters = new XtCounters { Pcnt = packetCount, Bcnt = byteCount };
    }

    private void SetWait(Word value)
    {
        NotInRestore('w');
        _command.Options |= CommandOptions.Wait;
        _command.WaitSeconds = null;
        if (!value.IsNone)
        {
            _command.WaitSeconds = WaitText.ReadSeconds(_words.Span(value));
        }
    }

    private void SetWaitInterval(Word value)
    {
        NotInRestore('W');
        WaitText.CheckInterval(value.IsNone ? (ReadOnlyMemory<byte>?)null : _words.Memory(value));
        _command.Options |= CommandOptions.WaitInterval;
        Warn("Ignoring deprecated --wait-interval option.");
    }

    private void NotInRestore(char letter)
    {
        if (RestoreProgram is not null)
        {
            throw new UsageException($"You cannot use `-{letter}' from iptables-restore");
        }
    }

    private void ReadAddresses(ReadOnlySpan<byte> sources, ReadOnlySpan<byte> destinations)
    {
        _command.Sources.Clear();
        _command.Destinations.Clear();
        if ((_command.Options & CommandOptions.Source) != 0)
        {
            AddressListText.Read(sources, Family, extensions.Names, _command.Sources);
        }

        if ((_command.Options & CommandOptions.Destination) != 0)
        {
            AddressListText.Read(destinations, Family, extensions.Names, _command.Destinations);
        }

        bool isInverted = (Rule.Head.Inversions & (Inversions.Source | Inversions.Destination)) != 0;
        if (isInverted && (_command.Sources.Count > 1 || _command.Destinations.Count > 1))
        {
            throw new UsageException("! not allowed with multiple source or destination IP addresses");
        }
    }
}

using System;
using System.Buffers.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Extensions.Plugins;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>The second step of reading a command: applies the options to it.</summary>
/// <param name="extensions">The extensions of the family.</param>
/// <param name="restoreProgram">The program whose input is read line by line, or null; it does not take all options.</param>
internal sealed class CommandBuilder(ExtensionSet extensions, string? restoreProgram)
{
    private readonly Dialect _dialect = Dialect.Of(extensions.Family);
    private Words _words = null!;

    public Command Command { get; private set; } = null!;

    public RuleBuilder Rule => Command.Rule;

    /// <summary>Whether the line is for the other family and must be skipped.</summary>
    public bool IsForOther { get; private set; }

    /// <summary>Begins a command.</summary>
    /// <param name="words">The words that the options refer to.</param>
    /// <param name="command">The command to build; its table is kept if the words name none.</param>
    public void Begin(Words words, Command command)
    {
        _words = words;
        Command = command;
        IsForOther = false;
        command.Clear();
    }

    /// <summary>Begins a command again that differs from the last one only in the values of options to be applied.</summary>
    public void BeginAgain(Words words, Command command)
    {
        _words = words;
        Command = command;
        command.Kind = CommandKind.None;
        command.AlsoZero = command.ZeroesRule = false;
        command.Rule.Rewind();
    }

    /// <summary>The text of a word; empty for none.</summary>
    public ReadOnlySpan<byte> TextOf(Word word) => word.IsNone ? default : _words.Span(word);

    public void Apply(in OptionUse use)
    {
        if (use.IsNegatedBehind && !extensions.Family.InvertsBehindOption)
        {
            Rule.Context.Warn("Using intrapositioned negation (`--option ! this`) is deprecated in favor of extrapositioned (`! --option this`).");
        }

        if (use.Own is { } own)
        {
            own.Apply(this, use);
            return;
        }

        Rule[use.Extension].Given |= 1UL << use.Place;
        if (!use.Option!.IsLate)
        {
            ReadValue(use);
        }
    }

    /// <summary>Completes the command once all options have been applied, and checks what depends on several of them.</summary>
    public void Finish(Uses uses)
    {
        if (Command.Kind is not (CommandKind.Help or CommandKind.Version))
        {
            CommandCheck.Finish(uses, this);
        }
    }

    /// <summary>Reads the values that are read last.</summary>
    public void ReadLate(Uses uses)
    {
        foreach (int index in uses.Late)
        {
            ReadValue(uses.Options[index]);
        }
    }

    /// <summary>A command such as <c>-A</c>.</summary>
    public void SetCommand(in OptionUse use)
    {
        CommandKind kind = use.Own!.Command;
        ReadOnlyMemory<byte> chain = Command.Chain;
        JoinCommand(use.Own);
        if (!use.Value.IsNone)
        {
            Command.Chain = _words.Memory(use.Value);
            Command.HasChain = true;
        }

        switch (kind)
        {
            case CommandKind.NewChain:
                NameCheck.NewChain(Command.Chain.Span, extensions);
                break;
            case CommandKind.SetPolicy when Command.Kind == CommandKind.NewChain:
                (Command.Chain, Command.NewName) = (chain, _words.Memory(use.Value)); // of the chain that is new
                CheckPolicy(isOfUser: true);
                break;
            case CommandKind.SetPolicy:
                Command.NewName = NewName(use.Second, _dialect.Complaints.NoPolicy);
                CheckPolicy(isOfUser: Array.IndexOf(extensions.Family.HookNames, Text(Command.Chain.Span)) < 0);
                break;
            case CommandKind.ChangeCounters:
                ReadCounterChange(use.Next);
                break;
            case CommandKind.RenameChain:
                Command.NewName = NewName(use.Second, "-E requires old-chain-name and new-chain-name");
                NameCheck.NewChain(Command.NewName.Span, extensions);
                break;
            case CommandKind.InitTable or CommandKind.AtomicInit or CommandKind.AtomicSave or CommandKind.AtomicCommit:
                NotAmongLines(use.Own);
                break;
            case CommandKind.Replace when use.Second.IsNone:
                throw new UsageException("-R requires a rule number");
            default:
                if (!use.Second.IsNone && _dialect.TakesRanges && kind is CommandKind.Delete or CommandKind.Insert)
                {
                    Command.Kind = kind == CommandKind.Delete ? CommandKind.DeleteNumber : kind;
                    Command.Range = ReadRange(TextOf(use.Second), mayBeZero: kind == CommandKind.Insert);
                }
                else if (!use.Second.IsNone)
                {
                    Command.Kind = Command.Kind == CommandKind.Delete ? CommandKind.DeleteNumber : Command.Kind;
                    Command.Number = ReadRuleNumber(use.Second);
                    Command.ZeroesRule |= kind == CommandKind.Zero;
                }

                break;
        }
    }

    /// <summary><c>-4</c> or <c>-6</c>.</summary>
    public void RequireFamily(char letter)
    {
        IsForOther = letter != extensions.Family.Letter;
        if (IsForOther && restoreProgram is null)
        {
            Family other = Array.Find(Family.OfXTables(), family => family.Letter == letter)!;
            throw new UsageException("", ErrorShape.OtherFamily) { Hint = $"-{letter} is for {other.Program}." };
        }
    }

    /// <summary><c>-j</c></summary>
    public void SetTarget(in OptionUse use)
    {
        if (_dialect.NamesContinue && TextOf(use.Value).SequenceEqual("CONTINUE"u8))
        {
            Command.Target = default;
        }
        else
        {
            SetTargetName(use.Value);
        }

        if (use.Named is { } target)
        {
            Rule.Add(target);
        }
    }

    /// <summary><c>-g</c></summary>
    public void SetGoto(in OptionUse use)
    {
        Rule head = Rule.Head;
        head.IsGoto = true;
        Command.Options |= CommandOptions.Goto;
        SetTargetName(use.Value);
    }

    /// <summary><c>-t</c></summary>
    public void SetTable(in OptionUse use)
    {
        if (restoreProgram is not null)
        {
            throw new UsageException($"The -t option cannot be used in {restoreProgram}.\n")
            {
                Hint = "The line \"*table\" says which table the rules are for.",
            };
        }

        Command.Table = _words.Memory(use.Value);
    }

    /// <summary><c>--atomic-file</c></summary>
    public void SetAtomicFile(in OptionUse use)
    {
        NotAmongLines(use.Own!);
        Command.AtomicFile = TextOf(use.Value).ToArray();
    }

    /// <summary><c>-c</c></summary>
    public void SetCounters(in OptionUse use)
    {
        ReadOnlySpan<byte> word = TextOf(use.Value);
        int comma = word.IndexOf((byte)',');
        if (comma == 0 || (comma < 0 && use.Second.IsNone))
        {
            throw new UsageException(_dialect.Complaints.NoCounters);
        }

        Command.Counters = new XtCounters
        {
            Packets = ReadCounter("packet", comma < 0 ? word : word[..comma]),
            Bytes = ReadCounter("byte", comma < 0 ? TextOf(use.Second) : word[(comma + 1)..]),
        };
        Command.Options |= CommandOptions.OwnCounters;
    }

    private ulong ReadCounter(string which, ReadOnlySpan<byte> text) =>
        CounterText.TryRead(text, out ulong counter) && !(_dialect.TakesRanges && text is [(byte)'-', ..]) ? counter
        : throw new UsageException(_dialect.Complaints.NoNumber(which, text));

    /// <summary><c>-w</c></summary>
    public void SetWait(in OptionUse use)
    {
        NotInRestore('w');
        Command.Options |= CommandOptions.Wait;
        Command.WaitSeconds = use.Value.IsNone ? null : WaitText.ReadSeconds(TextOf(use.Value));
    }

    /// <summary><c>-W</c></summary>
    public void SetWaitInterval(in OptionUse use)
    {
        NotInRestore('W');
        WaitText.CheckInterval(use.Value.IsNone ? (ReadOnlyMemory<byte>?)null : _words.Memory(use.Value));
        Command.Options |= CommandOptions.WaitInterval;
        Rule.Context.Warn("Ignoring deprecated --wait-interval option.");
    }

    private static string Text(ReadOnlySpan<byte> bytes) => MessageText.Of(bytes);

    private void ReadValue(in OptionUse use)
    {
        Extension extension = Rule[use.Extension].Extension;
        Option option = use.Option!;
        if (option is PluginOption other)
        {
            Rule.Context.FurtherWords += other.Read(_words, use.Value, use.Next, use.IsInverted, Rule.Payload(0), Rule.Payload(use.Extension));
        }
        else
        {
            option.Parse(
                new Argument(extension, option, TextOf(use.Value), hasText: !use.Value.IsNone, TextOf(use.Second), use.IsInverted, Rule.Context),
                Rule.Payload(use.Extension));
        }

        if (use.HasLineEnd && !option.HoldsLineEnds)
        {
            throw extension.WithLineEnd(option);
        }
    }

    private void JoinCommand(BaseOption option)
    {
        CommandKind kind = option.Command;
        switch (Command.Kind)
        {
            case CommandKind.None:
                Command.Kind = kind;
                break;
            case CommandKind.List or CommandKind.ListRules when kind == CommandKind.Zero && !Command.AlsoZero:
                Command.AlsoZero = true;
                break;
            case CommandKind.NewChain when kind == CommandKind.SetPolicy && extensions.Family.HasUserPolicies:
                break;
            case CommandKind.Zero when kind is CommandKind.List or CommandKind.ListRules:
                Command.Kind = kind;
                Command.AlsoZero = true;
                break;
            default:
                bool isZero = Command.AlsoZero && kind is not (CommandKind.List or CommandKind.ListRules);
                throw new UsageException(_dialect.Complaints.ManyCommands(option.Letter, _dialect.Find(isZero ? CommandKind.Zero : Command.Kind).Letter));
        }
    }

    private uint ReadRuleNumber(Word word)
    {
        ReadOnlySpan<byte> text = TextOf(word);
        if (!Numerals.TryRead(text, 0, int.MaxValue, out ulong number) || (number == 0 && Command.Kind != CommandKind.Insert))
        {
            throw new UsageException($"Invalid rule number `{Text(text)}'");
        }

        if (number == 0)
        {
            Rule.Context.Warn("Warning: rule numbers begin at 1; 0 is taken as 1, the top of the chain.");
        }

        return Math.Max((uint)number, 1);
    }

    /// <summary>Reads <c>first[:[last]]</c>, each counted from the end if it is below 1.</summary>
    private static (int First, int Last) ReadRange(ReadOnlySpan<byte> text, bool mayBeZero)
    {
        int colon = text.IndexOf((byte)':');
        ReadOnlySpan<byte> first = colon < 0 ? text : text[..colon], last = colon < 0 ? text : colon == text.Length - 1 ? "-1"u8 : text[(colon + 1)..];
        return Utf8Parser.TryParse(first, out int from, out int used) && used == first.Length && Utf8Parser.TryParse(last, out int to, out used) && used == last.Length
            && (mayBeZero ? colon < 0 : from != 0 && to != 0 && (from <= to || (from > 0 && to < 0)))
            ? (from, to)
            : throw new UsageException(mayBeZero ? $"Invalid rule number `{Text(text)}'" : $"Problem with the specified rule number(s) '{Text(text)}'");
    }

    /// <summary>Reads the words behind <c>-C chain</c>: <c>packets bytes</c> before a rule, or <c>first[:[last]] packets bytes</c> and no more.</summary>
    private void ReadCounterChange(int at)
    {
        int count = 0;
        while (at + count < _words.Count && _words.Span(at + count) is not [(byte)'-', not (>= (byte)'0' and <= (byte)'9'), ..])
        {
            count++;
        }

        if (count < 2 || (count > 2 && at + 3 < _words.Count))
        {
            throw new UsageException(count < 2 ? "The command -C needs at least 2 arguments" : "No extra options allowed with -C start_nr[:end_nr] pcnt bcnt")
            {
                Hint = "-C chain number[:number] packets bytes, or -C chain packets bytes rule",
            };
        }

        Command.Range = count == 3 ? ReadRange(_words.Span(at), mayBeZero: false) : null;
        Command.CounterChange = new CounterChange(ReadChange(at + count - 2), ReadChange(at + count - 1));
        Rule.Context.FurtherWords += count;
    }

    private (byte, ulong) ReadChange(int at) => CounterChange.TryRead(_words.Span(at), out (byte, ulong) change) ? change
        : throw new UsageException(_dialect.Complaints.NoNumber("", _words.Span(at)));

    private void CheckPolicy(bool isOfUser)
    {
        if (!extensions.Family.HasUserPolicies)
        {
            return;
        }

        ReadOnlySpan<byte> policy = Command.NewName.Span;
        if (policy.SequenceEqual("CONTINUE"u8) || !StandardVerdict.TryParse(policy, out int verdict) || verdict == Verdict.Queue)
        {
            throw new UsageException(policy.SequenceEqual("CONTINUE"u8) ? "Wrong policy 'CONTINUE'" : $"Unknown policy '{Text(policy)}'");
        }

        if (verdict == Verdict.Return && !isOfUser)
        {
            throw new UsageException("Policy RETURN only allowed for user defined chains");
        }
    }

    private ReadOnlyMemory<byte> NewName(Word word, string complaint) => word.IsNone ? throw new UsageException(complaint) : _words.Memory(word);

    private void SetTargetName(Word word)
    {
        NameCheck.Target(TextOf(word), extensions.Family);
        Command.Target = _words.Memory(word);
    }

    /// <summary>What is about a whole table has no place among the lines of a restore, which makes it anew.</summary>
    private void NotAmongLines(BaseOption option)
    {
        if (restoreProgram is not null)
        {
            throw new UsageException($"--{option.Name} is not supported in daemon mode") { Hint = $"Without -n, {restoreProgram} makes each of its tables anew." };
        }
    }

    private void NotInRestore(char letter)
    {
        if (restoreProgram is not null)
        {
            throw new UsageException($"You cannot use `-{letter}' from iptables-restore");
        }
    }
}

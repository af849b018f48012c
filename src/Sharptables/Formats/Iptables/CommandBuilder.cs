using System;
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
        if (use.IsNegatedBehind)
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
            case CommandKind.SetPolicy:
                Command.NewName = NewName(use.Second, "-P requires a chain and a policy");
                break;
            case CommandKind.RenameChain:
                Command.NewName = NewName(use.Second, "-E requires old-chain-name and new-chain-name");
                NameCheck.NewChain(Command.NewName.Span, extensions);
                break;
            case CommandKind.Replace when use.Second.IsNone:
                throw new UsageException("-R requires a rule number");
            default:
                if (!use.Second.IsNone)
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
        SetTargetName(use.Value);
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

    /// <summary><c>-c</c></summary>
    public void SetCounters(in OptionUse use)
    {
        ReadOnlySpan<byte> word = TextOf(use.Value);
        int comma = word.IndexOf((byte)',');
        if (comma == 0 || (comma < 0 && use.Second.IsNone))
        {
            throw new UsageException("-c requires packet and byte counter");
        }

        if (!CounterText.TryRead(comma < 0 ? word : word[..comma], out ulong packets))
        {
            throw new UsageException("-c packet counter not numeric");
        }

        if (!CounterText.TryRead(comma < 0 ? TextOf(use.Second) : word[(comma + 1)..], out ulong bytes))
        {
            throw new UsageException("-c byte counter not numeric");
        }

        Command.Counters = new XtCounters { Packets = packets, Bytes = bytes };
    }

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
            case CommandKind.Zero when kind is CommandKind.List or CommandKind.ListRules:
                Command.Kind = kind;
                Command.AlsoZero = true;
                break;
            default:
                bool isZero = Command.AlsoZero && kind is not (CommandKind.List or CommandKind.ListRules);
                throw new UsageException($"Cannot use -{option.Letter} with -{Dialect.Of(extensions.Family).Find(isZero ? CommandKind.Zero : Command.Kind).Letter}");
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

    private ReadOnlyMemory<byte> NewName(Word word, string complaint) => word.IsNone ? throw new UsageException(complaint) : _words.Memory(word);

    private void SetTargetName(Word word)
    {
        NameCheck.Target(TextOf(word));
        Command.Target = _words.Memory(word);
    }

    private void NotInRestore(char letter)
    {
        if (restoreProgram is not null)
        {
            throw new UsageException($"You cannot use `-{letter}' from iptables-restore");
        }
    }
}

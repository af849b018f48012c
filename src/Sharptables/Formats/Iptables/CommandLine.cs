using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>
/// Reads the words of an iptables command in two steps: which options were given (<see cref="UseReader"/>), and what they mean
/// (<see cref="CommandBuilder"/>). It touches no table; it only looks up names.
/// </summary>
/// <param name="extensions">The extensions of the family.</param>
internal sealed class CommandLine(ExtensionSet extensions)
{
    private readonly UseReader _reader = new(extensions);
    private readonly RecentForms<KnownLine> _known = new();
    private CommandBuilder? _builder;
    private bool _hasWarned;

    /// <summary>Called with each warning, a whole line.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Called with each warning that iptables does not give.</summary>
    public Action<string> Doubt { get; init; } = static _ => { };

    /// <summary>
    /// The program whose input is read line by line, such as <c>iptables-restore</c>, or null; it does not take all options.
    /// </summary>
    public string? RestoreProgram { get; init; }

    /// <summary>The line of input that is being read, from 1; 0 without input.</summary>
    public int Line { get; set; }

    /// <summary>The verbosity before any <c>-v</c>.</summary>
    public int Verbosity { get; init; }

    /// <summary>Reads a command.</summary>
    /// <param name="words">The words, without the program's name.</param>
    /// <param name="command">Receives the command; its table is kept if the words name none.</param>
    /// <returns>False when the line is for the other family and must be skipped.</returns>
    /// <exception cref="UsageException">The words are not a valid command.</exception>
    public bool Parse(Words words, Command command)
    {
        CommandBuilder builder = _builder ??= new CommandBuilder(extensions, RestoreProgram);
        builder.Begin(words, command);
        command.Verbosity = Verbosity;
        Tell(command.Rule.Context);
        _reader.Begin(words, command.Rule);
        try
        {
            for (int taken = 0; _reader.Read();)
            {
                for (; taken < _reader.Uses.Options.Length; taken++)
                {
                    builder.Apply(_reader.Uses.Options[taken]);
                    if (builder.IsForOther)
                    {
                        return false;
                    }
                }
            }

            builder.Finish(_reader.Uses);
            return true;
        }
        finally
        {
            FlushWarnings(command);
        }
    }

    /// <summary>Reads a command from a line of a save; fast for many lines of few forms.</summary>
    /// <param name="line">The line, without its line feed and without leading counters.</param>
    /// <param name="table">The name of the table; the same for all lines.</param>
    /// <param name="packets">The packets of the leading counters, if they are to be restored.</param>
    /// <param name="bytes">The bytes of the leading counters.</param>
    /// <returns>The command, valid until the next is read; null when the line is for the other family and must be skipped.</returns>
    /// <exception cref="UsageException">The words are not a valid command.</exception>
    internal Command? ParseLine(ReadOnlySpan<byte> line, byte[] table, ReadOnlySpan<byte> packets = default, ReadOnlySpan<byte> bytes = default)
    {
        for (int i = 0; i < RecentForms<KnownLine>.Most; i++)
        {
            if (_known[i] is { } like && like.IsLike(line, packets, bytes))
            {
                _known.Found(i);
                Repeat(like);
                return like.Command;
            }
        }

        KnownLine known = _known.Another() ??= new KnownLine(extensions);
        known.Forget();
        known.Command.Table = table;
        if (!packets.IsEmpty)
        {
            known.Words.Add("-c"u8);
            known.Words.Add(packets);
            known.Words.Add(bytes);
        }

        RestoreWords.Split(line, known.Words);
        _hasWarned = false;
        if (!Parse(known.Words, known.Command))
        {
            return null;
        }

        if (!_hasWarned && !_reader.Uses.HaveTakenFurther)
        {
            known.Keep(line, !packets.IsEmpty, _reader.Uses);
        }

        return known.Command;
    }

    private void Repeat(KnownLine known)
    {
        CommandBuilder builder = _builder!;
        builder.BeginAgain(known.Words, known.Command);
        Tell(known.Command.Rule.Context);
        try
        {
            foreach (ref readonly OptionUse use in known.Uses.Options)
            {
                if (!use.IsSettled)
                {
                    builder.Apply(use);
                }
            }

            builder.Finish(known.Uses);
        }
        finally
        {
            FlushWarnings(known.Command);
        }
    }

    private void Tell(RuleInProgress rule)
    {
        rule.Line = Line;
        rule.Names = extensions.Names;
    }

    private void FlushWarnings(Command command)
    {
        List<string> warnings = command.Rule.Context.Warnings;
        if (warnings.Count > 0)
        {
            _hasWarned = true;
            warnings.ForEach(Warn);
            warnings.Clear();
        }

        List<string> doubts = command.Rule.Context.Doubts;
        if (doubts.Count > 0)
        {
            _hasWarned = true;
            if (command.Kind is CommandKind.Append or CommandKind.Insert or CommandKind.Replace)
            {
                doubts.ForEach(Doubt);
            }

            doubts.Clear();
        }
    }
}

using System;
using Sharptables.Extensions;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>Understands a line of a file by a line before it that differs only in addresses and values.</summary>
public sealed partial class CommandLine
{
    private const int MostKnown = 8;

    private readonly KnownLine?[] _known = new KnownLine?[MostKnown];
    private readonly int[] _successor = new int[MostKnown]; // which known line came after which: forms take turns
    private readonly Words _lineWords = new();
    private int _latest;

    /// <summary>Reads a command from a line of iptables-save's format; many lines of few forms are read fast.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="table">The table that it is for; the same for all lines.</param>
    /// <returns>The command, valid until the next is read; null when the line is for the other family and to be skipped.</returns>
    /// <exception cref="UsageException">The words make no sense.</exception>
    internal Command? ParseLine(ReadOnlySpan<byte> line, byte[] table)
    {
        for (int i = 0; i < MostKnown; i++)
        {
            int index = (_successor[_latest] + i) % MostKnown;
            if (_known[index] is { } like && like.IsLike(line) && TryRename(like, line))
            {
                _successor[_latest] = index;
                _latest = index;
                Repeat(like, line);
                return like.Command;
            }
        }

        _lineWords.Clear();
        RestoreWords.Split(line, _lineWords);
        Command? command = ParseWords(_lineWords, table);

        // What an option meant before the protocol was known, it may not mean once it is.
        if (command is { Kind: CommandKind.Append } && !_protocolCameLate)
        {
            Word jump = command.Rule.Target is null && !_target.IsNone && !IsVerdict(command.Target.Span) ? _target : Word.None;
            _known[_latest]!.Keep(line, _lineWords, _uses, _chain, jump, _sources, _destinations);
        }

        return command;
    }

    /// <summary>Reads a command from words, when they are not those of a line alone.</summary>
    internal Command? ParseWords(Words words, byte[] table)
    {
        _latest = (_latest + MostKnown - 1) % MostKnown;
        KnownLine known = _known[_latest] ??= new KnownLine(Family);
        known.Forget();
        known.Command.Table = table;
        return Parse(words, known.Command) ? known.Command : null;
    }

    /// <summary>Gives a known line the names of another line's chains; false when those might mean something else than chains.</summary>
    private bool TryRename(KnownLine known, ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> chain = known.TextOf(known.Chain, line);
        ReadOnlySpan<byte> target = known.Jump.IsNone ? known.Command.Target.Span : known.TextOf(known.Jump, line);
        if (chain.Length > RuleLayout.MaxChainName || target.Length > RuleLayout.MaxChainName ||
            (!known.Jump.IsNone && (ChainNames.HasBlank(target) || IsVerdict(target) || extensions.Find(target, isTarget: true) is not null)))
        {
            return false;
        }

        known.Rename(chain, target);
        return true;
    }

    private void Repeat(KnownLine known, ReadOnlySpan<byte> line)
    {
        _command = known.Command;
        RuleBuilder rule = _command.Rule;
        rule.Context.Line = Line;
        for (int i = 0; i < rule.Count; i++)
        {
            rule.Restart(i);
        }

        try
        {
            foreach (OptionUse use in known.Uses)
            {
                ParseValue(use, known.TextOf(use.Value, line), known.TextOf(use.Second, line));
            }

            FinishExtensions(isTarget: false);
            FinishExtensions(isTarget: true);
            ReadAddresses(known.TextOf(known.Sources, line), known.TextOf(known.Destinations, line));
            CheckInterfaces();
        }
        finally
        {
            FlushWarnings();
        }
    }
}

using System;
using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Translation;

/// <summary>Translates what iptables-save wrote into what <c>nft -f</c> loads, line by line, with its comments.</summary>
/// <param name="extensions">The extensions of the family.</param>
/// <param name="program">The program's name in messages.</param>
/// <param name="output">Where to write.</param>
internal sealed class SaveTranslator(ExtensionSet extensions, string program, Output output)
{
    private readonly List<(int Line, string What)> _unsayable = [];
    private readonly Dictionary<(string Table, string Name), string> _names = []; // of the chains in nft, and those in iptables
    private byte[]? _table;
    private CommandLine? _commandLine; // of the table, which it keeps for lines that are alike

    /// <summary>The family of the rules.</summary>
    public Family Family => extensions.Family;

    /// <summary>Called with each warning, a whole line.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Whether counters begin as they were saved.</summary>
    public bool ShowsCounters { get; init; }

    /// <summary>Whether each table takes the place of one that is there.</summary>
    public bool ReplacesTables { get; init; }

    /// <summary>Whether all is kept until the end, so that it can be thrown away.</summary>
    public bool KeepsAll { get; init; }

    /// <summary>Whether words and names are those of the original, even where they are not quite right, or not what nft takes.</summary>
    public bool SaysAsOriginal { get; init; } = true;

    /// <summary>What nft cannot say, and in which line.</summary>
    public IReadOnlyList<(int Line, string What)> Unsayable => _unsayable;

    /// <summary>Translates all lines.</summary>
    /// <exception cref="RestoreException">A line is wrong.</exception>
    public void Translate(LineReader lines)
    {
        SaveReader reader = new(lines, program) { NeedsLineFeed = false };
        CommandTranslator to = new(extensions, output) { ShowsCounters = ShowsCounters, SaysAsOriginal = SaysAsOriginal, RenamesChains = !SaysAsOriginal };
        while (reader.Read())
        {
            try
            {
                if (Translate(reader, to) is { } what)
                {
                    _unsayable.Add((reader.Line, what));
                }
            }
            catch (UsageException e)
            {
                throw reader.At(e);
            }

            if (!KeepsAll)
            {
                output.FlushIfLarge();
            }
        }

        if (_table is not null)
        {
            throw reader.EndsWithinTable("The input ends within a table.");
        }
    }

    private string? Translate(SaveReader line, CommandTranslator to)
    {
        switch (line.Kind)
        {
            case SaveLine.Comment:
                MessageText.Show(line.Text, output);
                output.Write((byte)'\n');
                return null;
            case SaveLine.Table when _table is null:
                _table = line.ReadTableName().ToArray();
                _commandLine = new(extensions) { Warn = Warn, RestoreProgram = program };
                if (ReplacesTables)
                {
                    to.ClearTable(_table);
                }
                else
                {
                    to.AddTable(_table);
                }

                return null;
            case SaveLine.Rule or SaveLine.Chain or SaveLine.Commit when _table is null:
                throw line.OutsideOfTable();
            case SaveLine.Commit:
                _table = null;
                return null;
            case SaveLine.Chain:
                byte[] chain = line.ReadChainName().ToArray();
                (string, string) place = (MessageText.Of(_table), NftWords.NameFor(chain));
                if (!SaysAsOriginal && _names.TryGetValue(place, out string? other) && other != MessageText.Of(chain))
                {
                    throw line.Failed($"The only name that nft has for this chain is that of {other}.");
                }

                _names[place] = MessageText.Of(chain);

                ReadOnlySpan<byte> policy = line.ReadPolicy();
                bool isPolicy = StandardVerdict.TryParse(policy, out int verdict) && verdict is Verdict.Accept or Verdict.Drop;
                return isPolicy || policy.SequenceEqual("-"u8) ? to.AddChain(_table, chain, policy)
                    : throw line.Failed("A policy is ACCEPT or DROP, or - for a chain that has none.", ": Bad policy name.");
            default:
                return TranslateRule(line, to, _commandLine!);
        }
    }

    private string? TranslateRule(SaveReader line, CommandTranslator to, CommandLine commandLine)
    {
        commandLine.Line = line.Line;
        ReadOnlySpan<byte> rule = line.ReadRule(out ReadOnlySpan<byte> packets, out ReadOnlySpan<byte> bytes);
        Command? command = ShowsCounters ? commandLine.ParseLine(rule, _table!, packets, bytes) : commandLine.ParseLine(rule, _table!);
        if (command is null)
        {
            return null;
        }

        string chain = MessageText.Of(command.Chain.Span);
        if (ReplacesTables && extensions.Family.HookNamed(chain) != Hooks.None && _names.TryAdd((MessageText.Of(_table), chain), chain))
        {
            _ = to.AddChain(_table!, command.Chain.Span, "ACCEPT"u8); // which needs no line of its own
        }

        Words words = new();
        RestoreWords.Split(rule, words);
        return to.Translate(command, words);
    }
}

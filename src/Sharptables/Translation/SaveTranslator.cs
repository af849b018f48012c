using System;
using System.Collections.Generic;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Translation;

/// <summary>Translates what iptables-save wrote into what <c>nft -f</c> loads, line by line, with its comments.</summary>
/// <param name="extensions">The extensions of the family.</param>
/// <param name="program">The program's name in messages.</param>
/// <param name="output">Where to write.</param>
internal sealed class SaveTranslator(ExtensionSet extensions, string program, Output output)
{
    private readonly bool _hasCommit = Dialect.Of(extensions.Family).HasCommit;
    private readonly List<(byte[] Chain, int Verdict)> _policies = []; // of chains of users, which are rules at their ends
    private byte[]? _table;
    private CommandLine? _commandLine; // of the table, which it keeps for lines that are alike

    /// <summary>Called with each warning, a whole line.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Translates all lines.</summary>
    /// <exception cref="RestoreException">A line is wrong.</exception>
    public void Translate(LineReader lines)
    {
        SaveReader reader = new(lines, program);
        CommandTranslator to = new(extensions, output);
        while (reader.Read())
        {
            try
            {
                Translate(reader, to);
            }
            catch (UsageException e)
            {
                throw reader.At(e);
            }

            output.FlushIfLarge();
        }

        if (!_hasCommit)
        {
            EndTable(to);
        }

        if (_table is not null && _hasCommit)
        {
            throw reader.EndsWithinTable("The input ends within a table.");
        }
    }

    private void Translate(SaveReader line, CommandTranslator to)
    {
        switch (line.Kind)
        {
            case SaveLine.Comment:
                MessageText.Show(line.Text, output);
                output.Write((byte)'\n');
                break;
            case SaveLine.Table when _table is null || !_hasCommit:
                EndTable(to);
                _table = line.ReadTableName().ToArray();
                if (BuiltInTable.Named(MessageText.Of(_table), extensions.Family) is null)
                {
                    throw new UsageException($"{program}: line {line.Line} table name '{MessageText.Of(_table)}' invalid");
                }

                _commandLine = new(extensions) { Warn = Warn, RestoreProgram = program };
                to.AddTable(_table);
                break;
            case SaveLine.Rule or SaveLine.Chain or SaveLine.Commit when _table is null:
                throw line.OutsideOfTable();
            case SaveLine.Commit:
                _table = null;
                break;
            case SaveLine.Chain:
                byte[] chain = line.ReadChainName().ToArray();
                ReadOnlySpan<byte> policy = line.ReadPolicy();
                bool isUsers = extensions.Family.HasUserPolicies && !extensions.Family.HookNames.AsSpan().Contains(MessageText.Of(chain));
                bool isPolicy = StandardVerdict.TryParse(policy, out int verdict) && (verdict is Verdict.Accept or Verdict.Drop || (isUsers && verdict is Verdict.Return));
                if (!isPolicy && (isUsers || !policy.SequenceEqual("-"u8)))
                {
                    throw line.Failed(isUsers ? "The policy of a user's chain is ACCEPT, DROP or RETURN." : "A policy is ACCEPT or DROP, or - for a chain that has none.", ": Bad policy name.");
                }

                if (to.AddChain(_table, chain, policy) is null && isUsers && verdict is not Verdict.Return)
                {
                    _policies.Add((chain, verdict));
                }

                break;
            default:
                TranslateRule(line, to, _commandLine!);
                break;
        }
    }

    private void TranslateRule(SaveReader line, CommandTranslator to, CommandLine commandLine)
    {
        commandLine.Line = line.Line;
        ReadOnlySpan<byte> rule = line.ReadRule(out _, out _);
        if (commandLine.ParseLine(rule, _table!) is { } command)
        {
            Words words = new();
            RestoreWords.Split(rule, words);
            _ = to.Translate(command, words);
        }
    }

    /// <summary>Writes the policies of chains of users behind their rules.</summary>
    private void EndTable(CommandTranslator to)
    {
        foreach ((byte[] chain, int verdict) in _policies)
        {
            to.AddVerdict(_table, chain, verdict);
        }

        _policies.Clear();
    }
}

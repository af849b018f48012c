using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Editing;
using Sharptables.Formats.Iptables;
using Sharptables.Formats.Nft;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Translation;

/// <summary>
/// Writes what a file of rules leaves in force as a file that <c>nft -f</c> loads in one step, in the place of what is there. Rules are those of the
/// tables, however the file came to them; its comments stand in front of the rule that they stood in front of.
/// </summary>
/// <param name="rules">What the file says.</param>
/// <param name="sets">The IP sets that its rules ask, to become sets of nft; null if those are not asked for.</param>
/// <param name="output">Where to write.</param>
internal sealed class RuleSetTranslator(RuleSet rules, IpSets? sets, Output output)
{
    private readonly List<Unsaid> _unsayable = [];
    private readonly RuleTranslator _rule = new(rules.Extensions, saysAsOriginal: false, sets);
    private readonly HashSet<string> _sets = []; // of the table
    private readonly Queue<(int Line, byte[] Text)> _comments = [];
    private readonly Dictionary<string, int> _lines = []; // of the tables

    /// <summary>Whether counters begin as the file says.</summary>
    public bool ShowsCounters { get; init; }

    /// <summary>The rules that nft cannot say.</summary>
    public IReadOnlyList<Unsaid> Unsayable => _unsayable;

    private string Family => rules.Extensions.Family.NftName;

    /// <summary>Writes all tables.</summary>
    /// <param name="file">The file, for its comments.</param>
    public void Translate(byte[] file)
    {
        SaveReader lines = new(new LineReader(file), "");
        while (lines.Read())
        {
            if (lines.Kind is SaveLine.Comment)
            {
                _comments.Enqueue((lines.Line, lines.Text.ToArray()));
            }
            else if (lines.Kind is SaveLine.Table)
            {
                _ = _lines.TryAdd(MessageText.Of(lines.ReadTableName()), lines.Line);
            }
        }

        foreach (Table table in rules.Tables)
        {
            WriteComments(_lines[MessageText.Of(table.Name)]);
            Translate(table);
        }

        WriteComments(int.MaxValue);
    }

    private void Translate(Table table)
    {
        string place = $"{Family} {MessageText.Of(table.Name)}";
        output.Write($"add table {place}\ndelete table {place}\nadd table {place}\n");
        _sets.Clear();
        Dictionary<string, Chain> named = [];
        List<(int Line, int Place, byte[] Text)> ordered = [];
        foreach (Chain chain in table.Chains)
        {
            string name = NftWords.NameFor(chain.Name);
            if (!named.TryAdd(name, chain))
            {
                throw new UsageException($"nft has one name for the chains {MessageText.Of(chain.Name)} and {MessageText.Of(named[name].Name)} of table {MessageText.Of(table.Name)}: {name}");
            }

            output.Write(name == MessageText.Of(chain.Name) ? "" : $"# {name}: in iptables {MessageText.Of(chain.Name)}, which is no name in nft\n");
            output.Write($"add chain {place} {name}{BaseChainText.Of(rules.Extensions.Family, table.Name, chain.Name, chain.Policy)}\n");
            int line = 0, number = 0;
            foreach (Rule rule in table.Rules(chain))
            {
                line = Math.Max(line, rule.Line); // one that was inserted comes with what it stands in front of
                ordered.Add((line, ordered.Count, Translate(table, chain, rule, ++number, $"{place} {name}")));
            }

            if (rules.Extensions.Family.HasUserPolicies && !chain.IsBuiltIn && chain.Policy != Verdict.Return)
            {
                ordered.Add((line, ordered.Count, Encoding.ASCII.GetBytes($"add rule {place} {name} counter {RuleTranslator.WordFor(chain.Policy)}\n")));
            }
        }

        ordered.Sort();
        foreach ((int line, _, byte[] text) in ordered)
        {
            WriteComments(line);
            output.Write(text);
        }
    }

    private byte[] Translate(Table table, Chain chain, Rule rule, int number, string place)
    {
        Output text = new(Output.Kept);
        Chain? jump = rule.Target.IsStandardTarget ? table.JumpTarget(rule.Target.Verdict) : null;
        if (_rule.Translate(rule, jump is null ? default : Encoding.ASCII.GetBytes(NftWords.NameFor(jump.Name)), ShowsCounters) is { } what)
        {
            _unsayable.Add(new(table, chain, number, rule.Line, what));
            text.Write($"# -t {MessageText.Of(table.Name)} ");
            new RuleText(table, rules.Extensions, text).Write(chain, rule, showCounters: false);
            return text.Written.ToArray();
        }

        foreach ((string name, string declaration) in _rule.Sets)
        {
            text.Write(_sets.Add(name) ? $"add set {Family} {MessageText.Of(table.Name)} {name} {{ {declaration} }}\n" : "");
        }

        text.Write($"add rule {place}");
        text.Write(_rule.Text);
        text.Write((byte)'\n');
        return text.Written.ToArray();
    }

    /// <summary>Writes the comments in front of a line.</summary>
    private void WriteComments(int line)
    {
        while (_comments.TryPeek(out (int Line, byte[] Text) comment) && comment.Line < line)
        {
            MessageText.Show(_comments.Dequeue().Text, output);
            output.Write((byte)'\n');
        }
    }

    /// <summary>A rule that nft cannot say.</summary>
    /// <param name="Table">Its table.</param>
    /// <param name="Chain">Its chain.</param>
    /// <param name="Number">Its number in the chain, from 1.</param>
    /// <param name="Line">Its line in the file.</param>
    /// <param name="What">What of it nft cannot say.</param>
    internal sealed record Unsaid(Table Table, Chain Chain, int Number, int Line, string What);
}

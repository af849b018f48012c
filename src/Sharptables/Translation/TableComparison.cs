using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Translation;

/// <summary>Compares what tables ask of packets and do with them, rule by rule, however it is said.</summary>
/// <param name="extensions">The extensions of the one that is to be the same.</param>
/// <param name="others">Those of the other.</param>
internal sealed class TableComparison(ExtensionSet extensions, ExtensionSet others)
{
    private readonly List<string> _differences = [];
    private readonly List<string> _unread = [];

    /// <summary>What is not the same.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>Rules of the other that no rule of iptables says, so that they cannot be compared.</summary>
    public IReadOnlyList<string> Unread => _unread;

    /// <summary>How many rules are the same.</summary>
    public int Same { get; private set; }

    /// <summary>Compares two tables.</summary>
    public void Compare(Table table, Table other)
    {
        string name = MessageText.Of(table.Name);
        foreach (Chain chain in table.Chains)
        {
            string place = $"{name}: chain {MessageText.Of(chain.Name)}";
            if (other.Find(chain.Name) is not { } its)
            {
                _differences.Add($"{place} is missing");
                continue;
            }

            if (chain.IsBuiltIn && its.Policy != chain.Policy)
            {
                _differences.Add($"{place} has another policy");
            }

            Compare(Rules(table, chain, extensions), Rules(other, its, others), place);
        }
    }

    private void Compare(List<Said> rules, List<Said> its, string place)
    {
        if (rules.Count != its.Count)
        {
            _differences.Add($"{place} has {its.Count} rules instead of {rules.Count}");
            return;
        }

        for (int i = 0; i < rules.Count; i++)
        {
            if (rules[i].Text == its[i].Text || rules[i].IsSame(its[i]))
            {
                Same++;
            }
            else
            {
                (its[i].IsForeign ? _unread : _differences).Add($"{place}, rule {i + 1}: {rules[i].Text}\n    is read as {its[i].Text}");
            }
        }
    }

    private static List<Said> Rules(Table table, Chain chain, ExtensionSet extensions)
    {
        List<Said> rules = [];
        Output output = new(Output.Kept);
        byte[] scratch = new byte[Extension.LargestPayload];
        foreach (Rule rule in table.Rules(chain))
        {
            output.Clear();
            new RuleText(table, extensions, output).Write(chain, rule, showCounters: false);
            string text = MessageText.Of(output.Written.TrimEnd((byte)'\n'));
            Said said = new(text, ForeignRule.Is(rule.Target), Target(table, rule, extensions, scratch));
            said.Add(extensions.Head.Match, rule.Conditions, rule.Family, default);
            foreach (ExtensionRecord record in rule)
            {
                if (extensions.Find(record, isTarget: false, scratch, out ReadOnlySpan<byte> payload) is { } match)
                {
                    said.Add(match, payload, rule.Family, new Format(rule.Family, extensions.Names, rule.Protocol, IsNumeric: true, IsListing: false));
                }
            }

            rules.Add(said);
        }

        if (extensions.Family.HasUserPolicies && !chain.IsBuiltIn && chain.Policy != Verdict.Return)
        {
            string verdict = MessageText.Of(StandardVerdict.Name(chain.Policy)); // nft has it as a rule
            rules.Add(new($"-A {MessageText.Of(chain.Name)} -j {verdict}", isForeign: false, verdict));
        }

        return rules;
    }

    private static string Target(Table table, Rule rule, ExtensionSet extensions, byte[] scratch)
    {
        ExtensionRecord target = rule.Target;
        if (target.IsStandardTarget)
        {
            return (rule.IsGoto ? "-g " : "") + MessageText.Of(table.JumpTarget(target.Verdict) is { } chain ? chain.Name : StandardVerdict.Name(target.Verdict));
        }

        Output text = new(Output.Kept);
        if (extensions.Find(target, isTarget: true, scratch, out ReadOnlySpan<byte> payload) is not { } extension)
        {
            text.Write(target.Name);
        }
        else if (extension.EffectOf(payload) is Statement.NoTrack)
        {
            return nameof(Statement.NoTrack); // which has two names
        }
        else
        {
            text.Write(target.Name);
            extension.Save(payload, text, new Format(rule.Family, extensions.Names, rule.Protocol, IsNumeric: true, IsListing: false));
        }

        return MessageText.Of(text.Written);
    }

    /// <summary>What a rule says.</summary>
    /// <param name="text">As iptables saves it.</param>
    /// <param name="isForeign">Whether iptables cannot say it.</param>
    /// <param name="target">Its target, as it is saved.</param>
    private sealed class Said(string text, bool isForeign, string target)
    {
        // Conditions may be asked in any order, but not before or behind what counts, such as a limit.
        private readonly List<(List<Condition> Conditions, string Other)> _steps = [([], "")];

        public string Text => text;

        public bool IsForeign => isForeign;

        private string Target => target;

        /// <summary>Adds what a match asks.</summary>
        public void Add(Extension match, ReadOnlySpan<byte> payload, Family family, in Format format)
        {
            IReadOnlyList<Condition> conditions = match.ConditionsIn(payload, family, out bool areAll);
            foreach (Condition condition in conditions)
            {
                _steps[^1].Conditions.AddRange(condition.Field.Split(condition) ?? [condition]);
            }

            if (areAll)
            {
                return;
            }

            Output other = new(Output.Kept);
            other.Write(match.Name);
            if (match.EffectOf(payload) is { } effect)
            {
                other.Write(effect.ToString());
            }
            else if (conditions.Count == 0)
            {
                match.Save(payload, other, format);
            }
            else
            {
                foreach (Option option in match.Options)
                {
                    if (option.Of is null && option.IsWritten(payload))
                    {
                        option.Save(payload, other, format);
                    }
                }
            }

            _steps.Add(([], MessageText.Of(other.Written)));
        }

        /// <summary>Whether another asks the same and does the same.</summary>
        public bool IsSame(Said other)
        {
            bool isSame = target == other.Target && !isForeign && !other.IsForeign && _steps.Count == other._steps.Count;
            for (int i = 0; isSame && i < _steps.Count; i++)
            {
                isSame = _steps[i].Other == other._steps[i].Other && AreSame(_steps[i].Conditions, other._steps[i].Conditions);
            }

            return isSame;
        }

        private static bool AreSame(List<Condition> conditions, List<Condition> others)
        {
            List<Condition> left = [.. others];
            foreach (Condition condition in conditions)
            {
                int same = left.FindIndex(each => Meaning.IsSame(each, condition));
                if (same < 0)
                {
                    return false;
                }

                left.RemoveAt(same);
            }

            return left.Count == 0;
        }
    }
}

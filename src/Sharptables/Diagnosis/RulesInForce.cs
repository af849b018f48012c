using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Diagnosis;

/// <summary>Rules and policies, of the kernel or of a file.</summary>
internal sealed class RulesInForce
{
    private readonly List<RuleInForce> _rules = [];
    private readonly Dictionary<(Family, string Table, string Chain), List<RuleInForce>> _byChain = [];

    /// <summary>The rules, table by table.</summary>
    public IReadOnlyList<RuleInForce> All => _rules;

    /// <summary>The chains, and of each the policy: ACCEPT, DROP, or empty for those of users.</summary>
    public List<(Family Family, string Program, string Table, string Chain, string Policy)> Chains { get; } = [];

    /// <summary>Adds the rules of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="extensions">The extensions of its family.</param>
    /// <param name="program">The program that changes it.</param>
    public void Add(Table table, ExtensionSet extensions, string program)
    {
        Family family = extensions.Family;
        string name = MessageText.Of(table.Name);
        Output line = new(Output.Kept);
        RuleText text = new(table, extensions, line);
        foreach (Chain chain in table.Chains)
        {
            string chainName = MessageText.Of(chain.Name);
            Chains.Add((family, program, name, chainName, chain.IsBuiltIn ? Encoding.ASCII.GetString(StandardVerdict.Name(chain.Policy)) : ""));
            int number = 0;
            List<RuleInForce> rules = [];
            foreach (Rule rule in table.Rules(chain))
            {
                number++;
                if (!ForeignRule.Is(rule.Target))
                {
                    line.Clear();
                    text.Write(chain, rule, showCounters: false);
                    rules.Add(new RuleInForce(family, program, name, chainName, number, Encoding.UTF8.GetString(line.Written.TrimEnd((byte)'\n'))));
                }
            }

            _rules.AddRange(rules);
            if (!_byChain.TryAdd((family, name, chainName), rules))
            {
                _byChain[(family, name, chainName)].AddRange(rules); // that of the other interface
            }
        }
    }

    /// <summary>The first rule of which something is so, or null.</summary>
    public RuleInForce? Find(Predicate<RuleInForce> isSo) => _rules.Find(isSo);

    /// <summary>The rules of a chain; none if it is not there.</summary>
    public IReadOnlyList<RuleInForce> Of(Family family, string table, string chain) => _byChain.GetValueOrDefault((family, table, chain)) ?? [];

    /// <summary>The rules that a packet in a chain can meet: its own, and those of the chains that these jump to.</summary>
    public List<RuleInForce> ReachedFrom(Family family, string table, string chain)
    {
        List<RuleInForce> reached = [];
        HashSet<string> seen = [chain];
        Queue<string> chains = new(seen);
        while (chains.TryDequeue(out string? next))
        {
            foreach (RuleInForce rule in Of(family, table, next))
            {
                reached.Add(rule);
                if (seen.Add(rule.Target))
                {
                    chains.Enqueue(rule.Target); // the name of a target that is no chain has no rules
                }
            }
        }

        return reached;
    }

    /// <summary>The rules and policies of the filter tables of a family, as iptables-save writes them.</summary>
    public List<string> FilterOf(Family family)
    {
        List<string> lines = [];
        foreach ((Family Family, string Program, string Table, string Chain, string Policy) chain in Chains)
        {
            if (chain.Family == family && chain.Table == "filter" && chain.Policy is "DROP")
            {
                lines.Add($"-P {chain.Chain} {chain.Policy}");
            }
        }

        lines.AddRange(_rules.FindAll(rule => rule.Family == family && rule.Table == "filter").ConvertAll(static rule => rule.Text));
        return lines;
    }
}

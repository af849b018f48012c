using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;

namespace Sharptables;

/// <summary>A chain of a <see cref="Table"/>, as it is now.</summary>
public sealed class Chain
{
    private readonly Model.Table _table;
    private readonly Model.Chain _chain;
    private readonly ExtensionSet _extensions;

    internal Chain(Model.Table table, Model.Chain chain, ExtensionSet extensions)
    {
        _table = table;
        _chain = chain;
        _extensions = extensions;
    }

    /// <summary>Its name, such as <c>INPUT</c>.</summary>
    public string Name => Encoding.UTF8.GetString(_chain.Name);

    /// <summary>Whether it is the kernel's, which gives it packets, and not one that only rules jump to.</summary>
    public bool IsBuiltIn => _chain.IsBuiltIn;

    /// <summary>What is done with a packet that no rule decides on: <c>ACCEPT</c> or <c>DROP</c>. Null for a chain that only rules jump to.</summary>
    public string? Policy => IsBuiltIn ? Encoding.UTF8.GetString(StandardVerdict.Name(_chain.Policy)) : null;

    /// <summary>What its policy has counted.</summary>
    public Counters Counters => new(_chain.PolicyCounters.Packets, _chain.PolicyCounters.Bytes);

    /// <summary>Its rules, first to last. They are copied each time this is asked for.</summary>
    public IReadOnlyList<Rule> Rules
    {
        get
        {
            List<Rule> rules = new(_chain.RuleCount);
            foreach (Model.Rule rule in _table.Rules(_chain))
            {
                rules.Add(new Rule(_table, _chain, rule, _extensions));
            }

            return rules;
        }
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}

using System.Globalization;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Tests.Model;

/// <summary>The plainest form of a table: lists of rules. The one under test is compared with it.</summary>
internal sealed class ModelTable(Family family)
{
    public Family Family => family;

    public List<ModelChain> Chains { get; private set; } = [];

    /// <summary>Whether chains are in the order of hooks and names from here on, because one was added or renamed.</summary>
    public bool IsSorted { get; set; }

    /// <summary>The chains in the order in which they are laid out.</summary>
    public IReadOnlyList<ModelChain> Ordered => !IsSorted ? Chains :
        [.. Chains.Where(static c => c.IsBuiltIn).OrderBy(static c => c.Hook),
         .. Chains.Where(static c => !c.IsBuiltIn).OrderBy(static c => c.Name, StringComparer.Ordinal)];

    public ModelChain? Find(string name) => Chains.Find(c => c.Name == name);

    public int References(ModelChain chain) => Chains.Sum(c => c.Rules.Count(r => r.To == chain));

    /// <summary>One line for each chain and each rule.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (ModelChain chain in Ordered)
        {
            text.Append(CultureInfo.InvariantCulture, $":{chain.Name} {chain.Hook} {chain.Policy}\n");
            foreach (TaggedRule rule in chain.Rules)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {rule}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>What has to be added to the counters of the new entries, in their order.</summary>
    /// <param name="old">What the kernel counted, by old entry.</param>
    public List<XtCounters> CountersToAdd(ReadOnlySpan<XtCounters> old)
    {
        List<XtCounters> toAdd = [];
        foreach (ModelChain chain in Ordered)
        {
            if (!chain.IsBuiltIn)
            {
                toAdd.Add(default);
            }

            foreach (TaggedRule rule in chain.Rules)
            {
                XtCounters own = new() { Packets = rule.Packets, Bytes = rule.Bytes };
                toAdd.Add(rule.Entry < 0 ? own : rule.IsZeroed ? Less(old[rule.Entry], own) : old[rule.Entry]);
            }

            toAdd.Add(!chain.IsBuiltIn ? default
                : chain.PolicyEntry < 0 ? chain.PolicyCounters
                : chain.IsPolicyZeroed ? Less(old[chain.PolicyEntry], chain.PolicyCounters) : old[chain.PolicyEntry]);
        }

        toAdd.Add(default);
        return toAdd;
    }

    private static XtCounters Less(XtCounters a, XtCounters b) => new() { Packets = a.Packets - b.Packets, Bytes = a.Bytes - b.Bytes };
}

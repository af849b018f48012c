using System.Collections.Generic;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Formats.Iptables;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Explain;

/// <summary>A chain, ready to be asked about many packets: its rules are read when a packet first comes there.</summary>
/// <param name="table">Its table.</param>
/// <param name="chain">The chain.</param>
internal sealed class AskedChain(AskedTable table, Chain chain)
{
    private AskedRule[]? _rules;
    private string[]? _texts;

    public AskedTable Table => table;

    public string Name { get; } = MessageText.Of(chain.Name);

    /// <summary>Whether a hook calls it.</summary>
    public bool IsBuiltIn => chain.IsBuiltIn;

    /// <summary>The verdict at its end.</summary>
    public int Policy => chain.Policy;

    /// <summary>Its rules, in order.</summary>
    public AskedRule[] Rules => _rules ??= Read();

    /// <summary>The text of a rule.</summary>
    /// <param name="number">Its number, from 1.</param>
    public string TextOf(int number) => (_texts ??= ReadTexts())[number - 1];

    private AskedRule[] Read()
    {
        byte[] scratch = new byte[Extension.LargestPayload];
        List<AskedRule> rules = new(chain.RuleCount);
        foreach (Rule rule in table.Table.Rules(chain))
        {
            rules.Add(new AskedRule(this, rules.Count + 1, rule, scratch));
        }

        return [.. rules];
    }

    private string[] ReadTexts()
    {
        Output line = new(Output.Kept);
        RuleText text = new(table.Table, table.Extensions, line);
        List<string> texts = [];
        foreach (Rule rule in table.Table.Rules(chain))
        {
            line.Clear();
            text.Write(chain, rule, showCounters: false);
            texts.Add(Encoding.UTF8.GetString(line.Written).TrimEnd('\n'));
        }

        return [.. texts];
    }
}

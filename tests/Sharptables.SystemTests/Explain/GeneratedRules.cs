using System.Text;

namespace Sharptables.SystemTests.Explain;

/// <summary>A ruleset: for each table its chains, with policies, and its rules.</summary>
/// <param name="Tables">The tables: name, lines of chains, lines of rules.</param>
internal sealed record GeneratedRules(IReadOnlyList<(string Name, IReadOnlyList<string> Chains, IReadOnlyList<string> Rules)> Tables)
{
    /// <summary>How many rules there are.</summary>
    public int Count => Tables.Sum(static table => table.Rules.Count);

    /// <summary>All of it, with the policy ACCEPT everywhere in one table.</summary>
    public GeneratedRules WithoutPolicies(string table) => new GeneratedRules([.. Tables.Select(each => each.Name == table
        ? (each.Name, [.. each.Chains.Select(static chain => chain.Replace("DROP", "ACCEPT", StringComparison.Ordinal))], each.Rules)
        : each)]).Without(-1);

    /// <summary>All of it but one rule, and what no rule names any more.</summary>
    public GeneratedRules Without(int rule)
    {
        List<(string, IReadOnlyList<string>, IReadOnlyList<string>)> tables = [];
        foreach ((string name, IReadOnlyList<string> chains, IReadOnlyList<string> rules) in Tables)
        {
            List<string> left = [.. rules];
            if (rule >= 0 && rule < rules.Count)
            {
                left.RemoveAt(rule);
            }

            rule -= rules.Count;
            if (left.Count > 0 || chains.Any(static chain => chain.Contains("DROP", StringComparison.Ordinal)))
            {
                tables.Add((name, [.. chains.Where(chain => chain.Contains("DROP", StringComparison.Ordinal) || IsNamed(chain, left))], left));
            }
        }

        return new(tables);
    }

    /// <summary>As iptables-save has it.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach ((string name, IReadOnlyList<string> chains, IReadOnlyList<string> rules) in Tables)
        {
            _ = text.Append('*').Append(name).Append('\n').AppendJoin("", chains.Concat(rules).Select(static line => line + "\n")).Append("COMMIT\n");
        }

        return text.ToString();
    }

    private static bool IsNamed(string chain, List<string> rules)
    {
        string name = $" {chain[1..chain.IndexOf(' ', StringComparison.Ordinal)]} ";
        return rules.Exists(rule => $"{rule} ".Contains(name, StringComparison.Ordinal));
    }
}

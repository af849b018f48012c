using System;

namespace Sharptables.Model;

/// <summary>How many rules of a table jump to each of its chains.</summary>
internal sealed class ReferenceCounts(Table table)
{
    private int[] _counts = new int[table.ChainsByNumber.Length];

    public int this[Chain chain] => chain.Id < _counts.Length ? _counts[chain.Id] : 0;

    /// <summary>Counts rules that come or go.</summary>
    /// <param name="rules">The rules, side by side.</param>
    /// <param name="change">What each counts: 1 or -1.</param>
    public void Count(Span<byte> rules, int change)
    {
        while (!rules.IsEmpty)
        {
            Rule rule = new(rules, table.Layout);
            ExtensionRecord target = rule.Target;
            if (target.IsStandardTarget && table.JumpTarget(target.Verdict) is { } chain)
            {
                if (chain.Id >= _counts.Length)
                {
                    Array.Resize(ref _counts, table.ChainsByNumber.Length);
                }

                _counts[chain.Id] += change;
            }

            rules = rules[rule.Bytes.Length..];
        }
    }
}

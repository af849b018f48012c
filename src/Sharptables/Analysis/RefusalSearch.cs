using Sharptables.Backends;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Analysis;

/// <summary>
/// Finds the rule for which the kernel refuses a table when no declaration tells: the kernel says only that there is one. It offers half
/// as many rules again and again, in an empty network namespace; the rules in force are not touched.
/// </summary>
/// <param name="refused">The table.</param>
/// <param name="errno">The kernel's error number.</param>
/// <param name="elsewhere">The tables of that namespace.</param>
internal sealed class RefusalSearch(Table refused, int errno, ITables elsewhere)
{
    /// <summary>Finds the first rule that the kernel refuses.</summary>
    /// <returns>Its number, from 0 in the order of the chains; null when the search fails.</returns>
    public int? Find()
    {
        int taken = 0;
        int tooMany = 0;
        foreach (Chain chain in refused.Chains)
        {
            tooMany += chain.RuleCount;
        }

        if (tooMany == 0 || Offer(tooMany) != errno)
        {
            return null; // the rules alone are not the reason
        }

        while (tooMany - taken > 1)
        {
            int middle = taken + ((tooMany - taken) / 2);
            int answer = Offer(middle);
            if (answer == 0)
            {
                taken = middle;
            }
            else if (answer == errno)
            {
                tooMany = middle;
            }
            else
            {
                return null; // the namespace lacks something that exists outside, such as an IP set
            }
        }

        return taken;
    }

    /// <summary>Offers all chains, with only the first rules.</summary>
    /// <returns>0 when the kernel takes them, else its error number.</returns>
    private int Offer(int count)
    {
        using Table table = elsewhere.ReadEmpty(refused.Name);
        Fill(table, count);
        try
        {
            elsewhere.Write(table);
            return 0;
        }
        catch (TableRefusedException e)
        {
            return e.Cause.Errno;
        }
    }

    private void Fill(Table table, int count)
    {
        foreach (Chain chain in refused.Chains)
        {
            if (chain.IsBuiltIn)
            {
                table.Get(chain.Name).SetPolicy(chain.Policy, default(XtCounters));
            }
            else
            {
                _ = table.AddChain(chain.Name);
            }
        }

        foreach (Chain chain in refused.Chains)
        {
            foreach (Rule rule in refused.Rules(chain))
            {
                if (count-- == 0)
                {
                    return;
                }

                table.Append(table.Get(chain.Name), WithJump(rule, table));
            }
        }
    }

    /// <summary>The rule with its jump redirected to the chain of the same name in another table.</summary>
    private byte[] WithJump(Rule rule, Table table)
    {
        byte[] copy = rule.Bytes.ToArray();
        if (rule.Target.IsStandardTarget && refused.JumpTarget(rule.Target.Verdict) is { } chain)
        {
            ExtensionRecord target = new Rule(copy, rule.Layout).Target;
            target.Verdict = Verdict.JumpTo(table.Get(chain.Name).Id);
        }

        return copy;
    }
}

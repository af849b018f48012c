using Sharptables.Backends;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Analysis;

/// <summary>Why the kernel refused a table.</summary>
internal static class Refusal
{
    /// <summary>The kernel's own words for it.</summary>
    public static string Words(TableRefusedException refused) => refused.Cause.Errno == Errno.EMSGSIZE
        ? "A process without the rights of the machine's root may send twice as many bytes at once as the sysctl net.core.wmem_max says; raise that there."
        : $"The kernel says: {(refused.Refusals is [{ Reason: { } reason }, ..] ? reason : refused.Cause.Message)}."
            + (refused.Cause.Errno == Errno.ENOENT && refused.Refusals.Count > 0 && Queues(refused.Table)
                ? " For -j QUEUE nf_tables needs its queue, without which a kernel may be built; -j NFQUEUE does the same." : "")
            + (refused.Cause.Errno == Errno.EOPNOTSUPP && refused.Table.Layout.Family.MayLack is { } needs ? $" {needs}" : "");

    /// <summary>
    /// Finds the rule that the kernel refused: by the extensions' declarations and the kernel's list of extensions, which also give the
    /// reason; failing that, by offering the kernel fewer and fewer rules, unless it has named the rule. Null when it is not one rule's fault.
    /// </summary>
    public static Finding? Explain(TableRefusedException refused, ITables tables)
    {
        if (refused.Cause.Errno == Errno.EMSGSIZE)
        {
            return null; // they are too many together
        }

        UsageCheck check = new(refused.Table, tables.Extensions);
        if (check.FindFirst(refused.Cause.Errno == Errno.ENOENT ? tables.Has : null) is { } finding)
        {
            return finding;
        }

        using ITables? elsewhere = refused.Refusals.Count > 0 ? null : tables.TryOpenElsewhere(); // where the kernel itself names the rule, it is known
        return elsewhere is not null && new RefusalSearch(refused.Table, refused.Cause.Errno, elsewhere).Find() is { } number
            ? check.RuleAt(number, $"the kernel refuses it: {refused.Cause.Message}") : null;
    }

    private static bool Queues(Table table)
    {
        foreach (Chain chain in table.Chains)
        {
            foreach (Rule rule in table.Rules(chain))
            {
                if (rule.Target.IsStandardTarget && rule.Target.Verdict == Verdict.Queue)
                {
                    return true;
                }
            }
        }

        return false;
    }
}

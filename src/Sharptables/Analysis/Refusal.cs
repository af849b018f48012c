using Sharptables.Backends;
using Sharptables.Kernel;

namespace Sharptables.Analysis;

/// <summary>Why the kernel refused a table.</summary>
internal static class Refusal
{
    /// <summary>
    /// Finds the rule that the kernel did not take: by the extensions' declarations and the kernel's own list of them, which also
    /// say why, else by asking the kernel about fewer and fewer rules. Null when no rule is at fault.
    /// </summary>
    public static Finding? Explain(TableRefusedException refused, ITables tables)
    {
        UsageCheck check = new(refused.Table, tables.Extensions);
        if (check.FindFirst(refused.Cause.Errno == Errno.ENOENT ? tables.Has : null) is { } finding)
        {
            return finding;
        }

        using ITables? elsewhere = tables.TryOpenElsewhere();
        return elsewhere is not null && new RefusalSearch(refused.Table, refused.Cause.Errno, elsewhere).Find() is { } number
            ? check.RuleAt(number, $"the kernel refuses it: {refused.Cause.Message}") : null;
    }
}

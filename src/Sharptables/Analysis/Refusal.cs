using Sharptables.Backends.Legacy;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;

namespace Sharptables.Analysis;

/// <summary>Why the kernel refused a table.</summary>
public static class Refusal
{
    /// <summary>
    /// Finds the rule that the kernel did not take: by the extensions' declarations and the kernel's own list of them, which also
    /// say why, else by asking the kernel about fewer and fewer rules. Null when no rule is at fault.
    /// </summary>
    public static Finding? Explain(TableRefusedException refused, ExtensionSet extensions, LegacyTables tables)
    {
        UsageCheck check = new(refused.Table, extensions);
        return check.FindFirst(refused.Cause.Errno == Errno.ENOENT ? extension => tables.Has(extension) : null)
            ?? (new RefusalSearch(refused.Table, refused.Cause.Errno).Find() is { } number
                ? check.RuleAt(number, $"the kernel refuses it: {refused.Cause.Message}") : null);
    }
}

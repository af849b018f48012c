using System;
using Sharptables.Analysis;
using Sharptables.Extensions;
using Sharptables.Kernel;
using Sharptables.Rules;

namespace Sharptables.Backends.Legacy;

/// <summary>The kernel refused a table as a whole; the old one is in force.</summary>
/// <param name="cause">What the kernel said.</param>
/// <param name="table">The table as it was handed to the kernel.</param>
public sealed class TableRefusedException(KernelException cause, Table table) : Exception(cause.Message, cause)
{
    /// <summary>What the kernel said.</summary>
    public KernelException Cause => cause;

    /// <summary>
    /// Finds the rule that the kernel did not take: by the extensions' declarations and the kernel's own list of them, which also
    /// say why, else by asking the kernel about fewer and fewer rules.
    /// </summary>
    public Finding? Explain(ExtensionSet extensions, LegacyTables tables)
    {
        UsageCheck check = new(table, extensions);
        return check.FindFirst(cause.Errno == Errno.ENOENT ? extension => tables.Has(extension) : null)
            ?? (new RefusalSearch(table, cause.Errno).Find() is { } number ? check.RuleAt(number, $"the kernel refuses it: {cause.Message}") : null);
    }

    internal void DisposeTable() => table.Dispose();
}

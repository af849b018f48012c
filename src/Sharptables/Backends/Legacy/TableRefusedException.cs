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

    /// <summary>Finds the rule that the kernel did not take, as far as the extensions' declarations and the kernel's own list of them tell.</summary>
    public Finding? Explain(ExtensionSet extensions, LegacyTables tables) => new UsageCheck(table, extensions).FindFirst(
        cause.Errno == Errno.ENOENT ? extension => tables.Has(extension) : null);
}

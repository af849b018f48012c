using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends;

/// <summary>The kernel refused a table as a whole; the old one stays in force.</summary>
/// <param name="cause">The kernel's error.</param>
/// <param name="table">The table as it was sent; valid until another is refused, or the <see cref="ITables"/> is disposed of.</param>
/// <param name="refusals">What nf_tables refused of it; ip_tables does not tell.</param>
internal sealed class TableRefusedException(KernelException cause, Table table, params IReadOnlyList<NftRefusal> refusals) : Exception(cause.Message, cause)
{
    public KernelException Cause => cause;

    internal Table Table => table;

    public IReadOnlyList<NftRefusal> Refusals => refusals;
}

using System;
using System.Collections.Generic;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends;

/// <summary>The kernel refused a table as a whole; the old one stays in force.</summary>
/// <param name="cause">The kernel's error.</param>
/// <param name="table">The table as it was sent; valid until another is refused, or the <see cref="ITables"/> is disposed of.</param>
/// <param name="changes">The changes that it refused, if the interface tells; the cause is that of the first.</param>
internal sealed class TableRefusedException(KernelException cause, Table table, IReadOnlyList<RefusedChange>? changes = null) : Exception(cause.Message, cause)
{
    public KernelException Cause => cause;

    /// <summary>The changes that were refused; empty where the interface only says that the table was.</summary>
    public IReadOnlyList<RefusedChange> Changes => changes ?? [];

    internal Table Table => table;
}

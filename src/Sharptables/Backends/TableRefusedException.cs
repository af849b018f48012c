using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends;

/// <summary>The kernel refused a table as a whole; the old one stays in force.</summary>
/// <param name="cause">The kernel's error.</param>
/// <param name="table">The table as it was sent; valid until another is refused, or the <see cref="ITables"/> is disposed of.</param>
internal sealed class TableRefusedException(KernelException cause, Table table) : Exception(cause.Message, cause)
{
    public KernelException Cause => cause;

    internal Table Table => table;
}

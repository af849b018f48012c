using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends;

/// <summary>The kernel refused a table as a whole; the old one is in force.</summary>
/// <param name="cause">What the kernel said.</param>
/// <param name="table">The table as it was handed to the kernel; it lasts until another is refused, or the <see cref="ITables"/> goes.</param>
internal sealed class TableRefusedException(KernelException cause, Table table) : Exception(cause.Message, cause)
{
    /// <summary>What the kernel said.</summary>
    public KernelException Cause => cause;

    /// <summary>The table as it was handed to the kernel.</summary>
    internal Table Table => table;
}

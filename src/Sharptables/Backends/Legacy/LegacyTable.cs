using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Legacy;

/// <summary>A table, and what the kernel said of it when it was read.</summary>
/// <param name="info">Hooks, number and size of the entries in force.</param>
/// <param name="table">The table to edit.</param>
public sealed class LegacyTable(IptGetinfo info, Table table)
{
    /// <summary>Hooks, number and size of the entries in force.</summary>
    public IptGetinfo Info { get; internal set; } = info;

    /// <summary>The table to edit.</summary>
    public Table Table => table;
}

using System;

namespace Sharptables.Model;

/// <summary>A table of the kernel and its built-in chains (iptables(8), TABLES).</summary>
/// <param name="Name">The name.</param>
/// <param name="Summary">Its purpose, in one sentence.</param>
/// <param name="Chains">The names of its built-in chains.</param>
internal sealed record BuiltInTable(string Name, string Summary, string[] Chains)
{
    /// <summary>All tables; a new list each time.</summary>
    public static BuiltInTable[] All() =>
    [
        new("filter", "Accepts or drops packets.", ["INPUT", "FORWARD", "OUTPUT"]),
        new("nat", "Changes addresses and ports of new connections.", ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"]),
        new("mangle", "Changes packets in other ways.", ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]),
        new("raw", "Comes before connection tracking.", ["PREROUTING", "OUTPUT"]),
        new("security", "Sets marks for mandatory access control.", ["INPUT", "FORWARD", "OUTPUT"]),
    ];

    /// <summary>The table of that name, or null.</summary>
    public static BuiltInTable? Named(string name) => Array.Find(All(), table => table.Name == name);
}

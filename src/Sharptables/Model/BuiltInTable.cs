using System;

namespace Sharptables.Model;

/// <summary>A table that kernels have, and the chains that it begins with (iptables(8), TABLES).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Summary">What it is for, in one sentence.</param>
/// <param name="Chains">Its built-in chains.</param>
internal sealed record BuiltInTable(string Name, string Summary, string[] Chains)
{
    /// <summary>The tables, made anew.</summary>
    public static BuiltInTable[] All() =>
    [
        new("filter", "Lets packets pass, or does not.", ["INPUT", "FORWARD", "OUTPUT"]),
        new("nat", "Changes addresses and ports of new connections.", ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"]),
        new("mangle", "Changes other things about packets.", ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]),
        new("raw", "Comes before connection tracking.", ["PREROUTING", "OUTPUT"]),
        new("security", "Sets marks for mandatory access control.", ["INPUT", "FORWARD", "OUTPUT"]),
    ];

    /// <summary>Finds a table by its name, or gives null.</summary>
    public static BuiltInTable? Named(string name) => Array.Find(All(), table => table.Name == name);
}

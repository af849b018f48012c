using System;

namespace Sharptables.Model;

/// <summary>A table of the kernel and its built-in chains (iptables(8), TABLES).</summary>
/// <param name="name">The name.</param>
/// <param name="families">The families that have it.</param>
/// <param name="summary">Its purpose, in one sentence.</param>
/// <param name="chains">The names of its built-in chains.</param>
internal sealed class BuiltInTable(string name, Families families, string summary, string[] chains)
{
    public string Name => name;

    public Families Families => families;

    public string Summary => summary;

    public string[] Chains => chains;

    /// <summary>All tables of a family; a new list each time.</summary>
    public static BuiltInTable[] Of(Family family) => Array.FindAll<BuiltInTable>(
    [
        new("filter", Families.Both, "Accepts or drops packets.", ["INPUT", "FORWARD", "OUTPUT"]),
        new("nat", Families.Both, "Changes addresses and ports of new connections.", ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"]),
        new("mangle", Families.Both, "Changes packets in other ways.", ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]),
        new("raw", Families.Both, "Comes before connection tracking.", ["PREROUTING", "OUTPUT"]),
        new("security", Families.Both, "Sets marks for mandatory access control.", ["INPUT", "FORWARD", "OUTPUT"]),
        new("filter", Families.Arp, "Accepts or drops ARP.", ["INPUT", "OUTPUT"]),
        new("filter", Families.Bridge, "Accepts or drops frames.", ["INPUT", "FORWARD", "OUTPUT"]),
        new("nat", Families.Bridge, "Changes Ethernet addresses.", ["PREROUTING", "OUTPUT", "POSTROUTING"]),
        new("broute", Families.Bridge, "Decides which frames are bridged and which are routed.", ["BROUTING"]),
    ], table => (table.Families & family.Bit) != 0);

    /// <summary>The family's table of that name, or null.</summary>
    public static BuiltInTable? Named(string name, Family family) => Array.Find(Of(family), table => table.Name == name);
}

using System;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// A protocol family with tables of its own. What several places ask of it is here; only what one extension alone has differently for one
/// family stands there, as a comparison.
/// </summary>
internal sealed class Family
{
    /// <summary><c>iptables</c>, the kernel's <c>ip_tables</c>.</summary>
    public static readonly Family IPv4 = new()
    {
        Name = "IPv4",
        Program = "iptables",
        Letter = '4',
        Bit = Families.IPv4,
        Sockets = AddressFamily.IPv4,
        AddressSize = 4,
        HeaderSize = 20,
        KernelTables = "ip_tables",
        TableModulePrefix = "iptable_",
        ExtensionModulePrefix = "ipt_",
        KernelOptions = "IP_NF_",
        Entry = EntryOffsets.OfIptEntry(),
        GotoFlag = RuleFlags.GotoIPv4,
    };

    /// <summary><c>ip6tables</c>, the kernel's <c>ip6_tables</c>.</summary>
    public static readonly Family IPv6 = new()
    {
        Name = "IPv6",
        Program = "ip6tables",
        Letter = '6',
        Bit = Families.IPv6,
        Sockets = AddressFamily.IPv6,
        AddressSize = 16,
        HeaderSize = 40,
        KernelTables = "ip6_tables",
        TableModulePrefix = "ip6table_",
        ExtensionModulePrefix = "ip6t_",
        KernelOptions = "IP6_NF_",
        Entry = EntryOffsets.OfIp6tEntry(),
        GotoFlag = RuleFlags.GotoIPv6,
    };

    private Family()
    {
    }

    /// <summary>All families; a new list each time.</summary>
    public static Family[] All() => [IPv4, IPv6];

    /// <summary>The family of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Family Named(string name) =>
        Array.Find(All(), family => family.Name == name) ?? throw new ArgumentException($"no family is named {name}", nameof(name));

    /// <summary>The name for people: IPv4, IPv6.</summary>
    public required string Name { get; init; }

    /// <summary>The program that edits its tables: iptables, ip6tables.</summary>
    public required string Program { get; init; }

    /// <summary>The option that makes a rule one of this family's: <c>-4</c>, <c>-6</c>.</summary>
    public required char Letter { get; init; }

    /// <summary>The family as a set of one.</summary>
    public required Families Bit { get; init; }

    /// <summary>The address family of its sockets.</summary>
    public required AddressFamily Sockets { get; init; }

    /// <summary>The size of an address, in bytes: 4 or 16.</summary>
    public required int AddressSize { get; init; }

    /// <summary>The size of the shortest header, in bytes: 20 or 40.</summary>
    public required int HeaderSize { get; init; }

    /// <summary>
    /// The kernel's name for its part of x_tables: the name of the module, and the start of the names of its files in <c>/proc/net</c>.
    /// </summary>
    public required string KernelTables { get; init; }

    /// <summary>What the names of its tables' modules begin with.</summary>
    public required string TableModulePrefix { get; init; }

    /// <summary>What the names begin with by which the kernel requests the modules of matches and targets.</summary>
    public required string ExtensionModulePrefix { get; init; }

    /// <summary>What the names of its kernel configuration options begin with, without <c>CONFIG_</c>.</summary>
    public required string KernelOptions { get; init; }

    public required EntryOffsets Entry { get; init; }

    /// <summary>The flag in a rule's head that makes a jump a goto.</summary>
    public required RuleFlags GotoFlag { get; init; }

    /// <summary>The family that people mistake for this one.</summary>
    public Family Other => this == IPv4 ? IPv6 : IPv4;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

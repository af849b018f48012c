using System;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// A family of packets that has tables of its own. What differs from one family to the next stands here, once; other code asks its
/// family and does not compare families.
/// </summary>
internal sealed class Family
{
    /// <summary>IPv4: <c>iptables</c>, the kernel's <c>ip_tables</c>.</summary>
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

    /// <summary>IPv6: <c>ip6tables</c>, the kernel's <c>ip6_tables</c>.</summary>
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

    /// <summary>All families, made anew.</summary>
    public static Family[] All() => [IPv4, IPv6];

    /// <summary>Finds a family by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Family Named(string name) =>
        Array.Find(All(), family => family.Name == name) ?? throw new ArgumentException($"no family is named {name}", nameof(name));

    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The program that edits its tables.</summary>
    public required string Program { get; init; }

    /// <summary>The letter of the option that says that a rule is of this family: <c>-4</c>, <c>-6</c>.</summary>
    public required char Letter { get; init; }

    /// <summary>What stands for it in a set of families.</summary>
    public required Families Bit { get; init; }

    /// <summary>The address family of its sockets.</summary>
    public required AddressFamily Sockets { get; init; }

    /// <summary>Bytes of an address: 4 or 16.</summary>
    public required int AddressSize { get; init; }

    /// <summary>Bytes of the shortest header of a packet: 20 or 40.</summary>
    public required int HeaderSize { get; init; }

    /// <summary>
    /// What the kernel calls its part of x_tables: the name of the module, and what the names of its files in <c>/proc/net</c> begin with.
    /// </summary>
    public required string KernelTables { get; init; }

    /// <summary>What the name of the module of a table begins with.</summary>
    public required string TableModulePrefix { get; init; }

    /// <summary>What the name begins with by which the kernel asks for the module of a match or target.</summary>
    public required string ExtensionModulePrefix { get; init; }

    /// <summary>What the kernel's options for its part of x_tables begin with, without <c>CONFIG_</c>.</summary>
    public required string KernelOptions { get; init; }

    /// <summary>Where the parts of the head of a rule stand.</summary>
    public required EntryOffsets Entry { get; init; }

    /// <summary>The flag in the head that makes a jump a goto.</summary>
    public required RuleFlags GotoFlag { get; init; }

    /// <summary>The family that people take for this one.</summary>
    public Family Other => this == IPv4 ? IPv6 : IPv4;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

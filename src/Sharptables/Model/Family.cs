using System;
using Sharptables.Kernel;

namespace Sharptables.Model;

/// <summary>
/// A protocol family with tables of its own. Nothing compares families: what differs between them is a property here, and an extension with
/// another struct or other words in each is declared for each (<c>ExtensionList</c>).
/// </summary>
internal sealed class Family
{
    private static readonly string[] s_inetHooks = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"];

    /// <summary><c>iptables</c>, the kernel's <c>ip_tables</c>.</summary>
    public static readonly Family IPv4 = new()
    {
        Name = "IPv4",
        Program = "iptables",
        Letter = '4',
        ForwardingSetting = "net.ipv4.ip_forward",
        TwinName = "IPv6",
        Bit = Families.IPv4,
        Sockets = AddressFamily.IPv4,
        Number = 2,
        NftName = "ip",
        AddressSize = 4,
        HeaderSize = 20,
        HookNames = s_inetHooks,
        XTables = new(XTablesInterface.OfIPv4(), "iptable_"),
        KernelTables = "ip_tables",
        ExtensionModulePrefix = "ipt_",
        KernelOptions = "IP_NF_",
        Layout = RuleLayout.OfIptEntry(),
    };

    /// <summary><c>ip6tables</c>, the kernel's <c>ip6_tables</c>.</summary>
    public static readonly Family IPv6 = new()
    {
        Name = "IPv6",
        Program = "ip6tables",
        Letter = '6',
        ForwardingSetting = "net.ipv6.conf.all.forwarding",
        TwinName = "IPv4",
        Bit = Families.IPv6,
        Sockets = AddressFamily.IPv6,
        Number = 10,
        NftName = "ip6",
        AddressSize = 16,
        HasColonsInAddresses = true,
        HeaderSize = 40,
        HookNames = s_inetHooks,
        XTables = new(XTablesInterface.OfIPv6(), "ip6table_"),
        KernelTables = "ip6_tables",
        AddressesFile = "/proc/net/if_inet6",
        ExtensionModulePrefix = "ip6t_",
        KernelOptions = "IP6_NF_",
        Layout = RuleLayout.OfIp6tEntry(),
    };

    /// <summary><c>arptables</c>: ARP for IPv4 over Ethernet. Like <see cref="Bridge"/> it is made when asked for, and only nf_tables has it.</summary>
    public static Family Arp => field ??= new()
    {
        Name = "ARP",
        Program = "arptables",
        Letter = '0', // xtables-monitor shows it
        Bit = Families.Arp,
        Sockets = AddressFamily.IPv4,
        Number = 3,
        NftName = "arp",
        AddressSize = 4,
        HeaderSize = 28,
        HookNames = ["INPUT", "OUTPUT", "FORWARD"],
        KernelTables = "arp_tables",
        ExtensionModulePrefix = "arpt_",
        KernelOptions = "IP_NF_ARP_",
        Layout = RuleLayout.Around(conditionsSize: 164), // struct arpt_arp, linux/netfilter_arp/arp_tables.h
    };

    /// <summary><c>ebtables</c>: frames of a bridge.</summary>
    public static Family Bridge => field ??= new()
    {
        Name = "bridge",
        Program = "ebtables",
        Bit = Families.Bridge,
        Sockets = AddressFamily.Bridge,
        Number = 7,
        NftName = "bridge",
        AddressSize = 6,
        HasColonsInAddresses = true,
        HeaderSize = 14,
        HookNames = [.. s_inetHooks, "BROUTING"],
        MaxChainName = 31, // EBT_CHAIN_MAXNAMELEN - 1
        HasUserPolicies = true,
        HasWatchers = true,
        HasEtherTypes = true,
        InvertsBehindOption = true,
        MayLack = "A kernel may be built without what tells nf_tables the bridge of a frame (NFT_BRIDGE_META); --logical-in, --logical-out and DROP in table broute need it.",
        ExtensionModulePrefix = "ebt_",
        KernelOptions = "BRIDGE_EBT_",
        Layout = RuleLayout.Around(conditionsSize: 112, protocol: 8, inversions: 4, protocolInversion: 1), // struct ebt_entry, linux/netfilter_bridge/ebtables.h
    };

    /// <summary>All families; a new list each time.</summary>
    public static Family[] All() => [.. OfXTables(), Arp, Bridge];

    /// <summary>Those with tables of x_tables; a new list each time.</summary>
    public static Family[] OfXTables() => [IPv4, IPv6];

    /// <summary>The family of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Family Named(string name) =>
        Array.Find(All(), family => family.Name == name) ?? throw new ArgumentException($"no family is named {name}", nameof(name));

    /// <summary>The only family of a set.</summary>
    public static Family Only(Families set) => set switch { Families.IPv6 => IPv6, Families.Arp => Arp, Families.Bridge => Bridge, _ => IPv4 };

    /// <summary>The family of that <see cref="Number"/>, or null.</summary>
    public static Family? Numbered(byte number) => Array.Find(All(), family => family.Number == number);

    /// <summary>The name for people: IPv4, IPv6, ARP, bridge.</summary>
    public required string Name { get; init; }

    /// <summary>The program that edits its tables.</summary>
    public required string Program { get; init; }

    /// <summary>The option that makes a rule one of this family's, if it has one: <c>-4</c>, <c>-6</c>.</summary>
    public char? Letter { get; init; }

    /// <summary>The setting of the kernel (sysctl) that lets packets be forwarded; null if none does.</summary>
    public string? ForwardingSetting { get; init; }

    /// <summary>The family whose rules often go with this one's, since hosts have both; null for none.</summary>
    public Family? Twin => TwinName is { } name ? Named(name) : null;

    /// <summary>The family as a set of one.</summary>
    public required Families Bit { get; init; }

    /// <summary>The address family of its sockets.</summary>
    public required AddressFamily Sockets { get; init; }

    /// <summary>Its number in netfilter (<c>NFPROTO_*</c>, linux/netfilter.h).</summary>
    public required byte Number { get; init; }

    /// <summary>Its name in nf_tables.</summary>
    public required string NftName { get; init; }

    /// <summary>The size of an address in the head of its rules, in bytes.</summary>
    public required int AddressSize { get; init; }

    /// <summary>Whether addresses have colons, so that brackets stand around one that a port follows.</summary>
    public bool HasColonsInAddresses { get; init; }

    /// <summary>The size of the shortest header, in bytes.</summary>
    public required int HeaderSize { get; init; }

    /// <summary>The names of its hooks by their numbers in the kernel, which are also those of the built-in chains.</summary>
    public required string[] HookNames { get; init; }

    /// <summary>The longest name of a chain, in bytes.</summary>
    public int MaxChainName { get; init; } = RuleLayout.MaxChainName;

    /// <summary>Whether a chain of a user has a policy, too, which takes what reaches its end.</summary>
    public bool HasUserPolicies { get; init; }

    /// <summary>Whether a rule may note what it matches before its target does something with it.</summary>
    public bool HasWatchers { get; init; }

    /// <summary>Whether <c>-p</c> names an EtherType: a rule has it in network order.</summary>
    public bool HasEtherTypes { get; init; }

    /// <summary>What some of its rules need that a kernel may be built without, for a message; null if there is nothing.</summary>
    public string? MayLack { get; init; }

    /// <summary>Whether <c>!</c> is written behind the name of the option that it inverts, not before it.</summary>
    public bool InvertsBehindOption { get; init; }

    /// <summary>
    /// The kernel's name for its part of x_tables: the name of the module, and the start of the names of its files in <c>/proc/net</c>; null if it
    /// has no such files.
    /// </summary>
    public string? KernelTables { get; init; }

    /// <summary>Its part of x_tables; null if programs use only nf_tables for this family.</summary>
    public XTables? XTables { get; init; }

    /// <summary>The kernel's list of the interfaces' addresses, which is not there without the family; null if no kernel is without it.</summary>
    public string? AddressesFile { get; init; }

    /// <summary>What the names begin with by which the kernel requests the modules of matches and targets.</summary>
    public required string ExtensionModulePrefix { get; init; }

    /// <summary>What the names of its kernel configuration options begin with, without <c>CONFIG_</c>.</summary>
    public required string KernelOptions { get; init; }

    /// <summary>How x_tables lays out a rule.</summary>
    public required RuleLayout Layout
    {
        get;
        init
        {
            field = value;
            value.Family = this;
        }
    }

    public string? TwinName { private get; init; }

    /// <summary>The names of a set of hooks, in numerical order, separated by commas.</summary>
    public string NamesOf(Hooks hooks) =>
        string.Join(", ", Array.FindAll(HookNames, name => (hooks & HookNamed(name)) != 0));

    /// <summary>The hook of that name, as a set of one; none if there is no such hook.</summary>
    public Hooks HookNamed(string name) => Array.IndexOf(HookNames, name) is >= 0 and int hook ? (Hooks)(1 << hook) : Hooks.None;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

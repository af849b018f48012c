using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The head of a rule of ip6_tables: what it asks for itself, where its parts are, and its counters.</summary>
[KernelStruct("struct ip6t_entry", "linux/netfilter_ipv6/ip6_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct Ip6tEntry
{
    /// <summary>What it asks of the head of a packet.</summary>
    [KernelField("ipv6")]
    public Ip6tIp6 Ip;

    /// <summary>Not used any more.</summary>
    [KernelField("nfcache")]
    public uint NfCache;

    /// <summary>Where the target begins, from the rule's first byte.</summary>
    public ushort TargetOffset;

    /// <summary>Where the next rule begins.</summary>
    public ushort NextOffset;

    /// <summary>Scratch.</summary>
    [KernelField("comefrom")]
    public uint ComeFrom;

    /// <summary>The counters.</summary>
    public XtCounters Counters;
}

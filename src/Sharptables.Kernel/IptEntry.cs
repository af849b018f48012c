using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The head of a rule of ip_tables: what it asks for itself, where its parts are, and its counters.</summary>
[KernelStruct("struct ipt_entry", "linux/netfilter_ipv4/ip_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct IptEntry
{
    /// <summary>What it asks of the head of a packet.</summary>
    public IptIp Ip;

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

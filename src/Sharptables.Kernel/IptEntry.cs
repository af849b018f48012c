using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The head of an ip_tables rule: its own conditions, the offsets of its parts, its counters.</summary>
[KernelStruct("struct ipt_entry", "linux/netfilter_ipv4/ip_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct IptEntry
{
    public IptIp Ip;

    /// <summary>Unused by today's kernels.</summary>
    [KernelField("nfcache")]
    public uint NfCache;

    /// <summary>The offset of the target from the start of the rule.</summary>
    public ushort TargetOffset;

    /// <summary>The size of the rule: the next one starts there.</summary>
    public ushort NextOffset;

    /// <summary>The kernel's scratch; ignored in what it is given.</summary>
    [KernelField("comefrom")]
    public uint ComeFrom;

    public XtCounters Counters;
}

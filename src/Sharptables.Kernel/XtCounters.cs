using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The packet and byte counters of a rule.</summary>
[KernelStruct("struct xt_counters", "linux/netfilter/x_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal record struct XtCounters
{
    [KernelField("pcnt")]
    public ulong Packets;

    [KernelField("bcnt")]
    public ulong Bytes;

    public readonly bool IsZero => (Packets | Bytes) == 0;
}

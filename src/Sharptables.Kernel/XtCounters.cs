using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The packet and byte counters of a rule.</summary>
[KernelStruct("struct xt_counters", "linux/netfilter/x_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal record struct XtCounters
{
    public ulong Pcnt;

    public ulong Bcnt;

    public readonly bool IsZero => (Pcnt | Bcnt) == 0;
}

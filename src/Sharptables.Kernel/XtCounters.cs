using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>How many packets met a rule, and how many bytes they had.</summary>
[KernelStruct("struct xt_counters", "linux/netfilter/x_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal record struct XtCounters
{
    /// <summary>Packets (the kernel's <c>pcnt</c>).</summary>
    public ulong Pcnt;

    /// <summary>Bytes (the kernel's <c>bcnt</c>).</summary>
    public ulong Bcnt;

    /// <summary>Whether nothing has been counted.</summary>
    public readonly bool IsZero => (Pcnt | Bcnt) == 0;
}

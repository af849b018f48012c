using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The head of a request to replace a table; the entries follow directly. The same for both families.</summary>
[KernelStruct("struct ipt_replace", "linux/netfilter_ipv4/ip_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct IptReplace
{
    public TableInfo.TableName Name;
    public uint ValidHooks;
    public uint NumEntries;
    public uint Size;
    public HookOffsets HookEntry;
    public HookOffsets Underflow;
    public uint NumCounters;
    public nint Counters;
}

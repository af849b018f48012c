using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What the kernel reports of a table: its hooks and its size. The same for both families.</summary>
[KernelStruct("struct ipt_getinfo", "linux/netfilter_ipv4/ip_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct TableInfo
{
    public TableName Name;

    /// <summary>One bit for each hook that the table has.</summary>
    public uint ValidHooks;

    /// <summary>The offset of the first rule of each hook.</summary>
    public HookOffsets HookEntry;

    /// <summary>The offset of the policy of each hook.</summary>
    public HookOffsets Underflow;

    /// <summary>The number of entries, including the heads and tails of chains.</summary>
    public uint NumEntries;

    /// <summary>The size of all entries, in bytes.</summary>
    public uint Size;

    /// <summary><c>char[XT_TABLE_MAXNAMELEN]</c></summary>
    [InlineArray(32)]
    public struct TableName
    {
        private byte _byte;
    }
}

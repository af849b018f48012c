using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What the kernel says of a table: its hooks and how large it is. The same for both families.</summary>
[KernelStruct("struct ipt_getinfo", "linux/netfilter_ipv4/ip_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct IptGetinfo
{
    /// <summary>The table's name, ended by a zero byte.</summary>
    public TableName Name;

    /// <summary>One bit for each hook that the table has.</summary>
    public uint ValidHooks;

    /// <summary>Where each hook's rules begin, in bytes.</summary>
    public HookOffsets HookEntry;

    /// <summary>Where each hook's policy stands, in bytes.</summary>
    public HookOffsets Underflow;

    /// <summary>How many entries the table has, chain heads and tails included.</summary>
    public uint NumEntries;

    /// <summary>How many bytes the entries take.</summary>
    public uint Size;

    /// <summary><c>XT_TABLE_MAXNAMELEN</c> bytes.</summary>
    [InlineArray(32)]
    public struct TableName
    {
        private byte _byte;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What stands before the payload of a match or target.</summary>
[KernelStruct("struct xt_entry_match", "linux/netfilter/x_tables.h")]
[KernelStruct("struct xt_entry_target", "linux/netfilter/x_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct XtEntryHead
{
    /// <summary>Bytes of head and payload.</summary>
    public ushort Size;

    /// <summary>What the kernel knows it by, with a zero byte at its end.</summary>
    public ExtensionName Name;

    /// <summary>Which layout the payload has.</summary>
    public byte Revision;

    /// <summary><c>char[XT_EXTENSION_MAXNAMELEN]</c></summary>
    [InlineArray(Length)]
    public struct ExtensionName
    {
        /// <summary><c>XT_EXTENSION_MAXNAMELEN</c></summary>
        public const int Length = 29;

        private byte _first;
    }
}

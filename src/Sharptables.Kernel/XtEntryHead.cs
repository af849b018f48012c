using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What precedes the payload of a match or target.</summary>
[KernelStruct("struct xt_entry_match", "linux/netfilter/x_tables.h")]
[KernelStruct("struct xt_entry_target", "linux/netfilter/x_tables.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct XtEntryHead
{
    /// <summary>The size of head and payload, in bytes.</summary>
    public ushort Size;

    /// <summary>The kernel's name for it, NUL-terminated.</summary>
    public ExtensionName Name;

    /// <summary>The layout of the payload.</summary>
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

using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Targets;

/// <summary>The kernel's struct for <c>-j CONNMARK</c>.</summary>
[KernelStruct("struct xt_connmark_tginfo2", "linux/netfilter/xt_connmark.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ConnMarkTargetInfo
{
    /// <summary>How the connection's mark is changed, or the mask for copying it.</summary>
    [KernelField("ctmark")]
    public MarkMask Change;

    /// <summary>The mask for copying the packet's mark.</summary>
    [KernelField("nfmask")]
    public uint PacketMask;

    /// <summary>0: left, 1: right.</summary>
    [KernelField("shift_dir")]
    public byte ShiftDirection;

    /// <summary>How many bits.</summary>
    public byte ShiftBits;

    /// <summary><c>XT_CONNMARK_*</c>.</summary>
    public byte Mode;
}

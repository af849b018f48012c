using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>An IP set, and the addresses or ports of a packet to look up in it.</summary>
[KernelStruct("struct xt_set_info", "linux/netfilter/xt_set.h")]
[StructLayout(LayoutKind.Sequential)]
public struct SetReference
{
    /// <summary>The most addresses or ports of a lookup (IPSET_DIM_MAX).</summary>
    public const int MaxDimensions = 6;

    /// <summary>The kernel's number of the set; 65535 for none.</summary>
    public ushort Index;

    /// <summary>The number of addresses or ports to look up; 0: the option was not given.</summary>
    [KernelField("dim")]
    public byte Dimensions;

    /// <summary>Bit 0: the result is inverted. Bits 1 to 6: that element is the packet's source, not its destination.</summary>
    public byte Flags;

    /// <summary>No set.</summary>
    public static SetReference None => new() { Index = IpSetSocket.NoSet };

    /// <summary>Whether a set is meant.</summary>
    public readonly bool IsGiven => Index != IpSetSocket.NoSet;
}

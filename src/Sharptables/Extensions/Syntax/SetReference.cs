using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Syntax;

/// <summary>Which IP set is meant, and which addresses or ports of a packet are looked up in it.</summary>
[KernelStruct("struct xt_set_info", "linux/netfilter/xt_set.h")]
[StructLayout(LayoutKind.Sequential)]
public struct SetReference
{
    /// <summary>The most addresses or ports a lookup may have (IPSET_DIM_MAX).</summary>
    public const int MaxDimensions = 6;

    /// <summary>The set's number, which the kernel gives it; <see cref="IpSetSocket.NoSet"/> for none.</summary>
    public ushort Index;

    /// <summary>How many addresses or ports are looked up; 0: the reference was not given.</summary>
    [KernelField("dim")]
    public byte Dimensions;

    /// <summary>Bit 0: the answer is inverted. Bits 1 to 6: in that place stands the packet's source, not its destination.</summary>
    public byte Flags;

    /// <summary>No set.</summary>
    public static SetReference None => new() { Index = IpSetSocket.NoSet };

    /// <summary>Whether a set is meant.</summary>
    public readonly bool IsGiven => Index != IpSetSocket.NoSet;
}

using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>The kernel's struct for <c>-m srh</c>.</summary>
[KernelStruct("struct ip6t_srh1", "linux/netfilter_ipv6/ip6t_srh.h")]
[StructLayout(LayoutKind.Explicit, Size = 108)]
public struct SrhInfo
{
    /// <summary>The fields of both revisions.</summary>
    [FieldOffset(0)]
    public Common Head;

    /// <summary>The segments.</summary>
    [FieldOffset(8)]
    [KernelField("psid_addr")]
    public SegmentList Segments;

    /// <summary>The masks of the segments.</summary>
    [FieldOffset(56)]
    [KernelField("psid_msk")]
    public SegmentList Masks;

    /// <summary>What is compared: a bit for each option, in their order.</summary>
    [FieldOffset(104)]
    [KernelField("mt_flags")]
    public ushort Flags;

    /// <summary>What is inverted, by the same bits.</summary>
    [FieldOffset(106)]
    [KernelField("mt_invflags")]
    public ushort Inversions;

    /// <summary>What both revisions begin with.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Common
    {
        /// <summary>The protocol that follows.</summary>
        public byte NextHeader;

        /// <summary>Length of the header.</summary>
        public byte HeaderLength;

        /// <summary>The number of segments yet to be visited.</summary>
        public byte SegmentsLeft;

        /// <summary>The index of the last segment.</summary>
        public byte LastEntry;

        /// <summary>The tag as it was given; the kernel compares it with the packet's without swapping bytes.</summary>
        public ushort Tag;
    }

    /// <summary>The three segments, or their masks.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SegmentList
    {
        /// <summary>The one visited before.</summary>
        public InetAddress Previous;

        /// <summary>The one to visit next.</summary>
        public InetAddress Next;

        /// <summary>The last.</summary>
        public InetAddress Last;
    }
}

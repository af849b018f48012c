using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>The kernel's struct for <c>-m policy</c>.</summary>
[KernelStruct("struct xt_policy_info", "linux/netfilter/xt_policy.h")]
[StructLayout(LayoutKind.Sequential)]
public struct PolicyInfo
{
    /// <summary>The most elements that there may be.</summary>
    public const int MaxElements = 4;

    /// <summary>The elements.</summary>
    [KernelField("pol")]
    public PolicyElements Elements;

    /// <summary><c>XT_POLICY_MATCH_*</c>.</summary>
    public ushort Flags;

    /// <summary>The number of elements; while a rule is read, of those before the one being described.</summary>
    [KernelField("len")]
    public ushort Count;

    /// <summary>An element of a policy: one transformation.</summary>
    [KernelStruct("struct xt_policy_elem", "linux/netfilter/xt_policy.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct PolicyElement
    {
        /// <summary>Where the tunnel begins.</summary>
        [KernelField("saddr")]
        public AddressMask Source;

        /// <summary>Where the tunnel ends.</summary>
        [KernelField("daddr")]
        public AddressMask Destination;

        /// <summary>The security parameter index, in the machine's byte order, as iptables sends it.</summary>
        public uint Spi;

        /// <summary>The request's number.</summary>
        [KernelField("reqid")]
        public uint RequestId;

        /// <summary>The protocol's number.</summary>
        [KernelField("proto")]
        public byte Protocol;

        /// <summary>0 transport, 1 tunnel.</summary>
        public byte Mode;

        /// <summary>What is compared: the bits of <c>struct xt_policy_spec</c>.</summary>
        [KernelField("match")]
        public byte Asked;

        /// <summary>What of it is inverted.</summary>
        [KernelField("invert")]
        public byte Inverted;
    }

    /// <summary>The steps of a policy.</summary>
    [InlineArray(MaxElements)]
    public struct PolicyElements
    {
        private PolicyElement _first;
    }
}

using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Targets;

/// <summary>The kernel's struct for ebtables' targets <c>dnat</c> and <c>snat</c>; <c>struct ebt_arpreply_info</c> is the same.</summary>
[KernelStruct("struct ebt_nat_info", "linux/netfilter_bridge/ebt_nat.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtNatInfo
{
    /// <summary>The new address, or that which a reply tells.</summary>
    [KernelField("mac")]
    public MacAddress Address;

    /// <summary>What happens to the frame then: see <see cref="EbtVerdictSyntax"/>.</summary>
    [KernelField("target")]
    public int Verdict;
}

using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What a number in a packet is compared with.</summary>
[KernelStruct("struct nf_osf_wc", "linux/netfilter/nfnetlink_osf.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct OsFingerprintValue
{
    /// <summary>How they are compared.</summary>
    [KernelField("wc")]
    public OsFingerprintComparison Comparison;

    /// <summary>The number, or the factor.</summary>
    [KernelField("val")]
    public uint Value;
}

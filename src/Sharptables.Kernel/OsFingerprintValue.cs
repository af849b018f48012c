using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>A value that one in a packet is compared with.</summary>
[KernelStruct("struct nf_osf_wc", "linux/netfilter/nfnetlink_osf.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct OsFingerprintValue
{
    [KernelField("wc")]
    public OsFingerprintComparison Comparison;

    [KernelField("val")]
    public uint Value;
}

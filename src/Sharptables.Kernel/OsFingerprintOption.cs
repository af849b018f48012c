using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>A TCP option of a fingerprint.</summary>
[KernelStruct("struct nf_osf_opt", "linux/netfilter/nfnetlink_osf.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct OsFingerprintOption
{
    /// <summary>Its kind (https://www.iana.org/assignments/tcp-parameters).</summary>
    public ushort Kind;

    /// <summary>Its bytes, with kind and length.</summary>
    public ushort Length;

    /// <summary>What is in it.</summary>
    [KernelField("wc")]
    public OsFingerprintValue Value;
}

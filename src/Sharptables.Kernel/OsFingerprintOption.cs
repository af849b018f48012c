using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>A TCP option of a fingerprint.</summary>
[KernelStruct("struct nf_osf_opt", "linux/netfilter/nfnetlink_osf.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct OsFingerprintOption
{
    /// <summary>The kind (https://www.iana.org/assignments/tcp-parameters).</summary>
    public ushort Kind;

    /// <summary>The length in bytes, including kind and length.</summary>
    public ushort Length;

    [KernelField("wc")]
    public OsFingerprintValue Value;
}

namespace Sharptables.Kernel;

/// <summary>
/// How a value of a packet is compared with that of a fingerprint: <c>enum nf_osf_window_size_options</c>
/// (linux/netfilter/nfnetlink_osf.h).
/// </summary>
internal enum OsFingerprintComparison : uint
{
    /// <summary>Equal to the value; 0 matches any.</summary>
    Equal,

    /// <summary>The value times the MSS.</summary>
    SegmentSizes,

    /// <summary>The value times the MTU.</summary>
    TransmissionUnits,

    /// <summary>A multiple of the value.</summary>
    Multiple,
}

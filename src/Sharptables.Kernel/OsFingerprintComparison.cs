namespace Sharptables.Kernel;

/// <summary>
/// How a number in a packet is compared with that of a fingerprint: <c>enum nf_osf_window_size_options</c> of
/// linux/netfilter/nfnetlink_osf.h.
/// </summary>
internal enum OsFingerprintComparison : uint
{
    /// <summary>It is the number; any number when that is 0.</summary>
    Equal,

    /// <summary>It is so many times the maximum segment size.</summary>
    SegmentSizes,

    /// <summary>It is so many times the MTU.</summary>
    TransmissionUnits,

    /// <summary>It can be divided by the number.</summary>
    Multiple,
}

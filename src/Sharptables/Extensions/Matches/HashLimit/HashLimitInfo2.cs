using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary>Revision 2 of hashlimit: the newest without the interval.</summary>
[InlineArray(304)]
[KernelStruct("struct xt_hashlimit_mtinfo2", "linux/netfilter/xt_hashlimit.h")]
internal struct HashLimitInfo2
{
    /// <summary>What revisions 1 and 2 cannot express.</summary>
    public const string RateMatchIsNewer = "--hashlimit-rate-match needs revision 3";

    private const int IntervalOffset = 292;

    private byte _first;

    public static string? Narrow(in HashLimitInfo newest, ref HashLimitInfo2 older)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<HashLimitInfo>(in newest));
        bytes[..IntervalOffset].CopyTo(older);
        (older[IntervalOffset], older[IntervalOffset + 1]) = (newest.SourceMask, newest.DestinationMask);
        return (newest.Mode & HashLimit.RateMatch) != 0 ? RateMatchIsNewer : null;
    }

    public static void Widen(in HashLimitInfo2 older, ref HashLimitInfo newest)
    {
        older[..IntervalOffset].CopyTo(MemoryMarshal.AsBytes(new Span<HashLimitInfo>(ref newest)));
        (newest.SourceMask, newest.DestinationMask) = (older[IntervalOffset], older[IntervalOffset + 1]);
    }
}

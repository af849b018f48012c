using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>The shape of an operating system's SYN, as <c>-m osf</c> compares it.</summary>
[KernelStruct("struct nf_osf_user_finger", "linux/netfilter/nfnetlink_osf.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct OsFingerprint
{
    /// <summary>The TCP window.</summary>
    [KernelField("wss")]
    public OsFingerprintValue Window;

    /// <summary>The TTL that the system sends with.</summary>
    [KernelField("ttl")]
    public byte TimeToLive;

    /// <summary>1 when "don't fragment" is set, else 0.</summary>
    [KernelField("df")]
    public byte DontFragment;

    /// <summary>The size of the whole packet with its IP header, in bytes.</summary>
    [KernelField("ss")]
    public ushort PacketSize;

    /// <summary>Unused: the MSS stands in the option.</summary>
    [KernelField("mss")]
    public ushort MaximumSegmentSize;

    /// <summary>The number of <see cref="Options"/> in use.</summary>
    [KernelField("opt_num")]
    public ushort OptionCount;

    /// <summary>The system, as <c>--genre</c> names it; zero-padded.</summary>
    public Text Genre;

    /// <summary>Its version, for the log.</summary>
    public Text Version;

    /// <summary>Its subtype or patch level, for the log.</summary>
    public Text Subtype;

    /// <summary>The TCP options, in their order.</summary>
    [KernelField("opt")]
    public OptionList Options;

    /// <summary>At most 31 bytes and a NUL (MAXGENRELEN).</summary>
    [InlineArray(32)]
    public struct Text
    {
        private byte _first;
    }

    /// <summary>As many options as a TCP header can hold: MAX_IPOPTLEN of linux/ip.h.</summary>
    [InlineArray(Capacity)]
    public struct OptionList
    {
        /// <summary>The most options; also the most bytes that they take together.</summary>
        public const int Capacity = 40;

        private OsFingerprintOption _first;
    }
}

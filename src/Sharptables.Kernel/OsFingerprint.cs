using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What the SYN of an operating system looks like, as <c>-m osf</c> compares it.</summary>
[KernelStruct("struct nf_osf_user_finger", "linux/netfilter/nfnetlink_osf.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct OsFingerprint
{
    /// <summary>The window.</summary>
    [KernelField("wss")]
    public OsFingerprintValue Window;

    /// <summary>The TTL that the system begins with.</summary>
    [KernelField("ttl")]
    public byte TimeToLive;

    /// <summary>1 when "don't fragment" is set, else 0.</summary>
    [KernelField("df")]
    public byte DontFragment;

    /// <summary>Bytes of the whole packet, with its IP header.</summary>
    [KernelField("ss")]
    public ushort PacketSize;

    /// <summary>Of no account: the option says it.</summary>
    [KernelField("mss")]
    public ushort MaximumSegmentSize;

    /// <summary>How many of <see cref="Options"/> there are.</summary>
    [KernelField("opt_num")]
    public ushort OptionCount;

    /// <summary>The system: what <c>--genre</c> asks for. Zeros behind it.</summary>
    public Text Genre;

    /// <summary>Its version, for the log.</summary>
    public Text Version;

    /// <summary>Its subtype or patch level, for the log.</summary>
    public Text Subtype;

    /// <summary>The TCP options, in their order.</summary>
    [KernelField("opt")]
    public OptionList Options;

    /// <summary>A text of at most 31 bytes (MAXGENRELEN) and a zero.</summary>
    [InlineArray(32)]
    public struct Text
    {
        private byte _first;
    }

    /// <summary>As many as a TCP header has room for: MAX_IPOPTLEN of linux/ip.h.</summary>
    [InlineArray(Capacity)]
    public struct OptionList
    {
        /// <summary>How many there can be; also the bytes that they can take together.</summary>
        public const int Capacity = 40;

        private OsFingerprintOption _first;
    }
}

namespace Sharptables.Packets;

/// <summary>
/// What a rule does with a packet, or asks of something else than the packet, in a way that nf_tables has of its own: as statements of nft(8)
/// do. A condition on a field of the packet is a <see cref="Condition"/>.
/// </summary>
internal abstract record Statement
{
    /// <summary>Goes on only for so many packets in a time.</summary>
    /// <param name="Packets">How many.</param>
    /// <param name="Seconds">The time.</param>
    /// <param name="Burst">How many may come in a row before.</param>
    public sealed record Limit(ulong Packets, ulong Seconds, uint Burst) : Statement;

    /// <summary>Sends the packet to a logging program.</summary>
    /// <param name="Group">The netlink group that the program listens to.</param>
    /// <param name="Prefix">A text sent with it; may be empty.</param>
    /// <param name="Length">How many of its bytes are sent; null for all.</param>
    /// <param name="Threshold">How many packets are collected before they are sent.</param>
    public sealed record Log(ushort Group, byte[] Prefix, uint? Length, ushort Threshold) : Statement;

    /// <summary>Changes what the kernel keeps with the packet.</summary>
    /// <param name="Key">Which of it.</param>
    /// <param name="Value">The new value.</param>
    public sealed record Set(MetaKey Key, uint Value) : Statement;

    /// <summary>Drops the packet and tells its sender.</summary>
    /// <param name="Code">The code of the ICMP or ICMPv6 message that says the destination is unreachable; null for a reset of TCP.</param>
    public sealed record Reject(byte? Code) : Statement;

    /// <summary>Changes addresses or ports of the connection.</summary>
    /// <param name="Kind">Which.</param>
    /// <param name="First">The first address; empty for none.</param>
    /// <param name="Last">The last address.</param>
    /// <param name="Ports">The first and last port; null for none.</param>
    /// <param name="Flags"><c>NF_NAT_RANGE_*</c> (linux/netfilter/nf_nat.h): 4 random, 8 persistent, 16 wholly random.</param>
    public sealed record Nat(AddressTranslation Kind, byte[] First, byte[] Last, (ushort First, ushort Last)? Ports, uint Flags) : Statement;

    /// <summary>Gives the packet to a program that listens on a queue.</summary>
    /// <param name="First">The number of the first queue.</param>
    /// <param name="Last">That of the last.</param>
    /// <param name="Flags"><c>NFT_QUEUE_FLAG_*</c>: 1 the packet goes on if nobody listens, 2 the processor chooses the queue.</param>
    public sealed record Queue(ushort First, ushort Last, ushort Flags) : Statement;

    /// <summary>Sends a copy of the packet to another machine.</summary>
    /// <param name="Gateway">Its address.</param>
    /// <param name="Device">The device to send it through; empty for any.</param>
    public sealed record Duplicate(byte[] Gateway, byte[] Device) : Statement;

    /// <summary>Does not track the packet's connection.</summary>
    public sealed record NoTrack : Statement;

    /// <summary>Goes on only until, or from then on when, so many bytes have passed.</summary>
    /// <param name="Bytes">How many.</param>
    /// <param name="IsOver">Whether it is from then on.</param>
    public sealed record Quota(ulong Bytes, bool IsOver) : Statement;

    /// <summary>Logs the packet in the kernel's log.</summary>
    /// <param name="Prefix">The beginning of the line; may be empty.</param>
    /// <param name="Level">The log level, 0 to 7 (syslog(3)).</param>
    /// <param name="Flags"><c>NF_LOG_*</c> (linux/netfilter/nf_log.h).</param>
    public sealed record KernelLog(byte[] Prefix, uint Level, uint Flags) : Statement;

    /// <summary>Gives something a value that follows from another: the bits of the mask are kept, then those of the value are flipped.</summary>
    /// <param name="Field">What is changed, in the words of nft(8).</param>
    /// <param name="From">What the value is taken from; empty if it is the rule's own.</param>
    /// <param name="Kept">The mask.</param>
    /// <param name="Value">The value.</param>
    public sealed record Change(string Field, string From, ulong Kept, ulong Value) : Statement;

    /// <summary>Answers connection requests itself, and lets only those pass that are meant.</summary>
    /// <param name="SegmentSize">The maximum segment size that it offers.</param>
    /// <param name="WindowScale">The window scale.</param>
    /// <param name="Flags"><c>NF_SYNPROXY_OPT_*</c> (linux/netfilter/nf_synproxy.h).</param>
    public sealed record SynProxy(ushort SegmentSize, byte WindowScale, uint Flags) : Statement;

    /// <summary>Ends the rule.</summary>
    /// <param name="Verdict">How: <see cref="Model.Verdict"/>.</param>
    public sealed record End(int Verdict) : Statement;

    /// <summary>Asks whether something that nft(8) has words for is among some values.</summary>
    /// <param name="Words">The words.</param>
    /// <param name="Values">The values.</param>
    /// <param name="IsInverted">Whether it must be none of them.</param>
    public sealed record Asked(string Words, Values Values, bool IsInverted) : Statement;
}

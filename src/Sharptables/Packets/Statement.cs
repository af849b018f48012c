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
}

namespace Sharptables.SystemTests.Explain;

/// <summary>A packet, what was sent before it, and what connection tracking then makes of it.</summary>
/// <param name="Before">What is sent before the rules are there, in the words of <see cref="Testing.Packet"/>.</param>
/// <param name="Words">The packet.</param>
/// <param name="State">The state of its connection, as a bit of <c>xt_conntrack</c>.</param>
/// <param name="IsReply">Whether it goes in the direction of replies.</param>
internal sealed record SentPacket(IReadOnlyList<string> Before, string Words, ushort State, bool IsReply)
{
    /// <summary>XT_CONNTRACK_STATE_*, linux/netfilter/xt_conntrack.h.</summary>
    public const ushort Invalid = 1 << 0, Established = 1 << 1, Related = 1 << 2, New = 1 << 3;

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Before.Select(static words => $"  before: {words}\n")) + $"  packet: {Words}\n";
}

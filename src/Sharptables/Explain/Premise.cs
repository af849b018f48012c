using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>What was not known of a packet and is taken for granted in one of the cases.</summary>
/// <param name="Text">The question in iptables' words, not inverted: <c>--ctstate NEW</c>.</param>
/// <param name="Holds">Whether it is so.</param>
/// <param name="Condition">The condition on a field, if it is one.</param>
/// <param name="DependsOn">What the answer depends on beside the packet, or null.</param>
/// <param name="Rule">The rule that asks, or null if that is the way through the kernel.</param>
internal sealed record Premise(string Text, bool Holds, Condition? Condition, string? DependsOn, AskedRule? Rule)
{
    /// <summary>In iptables' words: <c>! --ctstate NEW</c>.</summary>
    public override string ToString() => Holds ? Text : $"! {Text}";
}

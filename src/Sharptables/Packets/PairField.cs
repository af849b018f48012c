using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>Two fields that must both have the value, or, inverted, neither of them.</summary>
internal sealed class PairField(PayloadField first, PayloadField second) : Field(first.Name, first.Bits, first.Type)
{
    /// <inheritdoc/>
    public override bool IsSplit => true;

    /// <inheritdoc/>
    public override bool IsNetworkOrder => true;

    /// <inheritdoc/>
    public override Header Header => first.Header;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Parts => [first, second];

    /// <inheritdoc/>
    public override IReadOnlyList<Condition>? Split(Condition condition) => [condition with { Field = first }, condition with { Field = second }];

    /// <inheritdoc/>
    public override Condition? Join(IReadOnlyList<Condition> parts) =>
        parts is [var one, var other] && Meaning.IsSame(one with { Field = this }, other with { Field = this }) ? one with { Field = this } : null;

    /// <summary>Not asked: what an inverted condition means is more than that the other does not hold.</summary>
    public override Answer? Ask(Packet packet, Values values) => packet.Recall(new(this, values, IsInverted: false));
}

namespace Sharptables.Packets;

/// <summary>Two fields, of which either may have the value.</summary>
/// <param name="first">The one.</param>
/// <param name="second">The other, in the same header.</param>
internal sealed class EitherField(PayloadField first, PayloadField second) : Field(first.Name, first.Bits, first.Type)
{
    /// <summary>The one.</summary>
    public PayloadField First => first;

    /// <summary>The other.</summary>
    public PayloadField Second => second;

    /// <inheritdoc/>
    public override bool IsNetworkOrder => true;

    /// <inheritdoc/>
    public override Header Header => first.Header;

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values) =>
        first.Ask(packet, values) is not Answer.No and var answer ? answer : second.Ask(packet, values);
}

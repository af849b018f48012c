namespace Sharptables.Packets;

/// <summary>Two fields of one header, either of which may have the value.</summary>
internal sealed class EitherField(PayloadField first, PayloadField second) : Field(first.Name, first.Bits, first.Type)
{
    public PayloadField First => first;

    public PayloadField Second => second;

    /// <inheritdoc/>
    public override bool IsNetworkOrder => true;

    /// <inheritdoc/>
    public override Header Header => first.Header;

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values) =>
        (first.Ask(packet, values), second.Ask(packet, values)) switch
        {
            (null or Answer.Dropped, _) => first.Ask(packet, values),
            (Answer.Yes, _) or (_, Answer.Yes) => Answer.Yes,
            (Answer.No, Answer.No) => Answer.No,
            _ => packet.Recall(new(this, values, IsInverted: false)),
        };
}

namespace Sharptables.Packets;

/// <summary>Two fields as one number, as nf_tables has them in registers: the second begins at the next multiple of four bytes.</summary>
/// <param name="first">The first.</param>
/// <param name="second">The second.</param>
/// <param name="bits">How many bits both take.</param>
internal sealed class JoinedField(PayloadField first, PayloadField second, int bits) : Field($"{first.Name} . {second.Header.Name} {second.Name}", bits)
{
    public PayloadField First => first;

    public PayloadField Second => second;

    /// <inheritdoc/>
    public override bool IsNetworkOrder => true;

    /// <inheritdoc/>
    public override Header? Header => first.Header;

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values) => packet.Recall(new(this, values, IsInverted: false));
}

namespace Sharptables.Packets;

/// <summary>What connection tracking knows about the packet's connection.</summary>
/// <param name="name">The name in nft(8).</param>
/// <param name="key">The key in nf_tables.</param>
/// <param name="bits">The width.</param>
/// <param name="type">What the value is.</param>
internal class ConnectionField(string name, CtKey key, int bits, FieldType type = FieldType.Number) : Field(name, bits, type)
{
    public CtKey Key => key;

    /// <summary>The direction: 0 original, 1 reply; null where the value does not depend on it.</summary>
    public byte? Direction { get; init; }

    /// <inheritdoc/>
    public override bool IsNetworkOrder => Key is CtKey.Src or CtKey.Dst or CtKey.ProtoSrc or CtKey.ProtoDst;

    /// <inheritdoc/>
    public override uint UnitsInKernel => Key is CtKey.Expiration ? 1000u : 1;

    /// <inheritdoc/>
    public sealed override Slot? Slot => new(SlotKind.Connection, ((int)Key << 2) | (Direction + 1 ?? 0), Bits);

    /// <inheritdoc/>
    public sealed override Answer? Ask(Packet packet, Values values) =>
        packet.LacksConnection && Key is not CtKey.State ? null : base.Ask(packet, values);
}

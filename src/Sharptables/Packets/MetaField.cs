namespace Sharptables.Packets;

/// <summary>What the kernel keeps with a packet.</summary>
/// <param name="name">The name in nft(8).</param>
/// <param name="key">The key in nf_tables.</param>
/// <param name="bits">The width.</param>
/// <param name="type">What the value is.</param>
internal sealed class MetaField(string name, MetaKey key, int bits, FieldType type = FieldType.Number) : Field(name, bits, type)
{
    public MetaKey Key => key;

    /// <inheritdoc/>
    public override bool IsNetworkOrder => Type is FieldType.Interface or FieldType.EtherType;

    /// <inheritdoc/>
    public override Slot? Slot => new(SlotKind.Meta, (int)Key, Bits);
}

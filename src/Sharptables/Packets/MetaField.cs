namespace Sharptables.Packets;

/// <summary>What the kernel notes with a packet.</summary>
/// <param name="name">What nft(8) calls it.</param>
/// <param name="key">What nf_tables calls it.</param>
/// <param name="bits">How many bits it has.</param>
/// <param name="type">What it stands for.</param>
internal sealed class MetaField(string name, MetaKey key, int bits, FieldType type = FieldType.Number) : Field(name, bits, type)
{
    /// <summary>What nf_tables calls it.</summary>
    public MetaKey Key => key;

    /// <inheritdoc/>
    public override Answer? Ask(Packet packet, Values values) =>
        packet.TryGet(this, out var value) ? values.Contain(value) ? Answer.Yes : Answer.No : Answer.Unknown;
}

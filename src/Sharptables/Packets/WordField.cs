namespace Sharptables.Packets;

/// <summary>Something that nft(8) has a word for, but that is not looked for in a packet here, nor loaded by expressions of our own.</summary>
/// <param name="name">The name in nft(8).</param>
/// <param name="bits">The width.</param>
/// <param name="type">What the value is.</param>
internal class WordField(string name, int bits, FieldType type = FieldType.Number) : Field(name, bits, type)
{
    /// <inheritdoc/>
    public override Slot? Slot => new(SlotKind.Word, 0, Bits, Name);
}

namespace Sharptables.Packets;

/// <summary>What connection tracking knows of the packet's connection.</summary>
/// <param name="name">What nft(8) calls it.</param>
/// <param name="key">What nf_tables calls it.</param>
/// <param name="bits">How many bits it has.</param>
/// <param name="type">What it stands for.</param>
internal class ConnectionField(string name, CtKey key, int bits, FieldType type = FieldType.Number) : Field(name, bits, type)
{
    /// <summary>What nf_tables calls it.</summary>
    public CtKey Key => key;

    /// <summary>The direction that it is of: 0 original, 1 reply; null where there is one for both.</summary>
    public byte? Direction { get; init; }

    /// <inheritdoc/>
    public override bool IsNetworkOrder => Key is CtKey.Src or CtKey.Dst or CtKey.ProtoSrc or CtKey.ProtoDst;

    /// <summary>How many of the kernel's units make one of ours: milliseconds and seconds.</summary>
    public uint UnitsInKernel => Key is CtKey.Expiration ? 1000u : 1;

    /// <inheritdoc/>
    public sealed override Answer? Ask(Packet packet, Values values) =>
        packet.TryGet(this, out var value) ? values.Contain(value) ? Answer.Yes : Answer.No
        : packet.LacksConnection ? null
        : Answer.Unknown;
}

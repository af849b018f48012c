using System;

namespace Sharptables.Packets;

/// <summary>Some bits of the type of service, or traffic class, which nft(8) has words for.</summary>
/// <param name="name">The name in nft(8).</param>
/// <param name="bits">The width of its value in a rule.</param>
/// <param name="type">What the value is.</param>
/// <param name="byteAt">The offset of the bytes that they are in from the start of the IP header.</param>
/// <param name="bytes">How many bytes.</param>
/// <param name="shift">How many bits are behind them.</param>
internal sealed class ServiceField(string name, int bits, FieldType type, int byteAt, int bytes, int shift) : WordField(name, bits, type)
{
    /// <inheritdoc/>
    public override Slot? Slot => Packets.Slot.Of(HeaderBase.Network, byteAt, bytes);

    /// <inheritdoc/>
    public override UInt128 Mask => (UInt128)(Type is FieldType.Ecn ? 0b11 : 0b111111) << shift;

    /// <inheritdoc/>
    public override int Shift => shift;
}

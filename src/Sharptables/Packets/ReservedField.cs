using System;

namespace Sharptables.Packets;

/// <summary>Whether the reserved bits of an extension header are all zero, which is 1 here, and in the words of nft(8) that iptables has for it.</summary>
/// <param name="name">The name in nft(8).</param>
/// <param name="header">The header's number.</param>
/// <param name="bits">The reserved bits of its first four bytes.</param>
internal sealed class ReservedField(string name, byte header, uint bits) : ExtensionField(name, 8, header, 0, 4)
{
    /// <inheritdoc/>
    protected override UInt128 ValueIn(ReadOnlySpan<byte> found) => (System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(found) & bits) == 0 ? 1u : 0;
}

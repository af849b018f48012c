using System.Buffers.Binary;

namespace Sharptables.Extensions.Syntax;

/// <summary>A 32-bit number that is stored most significant byte first (<c>__be32</c>), so that a missed swap does not compile.</summary>
public readonly record struct Be32
{
    private readonly uint _stored;

    /// <param name="value">The number in the machine's byte order.</param>
    public Be32(uint value) => _stored = BinaryPrimitives.ReverseEndianness(value);

    /// <summary>The number in the machine's byte order.</summary>
    public uint Value => BinaryPrimitives.ReverseEndianness(_stored);
}

using System.Buffers.Binary;

namespace Sharptables.Extensions.Syntax;

/// <summary>A 16-bit number that is stored most significant byte first (<c>__be16</c>), so that a missed swap does not compile.</summary>
public readonly record struct Be16
{
    private readonly ushort _stored;

    /// <param name="value">The number in the machine's byte order.</param>
    public Be16(ushort value) => _stored = BinaryPrimitives.ReverseEndianness(value);

    /// <summary>The number in the machine's byte order.</summary>
    public ushort Value => BinaryPrimitives.ReverseEndianness(_stored);
}

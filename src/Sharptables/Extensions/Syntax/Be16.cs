using System.Buffers.Binary;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>A 16-bit number that is stored most significant byte first (<c>__be16</c>), so that a missed swap does not compile.</summary>
public record struct Be16 : IValues
{
    private ushort _stored;

    /// <param name="value">The number in the machine's byte order.</param>
    public Be16(ushort value) => _stored = BinaryPrimitives.ReverseEndianness(value);

    /// <summary>The number in the machine's byte order.</summary>
    public readonly ushort Value => BinaryPrimitives.ReverseEndianness(_stored);

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.Only(Value);

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        this = new((ushort)values.First);
        return values.Kind is ValuesKind.Interval && values.First == values.Second && values.First <= ushort.MaxValue;
    }
}

using System;
using Sharptables.Kernel;

namespace Sharptables.Packets;

/// <summary>That a field of a packet has one of some values, or none of them.</summary>
/// <param name="Field">The field, of one family.</param>
/// <param name="Values">The values.</param>
/// <param name="IsInverted">Whether it must have none of them.</param>
internal readonly record struct Condition(Field Field, Values Values, bool IsInverted)
{
    /// <summary>The condition that a value in a kernel struct stands for.</summary>
    /// <param name="field">The field of the packet.</param>
    /// <param name="value">The value in the struct: an <see cref="IValues"/>, the name of an interface, or a number.</param>
    /// <param name="relation">How the packet's number must compare with it.</param>
    /// <param name="isInverted">Whether the condition is inverted.</param>
    public static Condition On<T>(Field field, T value, Relation relation, bool isInverted)
        where T : unmanaged => new(field, value is IValues ? ((IValues)value).ValuesOf(field) : ValuesOf(field, value, relation), isInverted);

    /// <summary>Whether it holds for a packet. For one without the field it does not, inverted or not.</summary>
    public Answer Ask(Packet packet) => Field.Ask(packet, Values) switch
    {
        null => Answer.No,
        Answer.Yes when IsInverted => Answer.No,
        Answer.No when IsInverted => Answer.Yes,
        var answer => answer.Value,
    };

    private static Values ValuesOf<T>(Field field, T value, Relation relation)
        where T : unmanaged
    {
        return value switch
        {
            byte number => Of(field, number, relation),
            ushort number => Of(field, number, relation),
            uint number => Of(field, number, relation),
            Interleaved<InterfaceName> name => Values.Like(name),
            _ => throw new NotSupportedException($"{typeof(T).Name} does not say which values of a field it means"),
        };
    }

    private static Values Of(Field field, uint number, Relation relation) =>
        relation is not Relation.Equal ? Values.Beyond(relation, number)
        : field.IsBits ? Values.AnyBit(number)
        : Values.Only(number);
}

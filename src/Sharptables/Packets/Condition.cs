using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
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

    /// <summary>The value in a kernel struct that selects some values of a field: the way back of <see cref="On"/>.</summary>
    /// <param name="field">The field of the packet.</param>
    /// <param name="values">The values.</param>
    /// <param name="relation">How the packet's number must compare with it.</param>
    /// <param name="value">That value; what stands between a name and its mask stays as it is.</param>
    /// <returns>False if there is none. What it then selects is still to be compared with them.</returns>
    public static bool TryTake<T>(Field field, Values values, Relation relation, ref T value)
        where T : unmanaged
    {
        switch ((object)value)
        {
            case IValues:
                IValues own = (IValues)default(T);
                bool can = own.TryTake(field, values);
                value = (T)own;
                return can;
            case Interleaved<InterfaceName> name:
                can = TryTake(values, ref name);
                value = (T)(object)name;
                return can;
        }

        ValuesKind kind = relation switch { Relation.Less => ValuesKind.Less, Relation.Greater => ValuesKind.Greater, _ => ValuesKind.Interval };
        if (values.Kind != kind && !(field.IsBits && values.Kind is ValuesKind.AnyBit))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, values.First);
        value = MemoryMarshal.Read<T>(bytes);
        return true;
    }

    /// <summary>Whether it holds for a packet. For one without the field it does not, inverted or not.</summary>
    public Answer Ask(Packet packet) => Field.Ask(packet, Values) switch
    {
        null => Answer.No,
        Answer.Yes when IsInverted => Answer.No,
        Answer.No when IsInverted => Answer.Yes,
        var answer => answer.Value,
    };

    /// <summary>The names that begin like a value under its mask end in a plus sign.</summary>
    private static bool TryTake(Values values, ref Interleaved<InterfaceName> name)
    {
        if (values.Kind is not ValuesKind.Like)
        {
            return false;
        }

        BinaryPrimitives.WriteUInt128BigEndian(name.Value, values.First & values.Second);
        BinaryPrimitives.WriteUInt128BigEndian(name.Mask, values.Second);
        int length = ((ReadOnlySpan<byte>)name.Mask).IndexOf((byte)0);
        bool isPrefix = length >= 0 && ((ReadOnlySpan<byte>)name.Value).IndexOf((byte)0) == length;
        if (isPrefix)
        {
            name.Value[length] = (byte)'+';
        }

        return !isPrefix || length < InterfaceName.Size - 1;
    }

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

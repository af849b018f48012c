using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Kernel;

namespace Sharptables.Packets;

/// <summary>A set of values of a field.</summary>
internal readonly record struct Values
{
    private Values(ValuesKind kind, UInt128 first, UInt128 second = default) => (Kind, First, Second) = (kind, first, second);

    public ValuesKind Kind { get; }

    /// <summary>The first of an interval, the limit, the value under a mask, or the bits.</summary>
    public UInt128 First { get; }

    /// <summary>The last of an interval, or the mask.</summary>
    public UInt128 Second { get; }

    /// <summary>The intervals of which it is the union.</summary>
    public IReadOnlyList<(UInt128 First, UInt128 Last)> Parts { get => field ?? []; private init; }

    /// <summary>Whether no bit is under the mask and none is asked for, so that every value is among them.</summary>
    public bool IsAll => Kind is ValuesKind.Masked && First == 0 && Second == 0;

    public static Values Only(UInt128 value) => new(ValuesKind.Interval, value, value);

    public static Values Between(UInt128 first, UInt128 last) => new(ValuesKind.Interval, first, last);

    public static Values Among(IReadOnlyList<(UInt128 First, UInt128 Last)> intervals) => new(ValuesKind.Intervals, 0) { Parts = intervals };

    public static Values Beyond(Relation relation, UInt128 limit) => new(relation is Relation.Less ? ValuesKind.Less : ValuesKind.Greater, limit);

    public static Values AnyBit(UInt128 bits) => new(ValuesKind.AnyBit, bits);

    public static Values Masked(UInt128 value, UInt128 mask) => new(ValuesKind.Masked, value, mask);

    /// <summary>Those whose bits under a mask are the given ones; only one value if the mask covers the whole field.</summary>
    public static Values Masked(Field field, UInt128 value, UInt128 mask) => mask == field.Greatest ? Only(value) : Masked(value, mask);

    /// <summary>Those that are like a value under its mask, whatever it has outside the mask; both in network byte order.</summary>
    public static Values Like<T>(in Interleaved<T> value)
        where T : unmanaged => Like(NumberIn(value.Value), NumberIn(value.Mask));

    public static Values Like(UInt128 value, UInt128 mask) => new(ValuesKind.Like, value, mask);

    public bool Contain(UInt128 value)
    {
        switch (Kind)
        {
            case ValuesKind.Interval:
                return First <= value && value <= Second;
            case ValuesKind.Less:
                return value < First;
            case ValuesKind.Greater:
                return value > First;
            case ValuesKind.Masked:
                return (value & Second) == First;
            case ValuesKind.Like:
                return ((value ^ First) & Second) == 0;
            case ValuesKind.AnyBit:
                return (value & First) != 0;
            default:
                foreach ((UInt128 first, UInt128 last) in Parts)
                {
                    if (first <= value && value <= last)
                    {
                        return true;
                    }
                }

                return false;
        }
    }

    /// <summary>What they are in a slot, where a field may be only some bits of it; null where that is more than a mask.</summary>
    internal Values? Within(Field field, Slot slot) => field.Mask == slot.Greatest ? this : Kind switch
    {
        ValuesKind.Masked => Masked(First << field.Shift, (Second << field.Shift) & field.Mask),
        ValuesKind.AnyBit => AnyBit((First << field.Shift) & field.Mask),
        ValuesKind.Interval when First == Second => Masked(First << field.Shift, field.Mask),
        _ => null,
    };

    /// <summary>As intervals, if they are told so; else none.</summary>
    public IReadOnlyList<(UInt128 First, UInt128 Last)> Intervals => Kind is ValuesKind.Interval ? [(First, Second)] : Parts;

    /// <summary>As the interval from first to last, if they are one.</summary>
    public bool TryBound(int bits, out UInt128 first, out UInt128 last)
    {
        UInt128 greatest = UInt128.MaxValue >> (128 - bits);
        first = Kind is ValuesKind.Less ? 0 : Kind is ValuesKind.Greater && First < greatest ? First + 1 : First;
        last = Kind is ValuesKind.Less && First > 0 ? First - 1 : Kind is ValuesKind.Greater ? greatest : Second;
        bool isNone = (Kind is ValuesKind.Less && First == 0) || (Kind is ValuesKind.Greater && First >= greatest);
        return Kind is ValuesKind.Interval or ValuesKind.Less or ValuesKind.Greater && !isNone && first <= last;
    }

    /// <summary>As those that have a value under a mask, if they are told so, or are only one.</summary>
    public bool TryMask(int bits, out UInt128 value, out UInt128 mask)
    {
        (value, mask) = Kind is ValuesKind.Interval ? (First, UInt128.MaxValue >> (128 - bits)) : (First, Second);
        return Kind is ValuesKind.Masked or ValuesKind.Like || (Kind is ValuesKind.Interval && First == Second);
    }

    private static UInt128 NumberIn<T>(in T value)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
        return Unsafe.SizeOf<T>() == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}

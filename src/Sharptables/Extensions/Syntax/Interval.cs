using System;
using System.Numerics;
using System.Runtime.InteropServices;
using Sharptables.Packets;

namespace Sharptables.Extensions.Syntax;

/// <summary>Two adjacent numbers in a kernel struct: the first and last of a range.</summary>
/// <typeparam name="T">The type of the kernel's fields, in the machine's byte order.</typeparam>
[StructLayout(LayoutKind.Sequential)]
public record struct Interval<T>(T First, T Last) : IValues
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <summary>Every number there is.</summary>
    public static Interval<T> All => new(T.MinValue, T.MaxValue);

    /// <summary>The first.</summary>
    public T First = First;

    /// <summary>The last; if less than the first, the range is empty.</summary>
    public T Last = Last;

    /// <summary>Whether it holds every number there is.</summary>
    public readonly bool IsAll => First == T.MinValue && Last == T.MaxValue;

    /// <inheritdoc/>
    readonly Values IValues.ValuesOf(Field field) => Values.Between(UInt128.CreateTruncating(First), UInt128.CreateTruncating(Last));

    /// <inheritdoc/>
    bool IValues.TryTake(Field field, Values values)
    {
        if (!values.TryBound(field.Bits, out UInt128 first, out UInt128 last) || first > last)
        {
            return false;
        }

        (First, Last) = (T.CreateTruncating(first), T.CreateTruncating(last));
        return true;
    }
}

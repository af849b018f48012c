using System;
using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>
/// The values of a field that a condition takes, in a form that is the same for all conditions that take the same: the intervals that hold them, or
/// for those under a mask that is no prefix, the mask.
/// </summary>
internal sealed class Meaning
{
    private readonly List<(UInt128 First, UInt128 Last)> _intervals = [];
    private readonly (UInt128 Value, UInt128 Mask, bool IsInverted)? _masked;

    /// <param name="condition">The condition.</param>
    public Meaning(Condition condition)
        : this(condition.Values, condition.Field.Greatest, condition.IsInverted)
    {
    }

    /// <param name="values">The values.</param>
    /// <param name="greatest">The greatest that there is: all bits are one.</param>
    /// <param name="isInverted">Whether all others are meant.</param>
    public Meaning(Values values, UInt128 greatest, bool isInverted)
    {
        switch (values.Kind)
        {
            case ValuesKind.Interval:
                _intervals.Add((values.First, UInt128.Min(values.Second, greatest)));
                break;
            case ValuesKind.Intervals:
                _intervals.AddRange(values.Parts);
                break;
            case ValuesKind.Less when values.First > 0:
                _intervals.Add((0, UInt128.Min(values.First - 1, greatest)));
                break;
            case ValuesKind.Greater when values.First < greatest:
                _intervals.Add((values.First + 1, greatest));
                break;
            case ValuesKind.Masked or ValuesKind.Like or ValuesKind.AnyBit:
                UInt128 mask = (values.Kind is ValuesKind.AnyBit ? values.First : values.Second) & greatest;
                UInt128 value = values.Kind switch { ValuesKind.AnyBit => 0, ValuesKind.Like => values.First & mask, _ => values.First };
                isInverted ^= values.Kind is ValuesKind.AnyBit;
                if ((value & ~mask) != 0)
                {
                    break; // no value is like that
                }

                UInt128 rest = greatest & ~mask;
                if ((rest & (rest + 1)) == 0)
                {
                    _intervals.Add((value, value | rest));
                    break;
                }

                bool isBit = UInt128.PopCount(mask) == 1;
                _masked = isBit ? (mask, mask, isInverted ^ (value == 0)) : (value, mask, isInverted);
                break;
        }

        Arrange(isInverted, greatest);
    }

    /// <summary>The intervals, in order, unless they are told by a mask.</summary>
    public IReadOnlyList<(UInt128 First, UInt128 Last)> Intervals => _intervals;

    /// <summary>The values that have, or, inverted, have not a value under a mask; null if they are told by intervals.</summary>
    public (UInt128 Value, UInt128 Mask, bool IsInverted)? Masked => _masked;

    /// <summary>Whether two conditions on one field take the same values.</summary>
    public static bool IsSame(Condition a, Condition b) => a.Field == b.Field && (a == b || new Meaning(a).IsSame(new Meaning(b)));

    /// <summary>A value that a condition takes: one that is preferred, if it is taken; null if none is.</summary>
    public static UInt128? Example(Condition condition, UInt128 preferred)
    {
        if (condition.Values.Contain(preferred) != condition.IsInverted)
        {
            return preferred;
        }

        Meaning meaning = new(condition);
        return meaning._masked is var (value, mask, isInverted) ? (preferred & ~mask) | (isInverted ? value ^ (mask & (~mask + 1)) : value)
            : meaning._intervals is [var (first, _), ..] ? first : null;
    }

    private bool IsSame(Meaning other)
    {
        if (_masked != other._masked || _intervals.Count != other._intervals.Count)
        {
            return false;
        }

        for (int i = 0; i < _intervals.Count; i++)
        {
            if (_intervals[i] != other._intervals[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sorts and joins the intervals; if inverted, those between them are taken.</summary>
    private void Arrange(bool isInverted, UInt128 greatest)
    {
        if (_masked is not null)
        {
            return;
        }

        (UInt128 First, UInt128 Last)[] all = [.. _intervals];
        Array.Sort(all);
        _intervals.Clear();
        foreach ((UInt128 first, UInt128 last) in all)
        {
            if (first > last)
            {
                continue;
            }

            if (_intervals is [.., var before] && (first <= before.Last || first - 1 == before.Last))
            {
                _intervals[^1] = (before.First, UInt128.Max(before.Last, last));
            }
            else
            {
                _intervals.Add((first, last));
            }
        }

        if (!isInverted)
        {
            return;
        }

        all = [.. _intervals];
        _intervals.Clear();
        UInt128 next = 0;
        bool isAtEnd = false;
        foreach ((UInt128 first, UInt128 last) in all)
        {
            if (first > next)
            {
                _intervals.Add((next, first - 1));
            }

            isAtEnd = last >= greatest;
            next = isAtEnd ? greatest : last + 1;
        }

        if (!isAtEnd)
        {
            _intervals.Add((next, greatest));
        }
    }
}

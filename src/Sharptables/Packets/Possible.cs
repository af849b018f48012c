using System;
using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>
/// The values that a packet may have in one place, as far as is known: some intervals, without what conditions on single bits have excluded. It does
/// not change.
/// </summary>
internal sealed class Possible
{
    /// <summary>So many values are tried one by one where that is the only way to tell whether any is left.</summary>
    private const int Tried = 1 << 16;

    private readonly UInt128 _greatest;
    private readonly (UInt128 First, UInt128 Last)[] _intervals;
    private readonly (UInt128 Value, UInt128 Mask, bool IsInverted)[] _masked = [];

    /// <summary>All values.</summary>
    /// <param name="greatest">The greatest: all bits are one.</param>
    public Possible(UInt128 greatest)
        : this(greatest, [(0, greatest)], [])
    {
    }

    /// <summary>One value.</summary>
    /// <param name="greatest">The greatest that could have been.</param>
    /// <param name="only">The value.</param>
    public Possible(UInt128 greatest, UInt128 only)
        : this(greatest, [(only, only)], [])
    {
    }

    /// <summary>Some intervals.</summary>
    /// <param name="greatest">The greatest value that could have been.</param>
    /// <param name="intervals">The intervals, in order.</param>
    public Possible(UInt128 greatest, (UInt128 First, UInt128 Last)[] intervals)
        : this(greatest, intervals, [])
    {
    }

    private Possible(UInt128 greatest, (UInt128 First, UInt128 Last)[] intervals, (UInt128 Value, UInt128 Mask, bool IsInverted)[] masked)
    {
        (_greatest, _intervals, _masked) = (greatest, intervals, masked);
        if (intervals is [var (first, last)] && first == last && masked.Length == 0)
        {
            Only = first;
        }
    }

    /// <summary>The value, if it is known; else null.</summary>
    public UInt128? Only { get; }

    /// <summary>Whether no value is left: what was said of it contradicts itself.</summary>
    public bool IsNone => Only is null && (_intervals.Length == 0 || (_masked.Length > 0 && !HasAny()));

    /// <summary>The intervals; bits may be excluded besides.</summary>
    public IReadOnlyList<(UInt128 First, UInt128 Last)> Intervals => _intervals;

    /// <summary>Whether every value is possible.</summary>
    public bool IsAll => _masked.Length == 0 && _intervals is [var (first, last)] && first == 0 && last == _greatest;

    /// <summary>Whether its value is among some.</summary>
    public Answer Ask(Values values)
    {
        if (Only is { } only)
        {
            return values.Contain(only) ? Answer.Yes : Answer.No;
        }

        return Narrowed(values, isInverted: false).IsNone ? Answer.No : Narrowed(values, isInverted: true).IsNone ? Answer.Yes : Answer.Unknown;
    }

    /// <summary>Those that are among some values, or, inverted, are not.</summary>
    public Possible Narrowed(Values values, bool isInverted)
    {
        if (Only is { } only)
        {
            return values.Contain(only) != isInverted ? this : new(_greatest, [], []);
        }

        Meaning meaning = new(values, _greatest, isInverted);
        return meaning.Masked is { } masked ? Simplest(_intervals, [.. _masked, masked]) : Simplest(Meet(_intervals, meaning.Intervals), _masked);
    }

    /// <summary>What they become when a number is added; those that would be too small or too great become the least or the greatest.</summary>
    public Possible Moved(int by)
    {
        if (_masked.Length > 0)
        {
            return new(_greatest); // no set of values that is moved by anyone: those have few, which are intervals
        }

        List<(UInt128, UInt128)> moved = [];
        foreach ((UInt128 first, UInt128 last) in _intervals)
        {
            moved.Add((Move(first), Move(last)));
        }

        return new(_greatest, Joined(moved));
        UInt128 Move(UInt128 value) => by < 0 ? value - UInt128.Min(value, (UInt128)(-by)) : value + UInt128.Min(_greatest - value, (UInt128)by);
    }

    /// <summary>What they become when those above a limit become the limit.</summary>
    public Possible Limited(UInt128 limit)
    {
        List<(UInt128, UInt128)> limited = [];
        foreach ((UInt128 first, UInt128 last) in _intervals)
        {
            limited.Add((UInt128.Min(first, limit), UInt128.Min(last, limit)));
        }

        return new(_greatest, Joined(limited));
    }

    /// <summary>What they become when the bits of a mask are kept, and then others are flipped.</summary>
    public Possible Changed(UInt128 kept, UInt128 flipped)
    {
        kept &= _greatest;
        flipped &= _greatest;
        if (Only is { } only)
        {
            return new(_greatest, (only & kept) ^ flipped);
        }

        (UInt128 value, UInt128 mask) = Fixed();
        UInt128 known = (_greatest & ~kept) | (mask & kept);
        return new Possible(_greatest).Narrowed(Values.Masked(((value & kept) ^ flipped) & known, known), isInverted: false);
    }

    /// <summary>The bits that are known: their values and a mask.</summary>
    private (UInt128 Value, UInt128 Mask) Fixed()
    {
        UInt128 value = 0, mask = 0;
        if (_intervals is [var (first, last)])
        {
            UInt128 differing = first ^ last; // what is in front of the first bit that differs is the same in all
            int bits = 128 - (int)UInt128.LeadingZeroCount(differing);
            mask = bits == 128 ? 0 : _greatest & ~(((UInt128)1 << bits) - 1);
            value = first & mask;
        }

        foreach ((UInt128 its, UInt128 under, bool isInverted) in _masked)
        {
            (value, mask) = isInverted ? (value, mask) : (value | its, mask | under);
        }

        return (value, mask);
    }

    private Possible Simplest((UInt128 First, UInt128 Last)[] intervals, (UInt128 Value, UInt128 Mask, bool IsInverted)[] masked)
    {
        Possible all = new(_greatest, intervals, masked);
        if (masked.Length == 0 || all.Count() is null)
        {
            return all;
        }

        List<(UInt128, UInt128)> left = [];
        foreach ((UInt128 first, UInt128 last) in intervals)
        {
            for (UInt128 value = first; ; value++)
            {
                if (all.Has(value))
                {
                    left.Add((value, value));
                }

                if (value == last)
                {
                    break;
                }
            }
        }

        return new(_greatest, Joined(left), []);
    }

    /// <summary>How many values are in the intervals, if they are few enough to try each.</summary>
    private int? Count()
    {
        UInt128 count = 0;
        foreach ((UInt128 first, UInt128 last) in _intervals)
        {
            UInt128 size = last - first;
            if (size >= Tried)
            {
                return null;
            }

            count += size + 1;
        }

        return count <= Tried ? (int)count : null;
    }

    private bool Has(UInt128 value)
    {
        foreach ((UInt128 its, UInt128 mask, bool isInverted) in _masked)
        {
            if ((value & mask) == its == isInverted)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the conditions on bits leave any value; the intervals, of which there are too many to try, are taken to have it.</summary>
    private bool HasAny()
    {
        UInt128 value = 0, mask = 0;
        for (bool isNew = true; isNew;)
        {
            isNew = false;
            foreach ((UInt128 its, UInt128 under, bool isInverted) in _masked)
            {
                UInt128 free = under & ~mask;
                bool differs = ((its ^ value) & under & mask) != 0;
                if (!isInverted)
                {
                    if (differs)
                    {
                        return false;
                    }

                    isNew |= free != 0;
                    (value, mask) = (value | its, mask | under);
                }
                else if (!differs)
                {
                    if (free == 0)
                    {
                        return false;
                    }

                    if (UInt128.PopCount(free) == 1)
                    {
                        isNew = true;
                        (value, mask) = (value | (~its & free), mask | free);
                    }
                }
            }
        }

        foreach ((UInt128 first, UInt128 last) in _intervals)
        {
            UInt128 least = value | (first & ~mask), most = value | (last & ~mask); // whether any in the interval may have these bits
            if ((_intervals.Length > 1 || first != last || (first & mask) == value) && least <= _greatest && most <= _greatest)
            {
                return true;
            }
        }

        return false;
    }

    private static (UInt128 First, UInt128 Last)[] Joined(List<(UInt128 First, UInt128 Last)> values)
    {
        List<(UInt128 First, UInt128 Last)> joined = [];
        foreach ((UInt128 first, UInt128 last) in values)
        {
            if (joined is [.., var before] && first <= before.Last + 1)
            {
                joined[^1] = (before.First, UInt128.Max(last, before.Last));
            }
            else
            {
                joined.Add((first, last));
            }
        }

        return [.. joined];
    }

    private static (UInt128 First, UInt128 Last)[] Meet((UInt128 First, UInt128 Last)[] some, IReadOnlyList<(UInt128 First, UInt128 Last)> others)
    {
        List<(UInt128, UInt128)> both = [];
        for (int i = 0, k = 0; i < some.Length && k < others.Count;)
        {
            UInt128 first = UInt128.Max(some[i].First, others[k].First), last = UInt128.Min(some[i].Last, others[k].Last);
            if (first <= last)
            {
                both.Add((first, last));
            }

            if (some[i].Last < others[k].Last)
            {
                i++;
            }
            else
            {
                k++;
            }
        }

        return [.. both];
    }
}

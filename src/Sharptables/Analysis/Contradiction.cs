using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Packets;

namespace Sharptables.Analysis;

/// <summary>
/// Finds rules that no packet can match, since their conditions on one field exclude each other: <c>--dport 22 -m multiport ! --dports 22</c>. What it
/// says is proved; what it cannot prove it does not say.
/// </summary>
internal static class Contradiction
{
    private const int States = 0x10f; // invalid, established, related, new, untracked, as xt_conntrack.h numbers them
    private const int FewBits = 16; // so many that every value can be tried

    /// <summary>The warning about a rule that never matches; null if it may.</summary>
    public static string? WarningOf(RuleBuilder rule) =>
        In(rule) is { } field ? $"the rule matches nothing: no packet has the {$"{field.Header?.Name} {field.Name}".TrimStart()} that it asks for." : null;

    /// <summary>A field of which a rule asks what excludes each other, or null.</summary>
    public static Field? In(RuleBuilder rule)
    {
        if (rule.Context.Alternatives.Count > 1)
        {
            return null; // it makes several rules
        }

        List<Condition> all = [];
        for (int i = 0; i < rule.Count; i++)
        {
            if (!rule[i].Extension.IsTarget)
            {
                all.AddRange(rule[i].Extension.ConditionsIn(rule.Payload(i), rule.Context.Family, out _));
            }
        }

        return In(all);
    }

    /// <summary>A field that no packet has as some conditions want it, or null.</summary>
    public static Field? In(List<Condition> all)
    {
        for (int i = 0; i < all.Count; i++)
        {
            List<Condition> same = all.FindAll(condition => AreSame(condition.Field, all[i].Field));
            if (IsOneNumber(all[i].Field) && !CanHold(same))
            {
                return all[i].Field;
            }
        }

        return null;
    }

    /// <summary>Whether two fields are the same place: the ports of one protocol are also those of multiport.</summary>
    private static bool AreSame(Field one, Field other) => one == other
        || (one is PayloadField && other is PayloadField && one.Name == other.Name && one.Name is "sport" or "dport");

    /// <summary>Whether a packet has one value there, not several of which any may be meant.</summary>
    private static bool IsOneNumber(Field field) => field is PayloadField or BitField or MetaField or ConnectionField or WordField;

    private static bool CanHold(List<Condition> conditions)
    {
        Field field = conditions[0].Field;
        if (field.Bits <= FewBits)
        {
            for (UInt128 value = 0; value <= field.Greatest; value++)
            {
                if (MayBe(field, value) && Hold(conditions, value))
                {
                    return true;
                }
            }

            return false;
        }

        // If any value is taken, then one that begins an interval.
        List<UInt128> beginnings = [0];
        foreach (Condition condition in conditions)
        {
            if (!TryAddBeginnings(condition, beginnings))
            {
                return !DisagreeUnderMasks(conditions);
            }
        }

        return beginnings.Exists(value => value <= field.Greatest && Hold(conditions, value));
    }

    /// <summary>A packet has one state; whether its addresses are translated is besides.</summary>
    private static bool MayBe(Field field, UInt128 value) => field.Type is not FieldType.State || UInt128.PopCount(value & States) == 1;

    private static bool Hold(List<Condition> conditions, UInt128 value) => conditions.TrueForAll(condition => condition.Values.Contain(value) != condition.IsInverted);

    /// <summary>Adds where the intervals of values begin that a condition takes; false if they are no intervals.</summary>
    private static bool TryAddBeginnings(Condition condition, List<UInt128> beginnings)
    {
        Values values = condition.Values;
        UInt128 greatest = condition.Field.Greatest;
        List<(UInt128 First, UInt128 Last)> intervals = [];
        switch (values.Kind)
        {
            case ValuesKind.Interval or ValuesKind.Intervals:
                intervals.AddRange(values.Intervals);
                break;
            case ValuesKind.Less:
                intervals.Add((0, values.First == 0 ? 0 : values.First - 1));
                break;
            case ValuesKind.Greater:
                intervals.Add((UInt128.Min(values.First, greatest - 1) + 1, greatest));
                break;
            case ValuesKind.Masked or ValuesKind.Like:
                UInt128 rest = greatest & ~values.Second;
                intervals.Add((values.First & values.Second, (values.First & values.Second) | rest));
                if ((rest & (rest + 1)) != 0)
                {
                    return false;
                }

                break;
            default:
                return false;
        }

        foreach ((UInt128 first, UInt128 last) in intervals)
        {
            beginnings.Add(condition.IsInverted && last < greatest ? last + 1 : first);
            beginnings.Add(first);
        }

        return true;
    }

    /// <summary>Whether two conditions want different bits, or one excludes all that another takes.</summary>
    private static bool DisagreeUnderMasks(List<Condition> conditions)
    {
        foreach (Condition one in conditions)
        {
            foreach (Condition other in conditions)
            {
                if (!one.IsInverted && one.Values.TryMask(one.Field.Bits, out UInt128 value, out UInt128 mask)
                    && other.Values.TryMask(other.Field.Bits, out UInt128 otherValue, out UInt128 otherMask)
                    && (other.IsInverted ? (otherMask & ~mask) == 0 && ((value ^ otherValue) & otherMask) == 0 : ((value ^ otherValue) & mask & otherMask) != 0))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

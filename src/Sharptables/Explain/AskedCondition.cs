using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>A condition of a rule, ready to be asked about many packets.</summary>
/// <param name="option">The option that it is from.</param>
/// <param name="condition">The condition, on a field that has a slot.</param>
/// <param name="slots">The numbers of slots.</param>
internal sealed class AskedCondition(Option option, Condition condition, Dictionary<Slot, int> slots)
{
    private readonly Slot _slot = condition.Field.Slot!.Value;
    private readonly int _number = NumberOf(condition.Field.Slot!.Value, slots);
    private readonly UInt128 _mask = condition.Field.Mask;
    private readonly int _shift = condition.Field.Shift;
    private readonly Header? _header = condition.Field.Header;

    public Option Option => option;

    /// <summary>Whether it holds: yes or no if the packet is whole and its value known; else unknown, and <see cref="Condition.Ask"/> tells more.</summary>
    public Answer AskQuickly(Packet packet)
    {
        if ((_header is not null && packet.Has(_header) is not Answer.Yes) || packet.Find(_slot, _number) is not { } value
            || (_slot.Kind is SlotKind.Connection && packet.LacksConnection))
        {
            return Answer.Unknown;
        }

        return condition.Values.Contain((value & _mask) >> _shift) != condition.IsInverted ? Answer.Yes : Answer.No;
    }

    private static int NumberOf(Slot slot, Dictionary<Slot, int> slots)
    {
        if (!slots.TryGetValue(slot, out int number))
        {
            slots.Add(slot, number = slots.Count);
        }

        return number;
    }
}

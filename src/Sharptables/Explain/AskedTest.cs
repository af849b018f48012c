using System;
using System.Collections.Generic;
using Sharptables.Extensions;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>What a rule asks of a packet by its head, or by one match.</summary>
internal sealed class AskedTest
{
    private readonly byte[] _payload;
    private readonly AskedCondition[]? _conditions;
    private readonly Header? _header;

    /// <param name="extension">The head, as a match, or the match.</param>
    /// <param name="payload">Its payload, in the newest layout.</param>
    /// <param name="family">The family of the packets.</param>
    /// <param name="slots">The numbers of slots; those that are new are added.</param>
    public AskedTest(Extension extension, byte[] payload, Family family, Dictionary<Slot, int> slots)
    {
        (Extension, _payload) = (extension, payload);
        _header = Array.Find(extension.Options, static option => option.Of is not null)?.Of!.In(family).Header;
        _conditions = extension.AsksByConditions && !extension.IsOfTheMoment ? Read(extension, payload, family, slots) : null;
    }

    public Extension Extension { get; }

    public ReadOnlySpan<byte> Payload => _payload;

    /// <summary>Whether a packet passes, and the option that decides if it does not; null if that is the match as a whole.</summary>
    public Answer Ask(Packet packet, out Option? by)
    {
        by = null;
        if (_conditions is not null && (_header is null || packet.Has(_header) is Answer.Yes))
        {
            foreach (AskedCondition condition in _conditions)
            {
                switch (condition.AskQuickly(packet))
                {
                    case Answer.Yes:
                        break;
                    case Answer.No:
                        by = condition.Option;
                        return Answer.No;
                    default:
                        return Extension.Ask(_payload, packet, out by); // which knows the order in which the kernel asks
                }
            }

            return Answer.Yes;
        }

        return Extension.Ask(_payload, packet, out by);
    }

    /// <summary>The conditions of its options, if it is nothing else.</summary>
    private static AskedCondition[]? Read(Extension extension, byte[] payload, Family family, Dictionary<Slot, int> slots)
    {
        List<AskedCondition> conditions = [];
        foreach (Option option in extension.Options)
        {
            if (option.Of?.In(family) is { } field && field.GetType() == typeof(WordField))
            {
                return null;
            }

            if (!option.IsShorthand && !option.IsIdle && option.IsAsked(payload))
            {
                if (option.Of?.In(family).Slot is null)
                {
                    return null;
                }

                conditions.Add(new(option, option.ConditionIn(payload, family), slots));
            }
        }

        return [.. conditions];
    }
}

using System;
using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>Type and code of an ICMP message as one 16-bit number; nf_tables has a field for each.</summary>
/// <param name="header">The header, which begins with the two.</param>
/// <param name="type">What the type is: ICMP's or ICMPv6's.</param>
internal sealed class MessageField(Header header, FieldType type) : PayloadField(header, "type", 0, 16, type)
{
    private PayloadField Kind => new(Header, "type", 0, 8, Type);

    private PayloadField Code => new(Header, "code", 1, 8);

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Parts => [this, Kind, Code];

    /// <inheritdoc/>
    public override Condition? Join(IReadOnlyList<Condition> parts)
    {
        if (parts is [var whole] && whole.Field == this)
        {
            return whole;
        }

        if (parts.Count == 0 || parts[0].Field != Kind || parts[0].Values.Kind is not ValuesKind.Interval
            || (parts.Count > 1 && parts[0].Values.First != parts[0].Values.Second))
        {
            return null;
        }

        UInt128 kind = parts[0].Values.First << 8;
        return parts.Count == 1 && parts[0].Values.Second != parts[0].Values.First ? new(this, Values.Between(kind, (parts[0].Values.Second << 8) | byte.MaxValue), parts[0].IsInverted)
            : parts.Count == 1 ? new(this, Values.Masked(kind, 0xff00), parts[0].IsInverted)
            : parts[1].Values.Kind is ValuesKind.Interval && !parts[0].IsInverted && !parts[1].IsInverted
            ? new(this, Values.Between(kind | parts[1].Values.First, kind | parts[1].Values.Second), IsInverted: false)
            : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Condition>? Split(Condition condition)
    {
        PayloadField kind = Kind, code = Code;
        Values values = condition.Values;
        return values.Kind switch
        {
            ValuesKind.Masked when values.IsAll => condition.IsInverted ? [condition with { Field = kind, Values = Values.Between(0, byte.MaxValue) }] : [],
            ValuesKind.Masked => [condition with { Field = kind, Values = Values.Only(values.First >> 8) }],
            ValuesKind.Interval when (values.First & byte.MaxValue) == 0 && (values.Second & byte.MaxValue) == byte.MaxValue =>
                [condition with { Field = kind, Values = Values.Between(values.First >> 8, values.Second >> 8) }],
            ValuesKind.Interval when !condition.IsInverted && values.First >> 8 == values.Second >> 8 =>
            [
                condition with { Field = kind, Values = Values.Only(values.First >> 8) },
                condition with { Field = code, Values = Values.Between(values.First & byte.MaxValue, values.Second & byte.MaxValue) },
            ],
            _ => null,
        };
    }
}

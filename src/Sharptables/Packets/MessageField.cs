using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>Type and code of an ICMP message as one 16-bit number; nf_tables has a field for each.</summary>
/// <param name="header">The header, which begins with the two.</param>
/// <param name="type">What the type is: ICMP's or ICMPv6's.</param>
internal sealed class MessageField(Header header, FieldType type) : PayloadField(header, "type", 0, 16, type)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Condition>? Split(Condition condition)
    {
        PayloadField kind = new(Header, "type", 0, 8, Type), code = new(Header, "code", 1, 8);
        Values values = condition.Values;
        return values.Kind switch
        {
            ValuesKind.Masked when values.IsAll => condition.IsInverted ? [condition with { Field = kind, Values = Values.Between(0, byte.MaxValue) }] : [],
            ValuesKind.Masked => [condition with { Field = kind, Values = Values.Only(values.First >> 8) }],
            ValuesKind.Interval when !condition.IsInverted =>
            [
                condition with { Field = kind, Values = Values.Only(values.First >> 8) },
                condition with { Field = code, Values = Values.Between(values.First & byte.MaxValue, values.Second & byte.MaxValue) },
            ],
            _ => null,
        };
    }
}

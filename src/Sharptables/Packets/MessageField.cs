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
        return condition.Values switch
        {
            Values.Masked { IsAll: true } when !condition.IsInverted => [],
            Values.Masked { IsAll: true } => [condition with { Field = kind, Values = new Values.Interval(0, byte.MaxValue) }],
            Values.Masked of => [condition with { Field = kind, Values = Values.Only(of.Value >> 8) }],
            Values.Interval of when !condition.IsInverted =>
            [
                condition with { Field = kind, Values = Values.Only(of.First >> 8) },
                condition with { Field = code, Values = new Values.Interval(of.First & byte.MaxValue, of.Last & byte.MaxValue) },
            ],
            _ => null,
        };
    }
}

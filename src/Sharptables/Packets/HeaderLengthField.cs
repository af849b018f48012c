using System;
using System.Collections.Generic;

namespace Sharptables.Packets;

/// <summary>The length of an extension header in bytes. The header has it in units, of which it leaves out some.</summary>
/// <param name="name">nft(8)'s name for what the header has.</param>
/// <param name="unit">How many bytes a unit has.</param>
/// <param name="more">How many units the header is longer than it says.</param>
/// <param name="header">The number of the header.</param>
internal sealed class HeaderLengthField(string name, uint unit, uint more, byte header) : ExtensionField(name, bits: 32, header, offset: 1, bytes: 1)
{
    private readonly WordField _part = new(name, 8);

    /// <inheritdoc/>
    protected override UInt128 ValueIn(ReadOnlySpan<byte> found) => (found[1] + more) * unit;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Parts => [_part];

    /// <inheritdoc/>
    public override IReadOnlyList<Condition>? Split(Condition condition)
    {
        UInt128 bytes = condition.Values.First, units = bytes / unit;
        return condition.Values == Values.Only(bytes) && bytes % unit == 0 && units >= more && units - more <= _part.Greatest
            ? [condition with { Field = _part, Values = Values.Only(units - more) }] : null;
    }

    /// <inheritdoc/>
    public override Condition? Join(IReadOnlyList<Condition> parts) =>
        parts is [var only] && only.Values == Values.Only(only.Values.First) ? only with { Field = this, Values = Values.Only((only.Values.First + more) * unit) } : null;
}

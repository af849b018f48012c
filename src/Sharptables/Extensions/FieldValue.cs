using System;
using System.Runtime.CompilerServices;

namespace Sharptables.Extensions;

/// <summary>That a field of one byte has one of some values, where C has an enum and not flags.</summary>
/// <param name="field">The field.</param>
/// <param name="values">The values; the first is what is set.</param>
internal sealed class FieldValue<TInfo>(FieldRef<TInfo, byte> field, byte[] values) : Switch<TInfo>
    where TInfo : unmanaged
{
    public override bool IsSet(in TInfo info) => values.AsSpan().Contains(field(ref Unsafe.AsRef(in info)));

    public override void Set(ref TInfo info) => field(ref info) = values[0];
}

using System;
using System.Runtime.CompilerServices;

namespace Sharptables.Extensions;

/// <summary>Whether an 8-bit field has one of some values, for a C enum.</summary>
/// <param name="field">The field.</param>
/// <param name="values">The values; setting it stores the first.</param>
internal sealed class FieldValue<TInfo>(FieldRef<TInfo, byte> field, byte[] values) : Switch<TInfo>
    where TInfo : unmanaged
{
    public override bool IsSet(in TInfo info) => values.AsSpan().Contains(field(ref Unsafe.AsRef(in info)));

    public override void Set(ref TInfo info) => field(ref info) = values[0];
}

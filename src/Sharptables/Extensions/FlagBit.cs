using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sharptables.Extensions;

/// <summary>Bits of an integer field.</summary>
/// <param name="field">The field.</param>
/// <param name="mask">The bits.</param>
internal sealed class FlagBit<TInfo, TField>(FieldRef<TInfo, TField> field, TField mask) : Switch<TInfo>
    where TInfo : unmanaged
    where TField : unmanaged, IBinaryInteger<TField>
{
    public override bool IsSet(in TInfo info) => (field(ref Unsafe.AsRef(in info)) & mask) == mask;

    public override void Set(ref TInfo info) => field(ref info) |= mask;
}

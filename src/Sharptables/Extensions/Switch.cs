namespace Sharptables.Extensions;

/// <summary>
/// Something about a kernel struct that is set or not: bits of a flags field, a value of an enum, or a combination of fields.
/// </summary>
/// <typeparam name="TInfo">The struct.</typeparam>
internal abstract class Switch<TInfo>
    where TInfo : unmanaged
{
    public abstract bool IsSet(in TInfo info);

    public abstract void Set(ref TInfo info);
}

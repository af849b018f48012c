namespace Sharptables.Extensions;

/// <summary>
/// Something that a kernel struct says or does not say: bits of a flags field, a value of an enum, or what stands in several fields.
/// </summary>
/// <typeparam name="TInfo">The struct.</typeparam>
internal abstract class Switch<TInfo>
    where TInfo : unmanaged
{
    /// <summary>Whether the struct says it.</summary>
    public abstract bool IsSet(in TInfo info);

    /// <summary>Has the struct say it.</summary>
    public abstract void Set(ref TInfo info);
}

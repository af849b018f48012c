namespace Sharptables.Extensions;

/// <summary>
/// Something that a kernel struct says or does not say: bits of a flags field, a value of an enum, or what stands in several fields.
/// </summary>
/// <typeparam name="TInfo">The struct.</typeparam>
/// <param name="isSet">Whether the struct says it.</param>
/// <param name="set">Has the struct say it.</param>
public sealed class Switch<TInfo>(Condition<TInfo> isSet, Change<TInfo> set)
    where TInfo : unmanaged
{
    /// <summary>Whether the struct says it.</summary>
    public bool IsSet(in TInfo info) => isSet(info);

    /// <summary>Has the struct say it.</summary>
    public void Set(ref TInfo info) => set(ref info);
}

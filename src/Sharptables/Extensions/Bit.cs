namespace Sharptables.Extensions;

/// <summary>One or more bits of a flags field, which stand for one thing.</summary>
/// <typeparam name="TInfo">The struct that the field is in.</typeparam>
public abstract class Bit<TInfo>
    where TInfo : unmanaged
{
    /// <summary>Whether the bits are all set.</summary>
    public abstract bool IsSet(in TInfo info);

    /// <summary>Sets the bits.</summary>
    public abstract void Set(ref TInfo info);
}

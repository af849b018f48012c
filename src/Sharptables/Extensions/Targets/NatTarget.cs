using Sharptables.Extensions.Syntax;

namespace Sharptables.Extensions.Targets;

/// <summary>What the targets of the <c>nat</c> table have in common: a range, which is their whole struct, and flags that go with it.</summary>
/// <typeparam name="TRange">The kernel's struct, which differs by family.</typeparam>
internal abstract class NatTarget<TRange> : Target<TRange>
    where TRange : unmanaged, INatRange
{
    /// <summary>The bit for ports that were given.</summary>
    protected static Switch<TRange> Ports { get; } = Bit((ref i) => ref i.Flags, INatRange.MapsPorts);

    /// <inheritdoc/>
    protected override void Begin(ref TRange info) => info.Begin();

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <summary>Declares an option that is one of the range's flags.</summary>
    protected static Option RangeFlag(string name, uint flag, string summary) =>
        Flag(name, Bit((ref i) => ref i.Flags, flag), summary);

    /// <summary>Whether there is anything that a packet is mapped to.</summary>
    protected static bool Maps(in TRange range)
    {
        TRange copy = range;
        return (copy.Flags & (INatRange.MapsAddresses | INatRange.MapsPorts)) != 0;
    }
}

using Sharptables.Extensions.Syntax;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j MASQUERADE</c>.</summary>
/// <typeparam name="TRange">The kernel's struct of the family.</typeparam>
internal sealed class Masquerade<TRange> : NatTarget<TRange>
    where TRange : unmanaged, INatRange
{
    /// <inheritdoc/>
    public override string Name => "MASQUERADE";

    /// <inheritdoc/>
    protected override AddressTranslation? Kind => AddressTranslation.Masquerade;

    /// <inheritdoc/>
    public override string Summary => "Gives the connection the address of the interface it leaves by as its source.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(["nat"], Hooks.PostRouting);

    public Masquerade() => Options =
    [
        Option("to-ports", new NatPorts<TRange>(), (ref i) => ref i, "The new source port, or a range of them.",
            present: Ports, label: " masq ports: "),
        RangeFlag("random", INatRange.IsRandom, "Chooses the source port at random."),
        RangeFlag("random-fully", INatRange.IsRandomFully, "Chooses the source port at random, whatever port the packet had."),
    ];
}

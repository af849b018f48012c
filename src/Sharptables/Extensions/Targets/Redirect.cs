using Sharptables.Extensions.Syntax;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j REDIRECT</c>.</summary>
/// <typeparam name="TRange">The kernel's struct of the family.</typeparam>
internal sealed class Redirect<TRange> : NatTarget<TRange>
    where TRange : unmanaged, INatRange
{
    /// <inheritdoc/>
    public override string Name => "REDIRECT";

    /// <inheritdoc/>
    protected override AddressTranslation? Kind => AddressTranslation.Redirect;

    /// <inheritdoc/>
    public override string Summary => "Redirects the connection to this machine.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(["nat"], Hooks.PreRouting | Hooks.Output);

    public Redirect() => Options =
    [
        Option("to-ports", new NatPorts<TRange>(), (ref i) => ref i, "The new destination port, or a range of them.",
            present: Ports, label: " redir ports "),
        RangeFlag("random", INatRange.IsRandom, "Chooses the source port at random."),
    ];
}

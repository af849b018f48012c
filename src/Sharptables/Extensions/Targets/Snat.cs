using Sharptables.Extensions.Syntax;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j SNAT</c>.</summary>
/// <typeparam name="TRange">The kernel's struct: <see cref="NatRangeIPv4"/> is revision 0, <see cref="NatRange"/> revision 1.</typeparam>
internal sealed class Snat<TRange> : NatTarget<TRange>
    where TRange : unmanaged, INatRange
{
    /// <inheritdoc/>
    public override string Name => "SNAT";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XT_NAT";

    /// <inheritdoc/>
    protected override AddressTranslation? Kind => AddressTranslation.Snat;

    /// <inheritdoc/>
    public override string Summary => "Changes the source of the connection.";

    /// <inheritdoc/>
    public override byte Revision => typeof(TRange) == typeof(NatRangeIPv4) ? (byte)0 : (byte)1;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(["nat"], Hooks.PostRouting | Hooks.Input);

    public Snat() => Options =
    [
        Option("to-source", new NatMapping<TRange>("[<ipaddr>[-<ipaddr>]][:port[-port]]"), (ref i) => ref i,
            "The new source: an address or a range of them, and a port or a range.", required: true, when: Maps, label: " to:"),
        RangeFlag("random", INatRange.IsRandom, "Chooses the source port at random."),
        RangeFlag("random-fully", INatRange.IsRandomFully, "Chooses the source port at random, whatever port the packet had."),
        RangeFlag("persistent", INatRange.IsPersistent, "Gives a client the same address for each of its connections."),
    ];
}

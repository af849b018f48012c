using Sharptables.Extensions.Syntax;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j DNAT</c>.</summary>
internal sealed class Dnat : NatTarget<NatRange2>
{
    /// <inheritdoc/>
    public override string Name => "DNAT";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XT_NAT";

    /// <inheritdoc/>
    protected override AddressTranslation? Kind => AddressTranslation.Dnat;

    /// <inheritdoc/>
    public override string Summary => "Changes the destination of the connection.";

    /// <inheritdoc/>
    public override byte Revision => 2;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(["nat"], Hooks.PreRouting | Hooks.Output);

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
        [Older<NatRangeIPv4>(0, Narrow, Widen, families: Families.IPv4), Older<NatRange>(1, Narrow, Widen)];

    public Dnat() => Options =
    [
        Option("to-destination", new NatMapping<NatRange2>("[<ipaddr>[-<ipaddr>]][:port[-port[/port]]]"), (ref i) => ref i,
            "The new destination: an address or a range of them, and a port or a range that may be shifted from a base port.",
            required: true, when: Maps, label: " to:"),
        RangeFlag("random", INatRange.IsRandom, "Chooses the source port at random."),
        RangeFlag("persistent", INatRange.IsPersistent, "Gives a client the same address for each of its connections."),
    ];

    private static string? Narrow<TOld>(in NatRange2 newest, ref TOld older)
        where TOld : unmanaged, INatRange
    {
        NatRange2 range = newest;
        older.Begin();
        Copy(ref range, ref older);
        return (range.Range.Flags & INatRange.IsShifted) == 0 ? null : "a base port needs Linux 4.18";
    }

    private static void Widen<TOld>(in TOld older, ref NatRange2 newest)
        where TOld : unmanaged, INatRange
    {
        TOld range = older;
        Copy(ref range, ref newest);
    }

    private static void Copy<TFrom, TTo>(ref TFrom from, ref TTo to)
        where TFrom : unmanaged, INatRange
        where TTo : unmanaged, INatRange
    {
        int length = int.Min(from.FirstAddress.Length, to.FirstAddress.Length);
        to.Flags = from.Flags;
        from.FirstAddress[..length].CopyTo(to.FirstAddress);
        from.LastAddress[..length].CopyTo(to.LastAddress);
        to.FirstPort = from.FirstPort;
        to.LastPort = from.LastPort;
    }
}

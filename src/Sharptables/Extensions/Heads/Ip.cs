using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions.Heads;

/// <summary>The head of an IPv4 rule.</summary>
internal sealed class Ip : IpHead<IptIp, uint>
{
    private const byte IsFragment = 1; // IPT_F_FRAG

    /// <inheritdoc/>
    public override string Name => "ip";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_IPTABLES";

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Source((ref i) => ref i.Source, Inverted((ref i) => ref i.Inversions, Inversions.Source)),
        Destination((ref i) => ref i.Destination, Inverted((ref i) => ref i.Inversions, Inversions.Destination)),
        InInterface((ref i) => ref i.InInterface, Inverted((ref i) => ref i.Inversions, Inversions.InInterface),
            when: static (in i) => i.InInterface.HasMask || IsInverted(i.Inversions, Inversions.InInterface)),
        OutInterface((ref i) => ref i.OutInterface, Inverted((ref i) => ref i.Inversions, Inversions.OutInterface),
            when: static (in i) => i.OutInterface.HasMask || IsInverted(i.Inversions, Inversions.OutInterface)),
        Protocol((ref i) => ref i.Protocol, Inverted((ref i) => ref i.Inversions, Inversions.Protocol),
            when: static (in i) => i.Protocol != 0),
        new Option<IptIp>("fragments", "Only second and later fragments.")
        {
            Letter = 'f',
            Rank = 10,
            Present = Bit((ref i) => ref i.Flags, IsFragment),
            Invert = Inverted((ref i) => ref i.Inversions, Inversions.Fragment),
        },
    ];

    /// <inheritdoc/>
    public override (string Own, string[] Options)[] HelpPlaces => [.. base.HelpPlaces, ("exact", ["fragments"])];

    /// <inheritdoc/>
    protected override IpFields Fields(in IptIp info) => new()
    {
        Source = Bytes(in info.Source.Value),
        SourceMask = Bytes(in info.Source.Mask),
        Destination = Bytes(in info.Destination.Value),
        DestinationMask = Bytes(in info.Destination.Mask),
        InInterface = info.InInterface.Value,
        InInterfaceMask = info.InInterface.Mask,
        OutInterface = info.OutInterface.Value,
        OutInterfaceMask = info.OutInterface.Mask,
        Protocol = info.Protocol,
        Flags = info.Flags,
        Inversions = (Inversions)info.Inversions,
        IsFragment = (info.Flags & IsFragment) != 0,
    };
}

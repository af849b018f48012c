using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Extensions.Heads;

/// <summary>The head of an IPv6 rule.</summary>
internal sealed class Ip6 : IpHead<Ip6tIp6, Ipv6Address>
{
    private const byte HasProtocol = 1; // IP6T_F_PROTO

    /// <inheritdoc/>
    public override string Name => "ip6";

    /// <inheritdoc/>
    public override string KernelOption => "IP6_NF_IPTABLES";

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
            when: static (in i) => i.Protocol != 0, neverMatched: [43, 44, 51, 60]), // extension headers, which the kernel skips
    ];

    /// <inheritdoc/>
    public override string? Refusal(byte letter) => letter == 'f' ? "`-f' is not supported in IPv6, use -m frag instead" : null;

    /// <inheritdoc/>
    protected override void Finish(ref Ip6tIp6 info, in Given given, RuleInProgress rule)
    {
        base.Finish(ref info, given, rule);
        if (given["protocol"])
        {
            info.Flags |= HasProtocol; // also for "all"
        }
    }

    /// <inheritdoc/>
    protected override IpFields Fields(in Ip6tIp6 info) => new()
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
        TrafficClass = info.Tos,
    };
}

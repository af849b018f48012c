using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m udp</c>.</summary>
internal sealed class Udp : Match<UdpInfo>
{
    private static readonly PortRange s_ports = new(Protocol.Udp);

    /// <inheritdoc/>
    public override string Name => "udp";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XTABLES";

    /// <inheritdoc/>
    public override string Summary => "Matches UDP packets by ports.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [Protocol.Udp]);

    public Udp() => Native = Options =
    [
        Option("sport", s_ports, (ref i) => ref i.Sources, "The source port, or a range of ports.", absent: Interval<ushort>.All,
            of: Field.Udp.SourcePort, invert: Bit((ref i) => ref i.Inversions, 1), label: " spt", listing: s_ports.List, fullName: "source-port"),
        Option("dport", s_ports, (ref i) => ref i.Destinations, "The destination port, or a range of ports.", absent: Interval<ushort>.All,
            of: Field.Udp.DestinationPort, invert: Bit((ref i) => ref i.Inversions, 2), label: " dpt", listing: s_ports.List, fullName: "destination-port"),
    ];
}

/// <summary>The kernel's struct for <c>-m udp</c>.</summary>
[KernelStruct("struct xt_udp", "linux/netfilter/xt_tcpudp.h")]
[StructLayout(LayoutKind.Sequential)]
public struct UdpInfo
{
    /// <summary>The ports it comes from.</summary>
    public Interval<ushort> Sources;

    /// <summary>The ports it goes to.</summary>
    public Interval<ushort> Destinations;

    /// <summary>What is inverted: 1 the sources, 2 the destinations.</summary>
    public byte Inversions;
}

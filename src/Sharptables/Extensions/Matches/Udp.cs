using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m udp</c>.</summary>
public sealed class Udp : Match<Udp.Info>
{
    private static readonly PortRange s_ports = new(17);
    private static readonly Bit<Info> s_otherSources = Bit((ref i) => ref i.Inversions, 1);
    private static readonly Bit<Info> s_otherDestinations = Bit((ref i) => ref i.Inversions, 2);

    /// <inheritdoc/>
    public override string Name => "udp";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XTABLES";

    /// <inheritdoc/>
    public override string Summary => "Matches UDP packets by ports.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [17]);

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Option("sport", s_ports, (ref i) => ref i.Sources, "The port it comes from, or a range of ports.",
            when: static (in i) => !i.Sources.IsAll || s_otherSources.IsSet(i), invert: s_otherSources,
            fullName: "source-port", aliases: ["source-port"]),
        Option("dport", s_ports, (ref i) => ref i.Destinations, "The port it goes to, or a range of ports.",
            when: static (in i) => !i.Destinations.IsAll || s_otherDestinations.IsSet(i), invert: s_otherDestinations,
            fullName: "destination-port", aliases: ["destination-port"]),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref Info info, RuleInProgress rule) => info.Sources = info.Destinations = new(0, ushort.MaxValue);

    /// <summary>iptables has the ports in a form of its own: <c>spts:!1:5</c>.</summary>
    protected override void List(in Info info, Output output, in Format format)
    {
        output.Write(" udp"u8);
        s_ports.List(" spt", info.Sources, s_otherSources.IsSet(info), output, format);
        s_ports.List(" dpt", info.Destinations, s_otherDestinations.IsSet(info), output, format);
    }

    /// <summary>The kernel's struct.</summary>
    [KernelStruct("struct xt_udp", "linux/netfilter/xt_tcpudp.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        /// <summary>The ports it comes from.</summary>
        public Interval<ushort> Sources;

        /// <summary>The ports it goes to.</summary>
        public Interval<ushort> Destinations;

        /// <summary>What is inverted: 1 the sources, 2 the destinations.</summary>
        public byte Inversions;
    }
}

using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m tcp</c>.</summary>
public sealed class Tcp : Match<Tcp.Info>
{
    private const byte Syn = 0x02;
    private const string OneFlagsOption = "Only one of `--syn' or `--tcp-flags'  allowed"; // the two blanks are iptables'

    private static readonly PortRange s_ports = new(6, isStrict: true);
    private static readonly Bit<Info> s_otherSources = Bit((ref i) => ref i.Inversions, 1);
    private static readonly Bit<Info> s_otherDestinations = Bit((ref i) => ref i.Inversions, 2);
    private static readonly Bit<Info> s_otherFlags = Bit((ref i) => ref i.Inversions, 4);
    private static readonly Bit<Info> s_otherOption = Bit((ref i) => ref i.Inversions, 8);

    /// <inheritdoc/>
    public override string Name => "tcp";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XTABLES";

    /// <inheritdoc/>
    public override string Summary => "Matches TCP packets by ports, flags and options.";

    /// <inheritdoc/>
    public override string[] HelpFirst => ["tcp-flags", "syn"];

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [6]);

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Option("sport", s_ports, (ref i) => ref i.Sources, "The port it comes from, or a range of ports.",
            when: static (in i) => !i.Sources.IsAll || s_otherSources.IsSet(i), invert: s_otherSources,
            fullName: "source-port", aliases: ["source-port"], complaint: "Only one `--source-port' allowed"),
        Option("dport", s_ports, (ref i) => ref i.Destinations, "The port it goes to, or a range of ports.",
            when: static (in i) => !i.Destinations.IsAll || s_otherDestinations.IsSet(i), invert: s_otherDestinations,
            fullName: "destination-port", aliases: ["destination-port"], complaint: "Only one `--destination-port' allowed"),
        Option("tcp-option", new Number<byte>(1, byte.MaxValue, placeholder: "number", complaint: "Bad TCP option \"{0}\""),
            (ref i) => ref i.Option, "An option that the TCP header has, by number.",
            when: static (in i) => i.Option != 0 || s_otherOption.IsSet(i), invert: s_otherOption,
            complaint: "Only one `--tcp-option' allowed", label: " option=", invertedLabel: " option=!"),
        Option("tcp-flags", new TcpFlagsSyntax(), (ref i) => ref i.Flags,
            "Of the flags in the first list, those in the second are set and no others: SYN ACK FIN RST URG PSH ALL NONE.",
            when: static (in i) => i.Flags != default || s_otherFlags.IsSet(i), invert: s_otherFlags,
            excludes: ["syn"], complaint: OneFlagsOption, label: " flags:", invertedLabel: " flags:!"),
        Preset("syn", static (ref i) => i.Flags = new() { Mask = 0x17, Set = Syn },
            "The packet that opens a connection: the same as --tcp-flags SYN,RST,ACK,FIN SYN.",
            invert: s_otherFlags, excludes: ["tcp-flags"], complaint: OneFlagsOption),
    ];

    /// <summary>Whether only packets with SYN are meant, as the kernel's TCPMSS wants it.</summary>
    internal static bool AsksForSyn(in Info info) => (info.Flags.Set & Syn) != 0 && !s_otherFlags.IsSet(info);

    /// <inheritdoc/>
    protected override void Begin(ref Info info, RuleInProgress rule) => info.Sources = info.Destinations = new(0, ushort.MaxValue);

    /// <summary>iptables has the ports in a form of its own: <c>spts:!1:5</c>.</summary>
    protected override void List(in Info info, Output output, in Format format)
    {
        output.Write(" tcp"u8);
        s_ports.List(" spt", info.Sources, s_otherSources.IsSet(info), output, format);
        s_ports.List(" dpt", info.Destinations, s_otherDestinations.IsSet(info), output, format);
        ListOptions(info, output, format, from: 2);
    }

    /// <summary>The kernel's struct.</summary>
    [KernelStruct("struct xt_tcp", "linux/netfilter/xt_tcpudp.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        /// <summary>The ports it comes from.</summary>
        public Interval<ushort> Sources;

        /// <summary>The ports it goes to.</summary>
        public Interval<ushort> Destinations;

        /// <summary>The number of a TCP option; 0 for none.</summary>
        public byte Option;

        /// <summary>The flags.</summary>
        public TcpFlags Flags;

        /// <summary>What is inverted: 1 the sources, 2 the destinations, 4 the flags, 8 the option.</summary>
        public byte Inversions;
    }
}

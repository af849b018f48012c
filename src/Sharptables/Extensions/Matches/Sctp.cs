using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m sctp</c>.</summary>
public sealed class Sctp : Match<Sctp.Info>
{
    private static readonly PortRange s_ports = new(132, isStrict: true);
    private static readonly Bit<Info> s_sources = Bit((ref i) => ref i.Flags, 1);
    private static readonly Bit<Info> s_destinations = Bit((ref i) => ref i.Flags, 2);
    private static readonly Bit<Info> s_otherSources = Bit((ref i) => ref i.Inversions, 1);
    private static readonly Bit<Info> s_otherDestinations = Bit((ref i) => ref i.Inversions, 2);

    /// <inheritdoc/>
    public override string Name => "sctp";

    /// <inheritdoc/>
    public override string Summary => "Matches SCTP packets by ports and by the chunks that they hold.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [132]);

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Option("sport", s_ports, (ref i) => ref i.Sources, "The port it comes from, or a range of ports.",
            present: s_sources, invert: s_otherSources, fullName: "source-port", aliases: ["source-port"],
            complaint: "Only one `--source-port' allowed"),
        Option("dport", s_ports, (ref i) => ref i.Destinations, "The port it goes to, or a range of ports.",
            present: s_destinations, invert: s_otherDestinations, fullName: "destination-port", aliases: ["destination-port"],
            complaint: "Only one `--destination-port' allowed"),
        new Option<Info, SctpChunks>("chunk-types", new SctpChunkSyntax(), (ref i) => ref i.Chunks,
            "It holds all of the chunks, any of them, or only such; a flag behind a chunk must be set, in small letters clear.")
        {
            Present = Bit((ref i) => ref i.Flags, 4),
            Invert = Bit((ref i) => ref i.Inversions, 4),
            Label = " ",
            InvertedLabel = " ! ",
            Complaint = "Only one `--chunk-types' allowed",
            SecondComplaint = "--chunk-types requires two args",
        },
    ];

    /// <summary>Marks the places for flags as free.</summary>
    protected override void Begin(ref Info info, RuleInProgress rule)
    {
        foreach (ref SctpChunks.FlagSet flags in (Span<SctpChunks.FlagSet>)info.Chunks.Flags)
        {
            flags.Type = byte.MaxValue;
        }
    }

    /// <summary>iptables has the ports in a form of its own: <c>spts:!1:5</c>.</summary>
    protected override void List(in Info info, Output output, in Format format)
    {
        output.Write(" sctp"u8);
        if (s_sources.IsSet(info))
        {
            s_ports.List(" spt", info.Sources, s_otherSources.IsSet(info), output, format);
        }

        if (s_destinations.IsSet(info))
        {
            s_ports.List(" dpt", info.Destinations, s_otherDestinations.IsSet(info), output, format);
        }

        ListOptions(info, output, format, from: 2);
    }

    /// <summary>The kernel's struct.</summary>
    [KernelStruct("struct xt_sctp_info", "linux/netfilter/xt_sctp.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        /// <summary>The ports it goes to.</summary>
        public Interval<ushort> Destinations;

        /// <summary>The ports it comes from.</summary>
        public Interval<ushort> Sources;

        /// <summary>The chunks.</summary>
        public SctpChunks Chunks;

        /// <summary>What counts: 1 the sources, 2 the destinations, 4 the chunks.</summary>
        [KernelField("flags")]
        public uint Flags;

        /// <summary>What is inverted, by the same bits.</summary>
        [KernelField("invflags")]
        public uint Inversions;
    }
}

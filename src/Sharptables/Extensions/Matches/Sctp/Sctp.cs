using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m sctp</c>.</summary>
internal sealed class Sctp : Match<SctpInfo>
{
    private const uint ChunksFlag = 4; // XT_SCTP_CHUNK_TYPES

    private static readonly PortRange s_ports = new(Protocol.Sctp, isStrict: true);

    /// <inheritdoc/>
    public override string Name => "sctp";

    /// <inheritdoc/>
    public override string Summary => "Matches SCTP packets by ports and chunks.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [Protocol.Sctp]);

    public Sctp() => Options =
    [
        Option("sport", s_ports, (ref i) => ref i.Sources, "The source port, or a range of ports.",
            of: Field.Sctp.SourcePort, present: Asked(1), invert: Inverted(1), label: " spt", listing: s_ports.List, fullName: "source-port",
            complaint: "Only one `--source-port' allowed"),
        Option("dport", s_ports, (ref i) => ref i.Destinations, "The destination port, or a range of ports.",
            of: Field.Sctp.DestinationPort, present: Asked(2), invert: Inverted(2), label: " dpt", listing: s_ports.List, fullName: "destination-port",
            complaint: "Only one `--destination-port' allowed"),
        new Option<SctpInfo, SctpChunks>("chunk-types", new SctpChunkSyntax(), (ref i) => ref i.Chunks,
            "Whether all, any or only these chunks must be present; a chunk's flag must be set if in upper case, clear if in lower case.")
        {
            Present = Asked(ChunksFlag),
            Invert = Inverted(ChunksFlag),
            Label = " ",
            InvertedLabel = " ! ",
            Complaint = "Only one `--chunk-types' allowed",
            SecondComplaint = "--chunk-types requires two args",
        },
    ];

    /// <summary>Marks the slots for flags as free.</summary>
    protected override void Begin(ref SctpInfo info)
    {
        foreach (ref SctpChunks.FlagSet flags in (Span<SctpChunks.FlagSet>)info.Chunks.Flags)
        {
            flags.Type = byte.MaxValue;
        }
    }

    private static Switch<SctpInfo> Asked(uint bit) => Bit((ref i) => ref i.Flags, bit);

    private static Switch<SctpInfo> Inverted(uint bit) => Bit((ref i) => ref i.Inversions, bit);

    /// <inheritdoc/>
    public override Statement? EffectOf(ReadOnlySpan<byte> payload) => As(payload) is var info && (info.Flags & ChunksFlag) != 0
        && SctpChunkSyntax.TryAsk(info.Chunks, (info.Inversions & ChunksFlag) != 0, out bool exists, out List<string> words) && words is [var chunk]
        ? new Statement.Asked(chunk, Values.Only(1), !exists) : null;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref SctpInfo info)
    {
        if (statement is not Statement.Asked { Words: ['s', 'c', 't', 'p', ..] words, Values.Intervals: [var (first, last)] } asked || first != last || first > 1)
        {
            return false;
        }

        bool isInverted = asked.IsInverted ^ (first == 0), wasInverted = (info.Inversions & ChunksFlag) != 0;
        bool can = (info.Flags & ChunksFlag) == 0 || wasInverted == isInverted;
        info.Flags |= ChunksFlag;
        info.Inversions = isInverted ? ChunksFlag : 0;
        return can && SctpChunkSyntax.TryTake(words, isInverted, ref info.Chunks);
    }

    /// <inheritdoc/>
    protected override bool Translate(in SctpInfo info, NftText nft)
    {
        _ = nft.TryWrite(ConditionsIn(MemoryMarshal.AsBytes(new ReadOnlySpan<SctpInfo>(in info)), nft.Family, out _));
        return (info.Flags & ChunksFlag) == 0 || SctpChunkSyntax.Translate(info.Chunks, (info.Inversions & ChunksFlag) != 0, nft);
    }
}

/// <summary>The kernel's struct for <c>-m sctp</c>.</summary>
[KernelStruct("struct xt_sctp_info", "linux/netfilter/xt_sctp.h")]
[StructLayout(LayoutKind.Sequential)]
public struct SctpInfo
{
    /// <summary>The ports it goes to.</summary>
    public Interval<ushort> Destinations;

    /// <summary>The ports it comes from.</summary>
    public Interval<ushort> Sources;

    /// <summary>The chunks.</summary>
    public SctpChunks Chunks;

    /// <summary>What is compared: 1 source, 2 destination, 4 chunks.</summary>
    [KernelField("flags")]
    public uint Flags;

    /// <summary>What is inverted, by the same bits.</summary>
    [KernelField("invflags")]
    public uint Inversions;
}

using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j CT</c>.</summary>
internal sealed class Ct : Target<CtInfo>
{
    /// <summary><c>XT_CT_NOTRACK | XT_CT_NOTRACK_ALIAS</c>: what <c>-j NOTRACK</c> sets.</summary>
    internal const ushort NoTrackAlias = NoTrackFlag | (1 << 1);

    private const ushort NoTrackFlag = 1 << 0;
    private const ushort OriginalFlag = 1 << 2;
    private const ushort ReplyFlag = 1 << 3;
    private const ushort MarkFlag = 1 << 4;

    private static readonly KeywordSet<uint> s_events = new(
        [
            ("new", 1 << 0), ("related", 1 << 1), ("destroy", 1 << 2), ("reply", 1 << 3), ("assured", 1 << 4),
            ("protoinfo", 1 << 5), ("helper", 1 << 6), ("mark", 1 << 7), ("natseqinfo", 1 << 8), ("secmark", 1 << 9),
        ],
        static (rest, _) => Unknown(rest),
        isExact: true);

    private static readonly KeywordSet<uint> s_expectationEvents = new([("new", 1 << 0)], static (rest, _) => Unknown(rest), isExact: true);

    /// <inheritdoc/>
    public override string Name => "CT";

    /// <inheritdoc/>
    public override string Summary => "Sets how connection tracking treats the packet's connection.";

    /// <inheritdoc/>
    public override bool AsksForNamed => true;

    /// <inheritdoc/>
    public override byte Revision => 2;

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["raw"]);

    /// <summary>The pointer at the end is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Timeout);

    public Ct() => Options =
    [
        Flag("notrack", Bit((ref i) => ref i.Flags, NoTrackFlag), "Does not track the connection."),
        Option("helper", new BoundedText<CtInfo.HelperName>(isName: true, placeholder: "name"), (ref i) => ref i.Helper,
            "Assigns this helper, for protocols that open further connections.",
            when: static (in i) => !BoundedText<CtInfo.HelperName>.Text(i.Helper).IsEmpty),
        Option("timeout", new BoundedText<CtInfo.PolicyName>(isName: true, placeholder: "name"), (ref i) => ref i.Timeout,
            "Applies this timeout policy to the connection.",
            when: static (in i) => !BoundedText<CtInfo.PolicyName>.Text(i.Timeout).IsEmpty, since: 1),
        Option("ctevents", s_events, (ref i) => ref i.Events, "Reports only these events of the connection.",
            absent: 0u),
        Option("expevents", s_expectationEvents, (ref i) => ref i.ExpectationEvents, "Reports only these events of expected connections.",
            absent: 0u),
        Zone("zone", 0, "Puts the connection into this zone, or into the zone of the packet's mark."),
        Zone("zone-orig", OriginalFlag, "The same as {--zone}, only for the direction of the first packet."),
        Zone("zone-reply", ReplyFlag, "The same as {--zone}, only for the direction of replies."),
    ];

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older<CtInfo>(1, static i => NeedsNewest(i)),
        Older(
            0,
            static (in CtInfo i, ref Info0 old) =>
            {
                (old.Flags, old.Zone, old.Events, old.ExpectationEvents, old.Helper) =
                    (i.Flags, i.Zone, i.Events, i.ExpectationEvents, i.Helper);
                return NeedsNewest(i) ?? (i.Timeout[0] == 0 ? null : "--timeout needs revision 1");
            },
            static (in Info0 old, ref CtInfo i) => (i.Flags, i.Zone, i.Events, i.ExpectationEvents, i.Helper) =
                (old.Flags, old.Zone, old.Events, old.ExpectationEvents, old.Helper)),
    ];

    /// <summary>A rule with more than NOTRACK can express keeps its own name, so that nothing is lost.</summary>
    protected override string? Alias(in CtInfo info) =>
        info.Flags == NoTrackAlias && HasOnlyFlags(info) ? "NOTRACK" : null;

    private static bool HasOnlyFlags(in CtInfo info) =>
        info.Zone == 0 && info.Events == 0 && info.ExpectationEvents == 0 && info.Helper[0] == 0 && info.Timeout[0] == 0;

    private static string Unknown(string rest) => $"Unknown event type \"{rest.Split(',')[0]}\"";

    private static string? NeedsNewest(in CtInfo info) =>
        (info.Flags & ~NoTrackFlag) == 0 ? null : "a zone by direction or mark needs revision 2";

    private static PairOption<CtInfo, Zoning> Zone(string name, ushort direction, string summary) => new(
        name,
        new ZoneSyntax(),
        static (in i) => new() { Id = i.Zone, IsMark = (i.Flags & MarkFlag) != 0 },
        static (ref i, in zone) => (i.Zone, i.Flags) = (zone.Id, (ushort)(i.Flags | (zone.IsMark ? MarkFlag : 0))),
        summary)
    {
        Present = Switch(
            (in i) => (i.Zone != 0 || (i.Flags & MarkFlag) != 0) && DirectionOf(i) == direction,
            (ref i) => i.Flags |= direction),
    };

    /// <summary>Both directions are the same as none.</summary>
    private static int DirectionOf(in CtInfo info) => (info.Flags & (OriginalFlag | ReplyFlag)) switch
    {
        OriginalFlag | ReplyFlag => 0,
        var one => one,
    };

    /// <inheritdoc/>
    public override Statement? EffectOf(ReadOnlySpan<byte> payload) =>
        As(payload) is var info && (info.Flags & ~NoTrackAlias) == 0 && (info.Flags & NoTrackFlag) != 0 && HasOnlyFlags(info) ? new Statement.NoTrack() : null;

    /// <inheritdoc/>
    protected override bool Translate(in CtInfo info, NftText nft) =>
        EffectOf(MemoryMarshal.AsBytes(new ReadOnlySpan<CtInfo>(in info))) is { } statement && nft.TryWrite(statement);

    [KernelStruct("struct xt_ct_target_info", "linux/netfilter/xt_CT.h")]
    [StructLayout(LayoutKind.Sequential, Size = 40)] // includes the kernel's private pointer at the end
    private struct Info0
    {
        public ushort Flags;
        public ushort Zone;
        [KernelField("ct_events")]
        public uint Events;
        [KernelField("exp_events")]
        public uint ExpectationEvents;
        public CtInfo.HelperName Helper;
    }

    /// <summary>A conntrack zone: a number, or the packet's mark.</summary>
    private struct Zoning
    {
        /// <summary>The number.</summary>
        public ushort Id;

        /// <summary>Whether the zone is the packet's mark.</summary>
        public bool IsMark;
    }

    private sealed class ZoneSyntax : Syntax<Zoning>
    {
        public override string Placeholder => "{ID|mark}";

        public override void Parse(in Argument argument, ref Zoning field)
        {
            if (Ascii.EqualsIgnoreCase(argument.Text, "mark"u8))
            {
                field.IsMark = true;
            }
            else if (Numerals.TryRead(argument.Text, 0, ushort.MaxValue, out ulong zone))
            {
                field.Id = (ushort)zone;
            }
            else
            {
                throw new UsageException($"Cannot parse {argument.Word} as a zone ID");
            }
        }

        public override void Write(in Zoning field, Output output, in Format format)
        {
            if (field.IsMark)
            {
                output.Write("mark"u8);
            }
            else
            {
                output.WriteNumber((ulong)field.Id);
            }
        }
    }

    /// <summary>Only a packet that no connection is known of, as in the table raw, can be left out.</summary>
    protected override Fate? Act(in CtInfo info, Packet packet) => LeaveOut(info, packet);

    /// <summary>Does it.</summary>
    internal static Fate LeaveOut(in CtInfo info, Packet packet)
    {
        if ((info.Flags & NoTrackFlag) != 0)
        {
            packet.Put(Field.Ct.State, new(ushort.MaxValue, StateField.Untracked));
        }

        return Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j CT</c>.</summary>
[KernelStruct("struct xt_ct_target_info_v1", "linux/netfilter/xt_CT.h")]
[StructLayout(LayoutKind.Sequential)]
public struct CtInfo
{
    /// <summary><c>XT_CT_*</c>.</summary>
    public ushort Flags;

    /// <summary>The zone, which all three zone options share.</summary>
    public ushort Zone;

    /// <summary>A bit for each <c>IPCT_*</c> (linux/netfilter/nf_conntrack_common.h).</summary>
    [KernelField("ct_events")]
    public uint Events;

    /// <summary>A bit for each <c>IPEXP_*</c>.</summary>
    [KernelField("exp_events")]
    public uint ExpectationEvents;

    /// <summary>The helper's name.</summary>
    public HelperName Helper;

    /// <summary>The timeout policy's name.</summary>
    public PolicyName Timeout;

    /// <summary>Private to the kernel.</summary>
    [KernelField("ct")]
    public ulong Template;

    /// <summary><c>char helper[16]</c>.</summary>
    [InlineArray(16)]
    public struct HelperName
    {
        private byte _first;
    }

    /// <summary><c>char timeout[32]</c>.</summary>
    [InlineArray(32)]
    public struct PolicyName
    {
        private byte _first;
    }
}

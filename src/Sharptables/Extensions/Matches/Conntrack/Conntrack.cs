using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m conntrack</c>.</summary>
internal sealed class Conntrack : Match<ConntrackInfo>
{
    /// <summary><c>XT_CONNTRACK_STATE</c>: the state is compared.</summary>
    internal const ushort StateFlag = 1 << 0;

    /// <summary><c>XT_CONNTRACK_STATE_ALIAS</c>: it was given as <c>-m state</c>.</summary>
    internal const ushort AliasFlag = 1 << 13;

    private const ushort DirectionFlag = 1 << 12;

    /// <summary>The states that <c>-m state</c> knows, in the order of writing: bits of <c>ip_conntrack_info</c>.</summary>
    internal static readonly (string Word, ushort Bit)[] PlainStates =
        [("INVALID", 1 << 0), ("NEW", 1 << 3), ("RELATED", 1 << 2), ("ESTABLISHED", 1 << 1), ("UNTRACKED", 1 << 8)];

    private static readonly PortRange s_ports = new(protocol: 0);
    private static readonly KeywordSet<ushort> s_states =
        new([.. PlainStates, ("SNAT", 1 << 6), ("DNAT", 1 << 7)], static (rest, _) => $"Bad ctstate \"{rest}\"");

    private static readonly KeywordSet<ushort> s_statuses = new(
        [("NONE", 0), ("EXPECTED", 1 << 0), ("SEEN_REPLY", 1 << 1), ("ASSURED", 1 << 2), ("CONFIRMED", 1 << 3)],
        static (rest, _) => $"Bad ctstatus \"{rest}\"");

    private readonly Option _state;

    /// <inheritdoc/>
    public override string Name => "conntrack";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by what connection tracking knows about their connection.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("conntrack: At least one option is required");

    /// <inheritdoc/>
    public override byte Revision => 3;

    public Conntrack() => Options =
    [
        _state = Asked("ctstate", 0, s_states, (ref i) => ref i.States, "The states; the packet must be in one of them.", Field.Ct.State),
        Asked("ctproto", 1, new ProtocolNumber(), (ref i) => ref i.Head.Protocol, "The protocol, by name or number.", Field.Ct.Protocol),
        Asked("ctorigsrc", 2, new AddressMaskSyntax(), (ref i) => ref i.Head.OriginalSource, "The source of the first packet.", Field.Ct.OriginalSource),
        Asked("ctorigdst", 3, new AddressMaskSyntax(), (ref i) => ref i.Head.OriginalDestination, "The destination of the first packet.", Field.Ct.OriginalDestination),
        Asked("ctreplsrc", 4, new AddressMaskSyntax(), (ref i) => ref i.Head.ReplySource, "The source of replies.", Field.Ct.ReplySource),
        Asked("ctrepldst", 5, new AddressMaskSyntax(), (ref i) => ref i.Head.ReplyDestination, "The destination of replies.", Field.Ct.ReplyDestination),
        Ports("ctorigsrcport", 8, (ref p) => ref p.OriginalSource, "The source port of the first packet.", Field.Ct.OriginalSourcePort),
        Ports("ctorigdstport", 9, (ref p) => ref p.OriginalDestination, "The destination port of the first packet.", Field.Ct.OriginalDestinationPort),
        Ports("ctreplsrcport", 10, (ref p) => ref p.ReplySource, "The source port of replies.", Field.Ct.ReplySourcePort),
        Ports("ctrepldstport", 11, (ref p) => ref p.ReplyDestination, "The destination port of replies.", Field.Ct.ReplyDestinationPort),
        Asked("ctstatus", 6, s_statuses, (ref i) => ref i.Statuses, "The status of the connection; it must have one of these.", Field.Ct.Status),
        Asked("ctexpire", 7, new IntervalSyntax<uint>("time[:time]"), (ref i) => ref i.Head.Expires,
            "The seconds until the connection expires, or a range.", Field.Ct.Expiration),
        new PairOption<ConntrackInfo, byte>(
            "ctdir",
            new DirectionWord<byte>(1),
            (in i) => (byte)((i.Head.InvertFlags & DirectionFlag) / DirectionFlag),
            (ref i, in way) => i.Head.InvertFlags |= (ushort)(way * DirectionFlag),
            "The direction of the packet.") { Present = Asks(DirectionFlag), Of = Field.Ct.Direction },
    ];

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older<ConntrackInfo2>(2, ConntrackInfo2.Narrow, ConntrackInfo2.Widen),
        Older<ConntrackInfo1>(1, ConntrackInfo1.Narrow, ConntrackInfo1.Widen),
    ];

    /// <summary>The mask of a single IPv4 host has 4 bytes or 16, depending on how it was given; both mean the same.</summary>
    public override bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        ConntrackInfo first = As(a), second = As(b);
        return MemoryMarshal.AsBytes([Canonical(first)]).SequenceEqual(MemoryMarshal.AsBytes([Canonical(second)]));
    }

    /// <summary>For a packet without a connection, the kernel compares only the state.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = _state;
        return packet.LacksConnection && _state.IsWritten(payload)
            ? _state.ConditionIn(payload, packet.Family).Ask(packet) : base.Ask(payload, packet, out by);
    }

    /// <inheritdoc/>
    protected override string? Alias(in ConntrackInfo info) => info.Head.MatchFlags == (StateFlag | AliasFlag) ? "state" : null;

    /// <summary>Declares an option that has the same bit among the match flags and the invert flags.</summary>
    private static Option<ConntrackInfo, T> Asked<T>(string name, int bit, Syntax<T> syntax, FieldRef<ConntrackInfo, T> field,
        string summary, Field of)
        where T : unmanaged => Option(name, syntax, field, summary, of: of, present: Asks(1 << bit), invert: Inverts(1 << bit));

    /// <summary>Declares a port or range; the struct has the first ports of all four, then the last ports.</summary>
    private static PairOption<ConntrackInfo, Interval<ushort>> Ports(
        string name, int bit, FieldRef<ConntrackInfo.TuplePorts, ushort> side, string summary, Field of) => new(
        name,
        s_ports,
        (in i) => new(side(ref Unsafe.AsRef(in i.Head.Ports)), side(ref Unsafe.AsRef(in i.LastPorts))),
        (ref i, in ports) => (side(ref i.Head.Ports), side(ref i.LastPorts)) = (ports.First, ports.Last),
        summary)
        {
            Present = Asks(1 << bit),
            Invert = Inverts(1 << bit),
            Of = of,
        };

    private static Switch<ConntrackInfo> Asks(int flag) => Bit((ref i) => ref i.Head.MatchFlags, (ushort)flag);

    private static Switch<ConntrackInfo> Inverts(int flag) => Bit((ref i) => ref i.Head.InvertFlags, (ushort)flag);

    private ConntrackInfo Canonical(ConntrackInfo info)
    {
        info.Head.OriginalSource.Mask[Family.AddressSize..].Clear();
        info.Head.OriginalDestination.Mask[Family.AddressSize..].Clear();
        info.Head.ReplySource.Mask[Family.AddressSize..].Clear();
        info.Head.ReplyDestination.Mask[Family.AddressSize..].Clear();

        return info;
    }
}

/// <summary>The kernel's struct for <c>-m conntrack</c>.</summary>
[KernelStruct("struct xt_conntrack_mtinfo3", "linux/netfilter/xt_conntrack.h")]
[StructLayout(LayoutKind.Sequential, Size = 164)]
public struct ConntrackInfo
{
    /// <summary>Addresses, ports, flags.</summary>
    [KernelField("origsrc_addr")]
    public Common Head;

    /// <summary>The accepted states.</summary>
    [KernelField("state_mask")]
    public ushort States;

    /// <summary>The accepted statuses.</summary>
    [KernelField("status_mask")]
    public ushort Statuses;

    /// <summary>The last port of each range.</summary>
    [KernelField("origsrc_port_high")]
    public TuplePorts LastPorts;

    /// <summary>A port for each side of the two directions of a connection.</summary>
    public record struct TuplePorts
    {
        /// <summary>The source port of the first packet.</summary>
        public ushort OriginalSource;

        /// <summary>The destination port of the first packet.</summary>
        public ushort OriginalDestination;

        /// <summary>The source port of replies.</summary>
        public ushort ReplySource;

        /// <summary>The destination port of replies.</summary>
        public ushort ReplyDestination;
    }

    /// <summary>What all revisions begin with.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 2)]
    public struct Common
    {
        /// <summary>Source of the first direction.</summary>
        public AddressMask OriginalSource;

        /// <summary>Destination of the first direction.</summary>
        public AddressMask OriginalDestination;

        /// <summary>Source of replies.</summary>
        public AddressMask ReplySource;

        /// <summary>Destination of replies.</summary>
        public AddressMask ReplyDestination;

        /// <summary>Seconds until the connection expires.</summary>
        public Interval<uint> Expires;

        /// <summary>The protocol's number.</summary>
        public ushort Protocol;

        /// <summary>Ports; the first of each range, in the machine's byte order.</summary>
        public TuplePorts Ports;

        /// <summary>What is compared: <c>XT_CONNTRACK_*</c>.</summary>
        public ushort MatchFlags;

        /// <summary>What of it is inverted.</summary>
        public ushort InvertFlags;
    }
}

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m addrtype</c>.</summary>
internal sealed class AddrType : Match<AddrTypeInfo>
{
    private const uint InvertSource = 1 << 0;
    private const uint InvertDestination = 1 << 1;
    private const uint LimitIn = 1 << 2;
    private const uint LimitOut = 1 << 3;
    private const int Broadcast = 3, Multicast = 5; // RTN_* (linux/rtnetlink.h)

    /// <summary>The types that the kernel refuses for IPv6: BROADCAST, BLACKHOLE, and PROHIBIT and those above it.</summary>
    private const ushort RefusedOfIPv6 = 0xff48;

    private static readonly KeywordSet<ushort> s_types = new(
        [
            ("UNSPEC", 1 << 0), ("UNICAST", 1 << 1), ("LOCAL", 1 << 2), ("BROADCAST", 1 << 3), ("ANYCAST", 1 << 4),
            ("MULTICAST", 1 << 5), ("BLACKHOLE", 1 << 6), ("UNREACHABLE", 1 << 7), ("PROHIBIT", 1 << 8), ("THROW", 1 << 9),
            ("NAT", 1 << 10), ("XRESOLVE", 1 << 11),
        ],
        static (rest, more) => more ? $"addrtype: bad type `{rest}'" : $"addrtype: bad type \"{rest}\"",
        heading: "Valid types:");

    /// <summary>nft(8)'s words for the types, which are as many as it has.</summary>
    private static readonly string[] s_words = ["unspec", "unicast", "local", "broadcast", "anycast", "multicast", "blackhole", "unreachable", "prohibit"];

    private readonly Option _sourceType, _destinationType;
    private ushort _refused;

    public static AddrType OfIPv4() => new();

    public static AddrType OfIPv6() => new() { _refused = RefusedOfIPv6 };

    /// <inheritdoc/>
    public override string Name => "addrtype";

    /// <inheritdoc/>
    public override string HelpHeading => "Address type match options:";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the type of their addresses in the routing table.";

    /// <inheritdoc/>
    public override string DependsOn => "the addresses and routes of this machine";

    /// <inheritdoc/>
    public override string ListedAs => " ADDRTYPE match";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne =>
        field ??= new("addrtype: you must specify --src-type or --dst-type", _sourceType, _destinationType);

    /// <inheritdoc/>
    public override byte Revision => 1;

    private AddrType() => Options =
    [
        _sourceType = Option("src-type", s_types, (ref i) => ref i.Source, "The type of the source address.",
            when: static (in i) => i.Source != 0, invert: Bit((ref i) => ref i.Flags, InvertSource),
            label: " src-type ", invertedLabel: " src-type !"),
        _destinationType = Option("dst-type", s_types, (ref i) => ref i.Destination, "The type of the destination address.",
            when: static (in i) => i.Destination != 0, invert: Bit((ref i) => ref i.Flags, InvertDestination),
            label: " dst-type ", invertedLabel: " dst-type !"),
        .. OneOf(
            Flag("limit-iface-in", Bit((ref i) => ref i.Flags, LimitIn),
                "Count as local only addresses of the device the packet came in by.", label: " limit-in"),
            Flag("limit-iface-out", Bit((ref i) => ref i.Flags, LimitOut), "Count as local only addresses of the device it will go out by.",
                label: " limit-out")),
    ];

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older(
            0,
            static (in AddrTypeInfo i, ref Info0 old) =>
            {
                (old.Source, old.Destination) = (i.Source, i.Destination);
                old.InvertSource = i.Flags & InvertSource;
                old.InvertDestination = (i.Flags & InvertDestination) / InvertDestination;
                return (i.Flags & (LimitIn | LimitOut)) == 0 ? null : "--limit-iface-in and --limit-iface-out need revision 1";
            },
            static (in Info0 old, ref AddrTypeInfo i) =>
            {
                (i.Source, i.Destination) = (old.Source, old.Destination);
                i.Flags = (old.InvertSource == 0 ? 0 : InvertSource) | (old.InvertDestination == 0 ? 0 : InvertDestination);
            },
            families: Families.IPv4),
    ];

    /// <inheritdoc/>
    protected override string? Misuse(in AddrTypeInfo info, in Format format) =>
        ((info.Source | info.Destination) & _refused) != 0
            ? "IPv6 has no addresses of the types BROADCAST, BLACKHOLE, PROHIBIT, THROW, NAT and XRESOLVE"
            : null;

    /// <inheritdoc/>
    protected override string? Misuse(in AddrTypeInfo info, Rule rule, Hooks hooks) =>
        (info.Flags & LimitIn) != 0 && (hooks & (Hooks.Output | Hooks.PostRouting)) != 0
            ? "--limit-iface-in works in PREROUTING, INPUT and FORWARD only"
            : (info.Flags & LimitOut) != 0 && (hooks & (Hooks.PreRouting | Hooks.Input)) != 0
                ? "--limit-iface-out works in FORWARD, OUTPUT and POSTROUTING only"
                : null;

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref AddrTypeInfo info)
    {
        if (statement is not Statement.Asked { Words: ['f', 'i', 'b', ' ', ..] words } asked || asked.Values.Intervals is not { Count: > 0 } intervals)
        {
            return false;
        }

        ushort types = 0;
        foreach ((UInt128 first, UInt128 last) in intervals)
        {
            for (UInt128 type = first; type <= last; type++)
            {
                types |= type < (UInt128)s_words.Length ? (ushort)(1 << (int)type) : (ushort)0;
            }

            if (last >= (UInt128)s_words.Length)
            {
                return false;
            }
        }

        bool isSource = words.StartsWith("fib saddr", StringComparison.Ordinal);
        uint? limit = words["fib saddr".Length..] switch { " type" => 0, " . iif type" => LimitIn, " . oif type" => LimitOut, _ => null };
        uint others = info.Flags & (LimitIn | LimitOut);
        ref ushort its = ref isSource ? ref info.Source : ref info.Destination;
        if (limit is null || its != 0 || types == 0 || ((info.Source | info.Destination) != 0 && others != limit))
        {
            return false;
        }

        its = types;
        info.Flags |= limit.Value | (asked.IsInverted ? isSource ? InvertSource : InvertDestination : 0);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in AddrTypeInfo info, NftText nft)
    {
        string device = (info.Flags & LimitIn) != 0 ? " . iif" : (info.Flags & LimitOut) != 0 ? " . oif" : "";
        return TryTranslate("saddr", info.Source, (info.Flags & InvertSource) != 0) && TryTranslate("daddr", info.Destination, (info.Flags & InvertDestination) != 0);

        bool TryTranslate(string address, ushort types, bool isInverted)
        {
            List<string> words = [];
            for (int i = 0; i < s_words.Length; i++)
            {
                if ((types & (1 << i)) != 0)
                {
                    words.Add(s_words[i]);
                }
            }

            return types == 0 || (types >> s_words.Length == 0
                && nft.Write($" fib {address}{device} type{(isInverted ? " !=" : "")} {(words.Count == 1 ? words[0] : $"{{ {string.Join(", ", words)} }}")}"));
        }
    }

    [KernelStruct("struct xt_addrtype_info", "linux/netfilter/xt_addrtype.h")]
    private struct Info0
    {
        public ushort Source;
        [KernelField("dest")]
        public ushort Destination;
        public uint InvertSource;
        [KernelField("invert_dest")]
        public uint InvertDestination;
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        ref readonly AddrTypeInfo info = ref As(payload);
        Answer source = info.Source == 0 ? Answer.Yes : Ask(packet, info, isSource: true), destination = info.Destination == 0 ? Answer.Yes : Ask(packet, info, isSource: false);
        by = source <= destination ? _sourceType : _destinationType;
        return source <= destination ? source : destination;
    }

    private static Answer Ask(Packet packet, in AddrTypeInfo info, bool isSource)
    {
        ushort types = isSource ? info.Source : info.Destination;
        bool isInverted = (info.Flags & (isSource ? InvertSource : InvertDestination)) != 0;
        UInt128? device = (info.Flags & LimitIn) != 0 ? packet.Find(Field.Meta.InInterface) : (info.Flags & LimitOut) != 0 ? packet.Find(Field.Meta.OutInterface) : null;
        bool isLimited = (info.Flags & (LimitIn | LimitOut)) != 0;
        Answer answer = packet.Find(isSource ? Field.Ip.Source : Field.Ip.Destination) is not { } address || (isLimited && device is null) ? Answer.Unknown
            : packet.Family.HasColonsInAddresses ? AskIPv6(packet, types, address, device)
            : (address >> 28 == 0xe ? Multicast : address == 0 || address == uint.MaxValue ? Broadcast : packet.Machine?.TypeOf(packet.Family, address, device)) is { } type
                ? (types & (1 << type)) != 0 ? Answer.Yes : Answer.No
            : types == 1 << Multicast ? Answer.No // which needs no routes
            : Answer.Unknown;
        return answer is Answer.Unknown ? answer : answer is Answer.Yes != isInverted ? Answer.Yes : Answer.No;
    }

    /// <summary>In IPv6 an address may be of several types, and must be of all that are asked for, but that any of those of routing will do.</summary>
    private static Answer AskIPv6(Packet packet, ushort types, UInt128 address, UInt128? device)
    {
        const int Routed = (1 << 2) | (1 << 4) | (1 << 7); // LOCAL, ANYCAST, UNREACHABLE
        bool isMulticast = address >> 120 == 0xff, isUnicast = !isMulticast && address != 0 && address >> 32 != 0xffff;
        if (((types & (1 << Multicast)) != 0 && !isMulticast) || ((types & (1 << 1)) != 0 && !isUnicast) || ((types & 1) != 0 && address != 0))
        {
            return Answer.No;
        }

        return (types & Routed) == 0 ? Answer.Yes
            : packet.Machine?.TypeOf(packet.Family, address, device) is not { } type ? Answer.Unknown
            : (types & Routed & (1 << type)) != 0 ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m addrtype</c>.</summary>
[KernelStruct("struct xt_addrtype_info_v1", "linux/netfilter/xt_addrtype.h")]
[StructLayout(LayoutKind.Sequential)]
public struct AddrTypeInfo
{
    /// <summary>The accepted types of the source, a bit for each <c>RTN_*</c> (linux/rtnetlink.h).</summary>
    public ushort Source;

    /// <summary>The accepted types of the destination.</summary>
    [KernelField("dest")]
    public ushort Destination;

    /// <summary><c>XT_ADDRTYPE_*</c>.</summary>
    public uint Flags;
}

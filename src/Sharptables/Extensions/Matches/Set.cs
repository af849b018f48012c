using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m set</c>.</summary>
internal sealed class Set : Match<SetInfo>
{
    private const byte Equal = 1; // IPSET_COUNTER_EQ
    private const byte NotEqual = 2;
    private const byte Less = 3;
    private const byte Greater = 4;

    // IPSET_FLAG_RETURN_NOMATCH, _SKIP_COUNTER_UPDATE, _SKIP_SUBCOUNTER_UPDATE (linux/netfilter/ipset/ip_set.h)
    private static readonly Switch<SetInfo> s_returnNoMatch = Bit((ref i) => ref i.Flags, 0x80);
    private static readonly Switch<SetInfo> s_skipCounters = Bit((ref i) => ref i.Flags, 0x08);
    private static readonly Switch<SetInfo> s_skipSubcounters = Bit((ref i) => ref i.Flags, 0x10);

    private readonly Option _set, _oldSet;

    /// <inheritdoc/>
    public override string Name => "set";

    /// <inheritdoc/>
    public override string KernelOption => "NETFILTER_XT_SET";

    /// <inheritdoc/>
    public override string Summary => "Matches packets whose addresses or ports are in an IP set (ipset(8)).";

    /// <inheritdoc/>
    public override string DependsOn => "the sets of the kernel";

    /// <inheritdoc/>
    public override bool AsksForNamed => true;

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne => field ??= new("You must specify `--match-set' with proper arguments", _set, _oldSet);

    /// <inheritdoc/>
    public override byte Revision => 4;

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older<Info3>(
            3,
            static (in newest, ref older) =>
            {
                older = new() { MatchSet = newest.MatchSet, Packets = newest.Packets, Bytes = newest.Bytes, Flags = newest.Flags };
                return null;
            },
            static (in older, ref newest) => newest = new()
            {
                MatchSet = older.MatchSet, Packets = older.Packets, Bytes = older.Bytes, Flags = older.Flags,
            }),
        Older<SetReference>(2, NeedsNewer),
        Older<SetReference>(1, NeedsNewer),
        Older<SetReference0>(
            0,
            static (in newest, ref older) => NeedsNewer(newest) ?? SetReference0.Narrow(newest.MatchSet, ref older),
            static (in older, ref newest) => newest.MatchSet = older.Widen(),
            families: Families.IPv4),
    ];

    public Set() => Options =
    [
        _set = Option("match-set", new SetReferenceSyntax(), (ref i) => ref i.MatchSet,
            "The set, and which of the packet's addresses and ports to look up in it.",
            repeat: true, invert: Bit((ref i) => ref i.MatchSet.Flags, 1)),
        _oldSet = Option("set", new SetReferenceSyntax("--set option deprecated, please use --match-set"), (ref i) => ref i.MatchSet,
            "The old name of {--match-set}.", repeat: true, shorthand: true, fullName: "match-set", aliases: [],
            invert: Bit((ref i) => ref i.MatchSet.Flags, 1)),
        new Option<SetInfo>("return-nomatch", "Matches only elements of the set that are marked nomatch.")
        {
            Present = s_returnNoMatch, MayRepeat = true,
            InversionComplaint = "--return-nomatch flag cannot be inverted",
        },
        new Option<SetInfo>("update-counters", "Updates the counters of the element, the default; inverted, leaves them alone.")
        {
            When = s_skipCounters.IsSet, MayRepeat = true, Invert = s_skipCounters,
        },
        new Option<SetInfo>("update-subcounters", "Updates the counters of elements in a set of sets, the default; inverted, leaves them alone.")
        {
            When = s_skipSubcounters.IsSet, MayRepeat = true, Invert = s_skipSubcounters,
        },
        Count("packets-eq", Equal, (ref i) => ref i.Packets, "Only if the element's packet counter equals this."),
        Count("packets-lt", Less, (ref i) => ref i.Packets, "Only if the element's packet counter is less."),
        Count("packets-gt", Greater, (ref i) => ref i.Packets, "Only if the element's packet counter is greater."),
        Count("bytes-eq", Equal, (ref i) => ref i.Bytes, "Only if the element's byte counter equals this."),
        Count("bytes-lt", Less, (ref i) => ref i.Bytes, "Only if the element's byte counter is less."),
        Count("bytes-gt", Greater, (ref i) => ref i.Bytes, "Only if the element's byte counter is greater."),
    ];

    /// <inheritdoc/>
    protected override bool Translate(in SetInfo info, NftText nft)
    {
        bool asksMore = (info.Flags & 0x80) != 0 || info.Packets.Comparison != 0 || info.Bytes.Comparison != 0;
        nft.Why = asksMore ? "nft does not ask elements of sets for counters or exceptions" : null;
        return !asksMore && nft.TryWriteLookup(info.MatchSet.Index, info.MatchSet.Dimensions, info.MatchSet.Flags);
    }

    private static Option<SetInfo, SetInfo.Counter> Count(string name, byte comparison, FieldRef<SetInfo, SetInfo.Counter> field,
        string summary) =>
        new(name, new CounterSyntax(comparison, name[..name.IndexOf('-')]), field, summary)
        {
            MayRepeat = true,
            When = (in i) => field(ref System.Runtime.CompilerServices.Unsafe.AsRef(in i)).Comparison is var c
                && (c == comparison || (c == NotEqual && comparison == Equal)),
            Invert = comparison == Equal ? Is((ref i) => ref field(ref i).Comparison, NotEqual) : null,
            InversionComplaint = $"--{name} option cannot be inverted",
        };

    private static string? NeedsNewer(SetInfo info) => info.Flags != 0 || info.Packets.Comparison != 0 || info.Bytes.Comparison != 0
        ? "all but --match-set needs revision 3"
        : null;

    /// <summary>The same in the order of revision 3.</summary>
    [KernelStruct("struct ip_set_counter_match0", "linux/netfilter/ipset/ip_set.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Counter0
    {
        [KernelField("op")]
        public byte Comparison;
        public ulong Value;

        public static implicit operator SetInfo.Counter(Counter0 c) => new() { Value = c.Value, Comparison = c.Comparison };

        public static implicit operator Counter0(SetInfo.Counter c) => new() { Value = c.Value, Comparison = c.Comparison };
    }

    [KernelStruct("struct xt_set_info_match_v3", "linux/netfilter/xt_set.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Info3
    {
        public SetReference MatchSet;
        public Counter0 Packets;
        public Counter0 Bytes;
        public uint Flags;
    }

    private sealed class CounterSyntax(byte comparison, string unit) : Syntax<SetInfo.Counter>
    {
        public override string Placeholder => "n";

        public override void Parse(in Argument argument, ref SetInfo.Counter field)
        {
            if (field.Comparison != 0)
            {
                throw new UsageException($"only one of the --{unit}-[eq|lt|gt] is allowed");
            }

            if (!Numerals.TryRead(argument.Text, 0, ulong.MaxValue, out field.Value))
            {
                throw new UsageException($"Cannot parse {argument.Word} as a counter value");
            }

            field.Comparison = comparison;
        }

        public override void Write(in SetInfo.Counter field, Output output, in Format format) => output.WriteNumber(field.Value);
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        ref readonly SetInfo info = ref As(payload);
        SetReference sought = info.MatchSet;
        if (packet.Machine?.FindSet(sought.Index) is not { } set || packet.ChangedSets.Contains(sought.Index) || (set.IsList && packet.ChangedSets.Count > 0))
        {
            return Answer.Unknown;
        }

        Answer has = set.Ask(packet, sought.Dimensions, sought.Flags, s_returnNoMatch.IsSet(info));
        bool isInverted = (sought.Flags & 1) != 0, countsToo = info.Packets.Comparison != 0 || info.Bytes.Comparison != 0;
        return has is Answer.Unknown || (countsToo && has is Answer.Yes) ? Answer.Unknown : (has is Answer.Yes) != isInverted ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m set</c>.</summary>
[KernelStruct("struct xt_set_info_match_v4", "linux/netfilter/xt_set.h")]
[StructLayout(LayoutKind.Sequential)]
public struct SetInfo
{
    /// <summary>The set.</summary>
    public SetReference MatchSet;

    /// <summary>The packet counter that the element must have.</summary>
    public Counter Packets;

    /// <summary>The byte counter that the element must have.</summary>
    public Counter Bytes;

    /// <summary>IPSET_FLAG_*.</summary>
    public uint Flags;

    /// <summary>A number to compare a counter with.</summary>
    [KernelStruct("struct ip_set_counter_match", "linux/netfilter/ipset/ip_set.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct Counter
    {
        /// <summary>The number.</summary>
        public ulong Value;

        /// <summary>The comparison, IPSET_COUNTER_*; 0 for none.</summary>
        [KernelField("op")]
        public byte Comparison;
    }
}

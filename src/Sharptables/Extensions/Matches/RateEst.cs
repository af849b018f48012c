using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m rateest</c>.</summary>
internal sealed class RateEst : Match<RateEstInfo>
{
    private const ushort Absolute = 1 << 1; // XT_RATEEST_MATCH_ABS
    private const ushort Relative = 1 << 2; // XT_RATEEST_MATCH_REL
    private const ushort Bytes = 1 << 4; // XT_RATEEST_MATCH_BPS
    private const ushort Packets = 1 << 5; // XT_RATEEST_MATCH_PPS
    private const ushort Equal = 1; // XT_RATEEST_MATCH_EQ
    private const ushort Less = 2; // XT_RATEEST_MATCH_LT
    private const ushort Greater = 3; // XT_RATEEST_MATCH_GT

    private static readonly Switch<RateEstInfo> s_inverted = Bit((ref i) => ref i.Flags, 1 << 0); // XT_RATEEST_MATCH_INVERT
    private static readonly Switch<RateEstInfo> s_delta = Bit((ref i) => ref i.Flags, 1 << 3); // XT_RATEEST_MATCH_DELTA
    private static readonly BitRate s_bitRate = new();
    private static readonly Number<uint> s_packetRate =
        new(0, uint.MaxValue, placeholder: "pps", complaint: "rateest: could not parse pps `{0}'");

    private readonly Option _bytesLater, _packetsLater, _second;

    /// <inheritdoc/>
    public override bool IsOfTheMoment => true;

    /// <inheritdoc/>
    public override string Name => "rateest";

    /// <inheritdoc/>
    public override string Summary => "Matches by comparing a rate that {RATEEST} measures with a number or another rate.";

    /// <inheritdoc/>
    public override string DependsOn => "the rates that the kernel has measured";

    /// <inheritdoc/>
    public override bool AsksForNamed => true;

    /// <summary>The pointers at the end are private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Pps2);

    public RateEst() => Options =
    [
        new Option<RateEstInfo>("rateest-delta", "Compares not the rates, but how far they are below {--rateest-bps1} and the like.")
        {
            Present = s_delta,
            HelpRank = -1,
            Complaint = "rateest: can't specify --rateest-delta twice",
            InversionComplaint = "rateest: rateest-delta can't be inverted",
        },
        .. OneOf(
            Estimator("rateest", (ref i) => ref i.Name1, "The same as {--rateest1}, where there is no {--rateest2}.",
                static (in i) => !IsRelative(i), helpRank: 1),
            Estimator("rateest1", (ref i) => ref i.Name1, "The estimator of the rate.", IsRelative, helpRank: -2)),
        Rate("rateest-bps1", Bytes, s_bitRate, (ref i) => ref i.Bps1, "What the first byte rate is subtracted from."),
        Rate("rateest-pps1", Packets, s_packetRate, (ref i) => ref i.Pps1, "What the first packet rate is subtracted from."),
        .. OneOf(
            Comparison("rateest-lt", Less, "The rate is less than the other."),
            Comparison("rateest-gt", Greater, "The rate is greater than the other."),
            Comparison("rateest-eq", Equal, "The rates are equal.")),
        _bytesLater = Rate("rateest-bps2", Bytes, s_bitRate, (ref i) => ref i.Bps2,
            "The byte rate to compare with, or what the second one is subtracted from."),
        _packetsLater = Rate("rateest-pps2", Packets, s_packetRate, (ref i) => ref i.Pps2,
            "The packet rate to compare with, or what the second one is subtracted from."),
        RateAlone("rateest-bps", Bytes, s_bitRate, (ref i) => ref i.Bps2, _bytesLater,
            "The same as {--rateest-bps2}, where there is no {--rateest-delta}."),
        RateAlone("rateest-pps", Packets, s_packetRate, (ref i) => ref i.Pps2, _packetsLater,
            "The same as {--rateest-pps2}, where there is no {--rateest-delta}."),
        _second = Estimator("rateest2", (ref i) => ref i.Name2, "The estimator to compare with, instead of a given rate.",
            IsRelative, helpRank: -2),
    ];

    /// <inheritdoc/>
    protected override void Finish(ref RateEstInfo info, in Given given, RuleInProgress rule) =>
        info.Flags |= given[_second] ? Relative : Absolute;

    /// <inheritdoc/>
    protected override string? Misuse(in RateEstInfo info, in Format format) =>
        BoundedText<EstimatorName>.Text(info.Name1).IsEmpty ? "it needs --rateest1"
        : (info.Flags & (Bytes | Packets)) == 0 ? "it needs --rateest-bps or --rateest-pps"
        : info.Mode == 0 ? "it needs --rateest-lt, --rateest-gt or --rateest-eq"
        : null;

    /// <summary>The comparison is written between what is compared, but after a number of bytes.</summary>
    protected override void List(in RateEstInfo info, Output output, in Format format)
    {
        bool isDelta = s_delta.IsSet(info);
        output.Write(" rateest match "u8);
        output.Write(BoundedText<EstimatorName>.Text(info.Name1));
        output.Write(isDelta ? " delta"u8 : ""u8);
        if (IsRelative(info))
        {
            ListRate(info, Bytes, output, format, isDelta ? info.Bps1 : null);
            ListRate(info, Packets, output, format, isDelta ? info.Pps1 : null);
            ListComparison(info, output);
            output.Write((byte)' ');
            output.Write(BoundedText<EstimatorName>.Text(info.Name2));
            ListRate(info, Bytes, output, format, isDelta ? info.Bps2 : null);
            ListRate(info, Packets, output, format, isDelta ? info.Pps2 : null);
            return;
        }

        if (ListRate(info, Bytes, output, format, isDelta ? info.Bps1 : null))
        {
            ListNumber(info.Bps2, Bytes, output, format);
            ListComparison(info, output);
        }

        if (ListRate(info, Packets, output, format, isDelta ? info.Pps1 : null))
        {
            ListComparison(info, output);
            ListNumber(info.Pps2, Packets, output, format);
        }
    }

    private static bool IsRelative(in RateEstInfo info) => (info.Flags & Relative) != 0;

    private static bool ListRate(in RateEstInfo info, ushort kind, Output output, in Format format, uint? number)
    {
        if ((info.Flags & kind) == 0)
        {
            return false;
        }

        output.Write(kind == Bytes ? " bps"u8 : " pps"u8);
        if (number is { } value)
        {
            ListNumber(value, kind, output, format);
        }

        return true;
    }

    private static void ListNumber(uint value, ushort kind, Output output, in Format format)
    {
        output.Write((byte)' ');
        (kind == Bytes ? (Syntax<uint>)s_bitRate : s_packetRate).Write(value, output, format);
    }

    private static void ListComparison(in RateEstInfo info, Output output)
    {
        output.Write(s_inverted.IsSet(info) ? " !"u8 : ""u8);
        output.Write(info.Mode switch { Equal => " eq"u8, Less => " lt"u8, _ => " gt"u8 });
    }

    private static Option<RateEstInfo, EstimatorName> Estimator(
        string name, FieldRef<RateEstInfo, EstimatorName> field, string summary, Question<RateEstInfo> when, int helpRank) =>
        new(name, new BoundedText<EstimatorName>(isName: true, placeholder: "name"), field, summary)
        {
            When = when,
            HelpRank = helpRank,
            Complaint = $"rateest: can't specify --{(name == "rateest" ? "rateest1" : name)} twice",
            InversionComplaint = "rateest: rateest can't be inverted",
        };

    /// <summary>One of the two rates of a comparison, as saved with <c>--rateest-delta</c>.</summary>
    private static Option<RateEstInfo, uint> Rate(string name, ushort kind, Syntax<uint> syntax, FieldRef<RateEstInfo, uint> field,
        string summary) =>
        new(name, syntax, field, summary)
        {
            Present = Bit((ref i) => ref i.Flags, kind),
            When = s_delta.IsSet,
            Valued = static (in _) => true,
            HelpRank = -1,
            Complaint = $"rateest: can't specify --{name} twice",
            InversionComplaint = $"rateest: {name[..^1]} can't be inverted",
        };

    /// <summary>The rate to compare with; with a second estimator, only the kind of rate.</summary>
    private static Option<RateEstInfo, uint> RateAlone(
        string name, ushort kind, Syntax<uint> syntax, FieldRef<RateEstInfo, uint> field, Option rival, string summary) =>
        new(name, syntax, field, summary)
        {
            Present = Bit((ref i) => ref i.Flags, kind),
            When = static (in i) => !s_delta.IsSet(i),
            Valued = static (in i) => !IsRelative(i),
            Excluded = [rival],
            HelpRank = 1,
            Complaint = $"rateest: can't specify --{rival.Name} twice",
            InversionComplaint = $"rateest: {name} can't be inverted",
        };

    private static Option<RateEstInfo> Comparison(string name, ushort mode, string summary) =>
        Flag(name, Switch((in i) => i.Mode == mode, (ref i) => i.Mode = mode), summary, invert: s_inverted,
            complaint: "rateest: can't specify lt/gt/eq twice");
}

/// <summary>The kernel's struct for <c>-m rateest</c>. Rates are in bytes and packets per second.</summary>
[KernelStruct("struct xt_rateest_match_info", "linux/netfilter/xt_rateest.h")]
[StructLayout(LayoutKind.Sequential)]
public struct RateEstInfo
{
    /// <summary>The estimator.</summary>
    public EstimatorName Name1;

    /// <summary>The other estimator.</summary>
    public EstimatorName Name2;

    /// <summary>XT_RATEEST_MATCH flags.</summary>
    public ushort Flags;

    /// <summary>The comparison: XT_RATEEST_MATCH_EQ, _LT or _GT.</summary>
    public ushort Mode;

    /// <summary>The byte rate from which the first estimator's is subtracted.</summary>
    public uint Bps1;

    /// <summary>The packet rate from which the first estimator's is subtracted.</summary>
    public uint Pps1;

    /// <summary>The byte rate to compare with, or from which the second estimator's is subtracted.</summary>
    public uint Bps2;

    /// <summary>The packet rate to compare with, or from which the second estimator's is subtracted.</summary>
    public uint Pps2;

    /// <summary>Private to the kernel.</summary>
    public ulong Est1;

    /// <summary>Private to the kernel.</summary>
    public ulong Est2;
}

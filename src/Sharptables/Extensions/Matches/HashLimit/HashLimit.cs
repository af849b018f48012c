using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m hashlimit</c>.</summary>
internal sealed class HashLimit : Match<HashLimitInfo>
{
    internal const uint Scale = 1000000; // XT_HASHLIMIT_SCALE_v2
    internal const ulong DefaultBurst = 5;
    private const uint DefaultInterval = 1000; // ms
    private const uint ByteExpiry = 15000; // ms
    private const uint ByteBurstExpiry = 60000; // ms

    /// <summary>In <see cref="HashLimitInfo.Mode"/>: what exceeds the rate, XT_HASHLIMIT_INVERT.</summary>
    internal const uint Above = 1 << 4;

    /// <summary>In <see cref="HashLimitInfo.Mode"/>: the rate counts bytes, XT_HASHLIMIT_BYTES.</summary>
    internal const uint Bytes = 1 << 5;

    /// <summary>In <see cref="HashLimitInfo.Mode"/>: the rate is only compared, XT_HASHLIMIT_RATE_MATCH.</summary>
    internal const uint RateMatch = 1 << 6;

    /// <summary>How rates of packets are represented.</summary>
    internal static readonly PacketRate PacketRates = new(Scale);

    private readonly Option _burst, _expire, _interval;
    private readonly Option[] _rates;

    /// <param name="family">The family, for the length of masks.</param>
    public HashLimit(Family family)
    {
        byte fullMask = (byte)(family.AddressSize * 8);
        Number<uint> number = new(0, uint.MaxValue), milliseconds = new(0, uint.MaxValue, placeholder: "ms");
        Options =
        [
            // A rate or burst takes several fields: a number, and whether it counts packets or bytes.
            .. _rates = OneOf(
                Option("hashlimit-upto", new HashLimitRate(), (ref i) => ref i,
                    "Matches what comes no faster than this: packets per second, minute, hour or day, or bytes per second (512kb/s).",
                    when: static (in i) => (i.Mode & Above) == 0, invert: Turned(Above), label: " up to ",
                    aliases: ["hashlimit"], helpRank: -2),
                Option("hashlimit-above", new HashLimitRate(), (ref i) => ref i, "Matches what comes faster than this.",
                    present: Bit((ref i) => ref i.Mode, Above), invert: Turned(0), label: " above ", helpRank: -2)),
            _burst = Option("hashlimit-burst", new HashLimitBurst(), (ref i) => ref i,
                "How many packets, or bytes, may match in a row before the rate applies; 5 packets if not given.",
                when: static (in i) => (i.Mode & Bytes) == 0 || i.Burst != 0, label: " burst "),
            Option("hashlimit-mode", new HashLimitMode(), (ref i) => ref i.Mode,
                "What has a rate of its own; all packets together if not given.",
                when: static (in i) => (i.Mode & HashLimitMode.All) != 0, label: " mode ", helpRank: -2),
            Option("hashlimit-name", new BoundedText<HashLimitInfo.TableName>(minimum: 1, isName: true, placeholder: "name"),
                (ref i) => ref i.Name,
                "The name of the file in /proc/net/ipt_hashlimit that shows the rates.", required: true, listed: Never, helpRank: -1),
            Option("hashlimit-htable-size", number, (ref i) => ref i.Size, "The number of buckets; the kernel chooses if not given.",
                absent: 0, label: " htable-size "),
            Option("hashlimit-htable-max", number, (ref i) => ref i.Max, "The most entries in the table; the kernel chooses if not given.",
                absent: 0, label: " htable-max "),
            Option("hashlimit-htable-gcinterval", milliseconds, (ref i) => ref i.GcInterval, "The interval between garbage collections.",
                absent: DefaultInterval, label: " htable-gcinterval "),
            _expire = Option("hashlimit-htable-expire", milliseconds, (ref i) => ref i.Expire,
                "The time after which an unused entry expires.",
                when: static (in i) => i.Expire != ExpiryOf(i), label: " htable-expire "),
            Option("hashlimit-srcmask", new PrefixLength(), (ref i) => ref i.SourceMask, "The prefix length of source addresses.",
                absent: fullMask, label: " srcmask ", helpRank: -2),
            Option("hashlimit-dstmask", new PrefixLength(), (ref i) => ref i.DestinationMask, "The prefix length of destination addresses.",
                absent: fullMask, label: " dstmask ", helpRank: -2),
            Flag("hashlimit-rate-match", Bit((ref i) => ref i.Mode, RateMatch), "Compares the rate and does not limit it.",
                label: " rate-match"),
            _interval = Option("hashlimit-rate-interval", new LooseNumber(1, int.MaxValue, placeholder: "seconds"),
                (ref i) => ref i.Interval,
                "With {--hashlimit-rate-match}: the seconds over which the rate is measured.",
                when: static (in i) => (i.Mode & RateMatch) != 0 && i.Interval != 1, label: " rate-interval "),
        ];
    }

    /// <inheritdoc/>
    public override bool IsOfTheMoment => true;

    /// <inheritdoc/>
    public override string Name => "hashlimit";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by rates for each address or port.";

    /// <inheritdoc/>
    public override string DependsOn => "how many packets came before, and when";

    /// <inheritdoc/>
    public override string ListedAs => " limit:";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne => field ??= new("You have to specify --hashlimit", _rates);

    /// <inheritdoc/>
    public override byte Revision => 3;

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older<HashLimitInfo2>(2, HashLimitInfo2.Narrow, HashLimitInfo2.Widen),
        Older<HashLimitInfo1>(1, HashLimitInfo1.Narrow, HashLimitInfo1.Widen),
    ];

    /// <inheritdoc/>
    public override int ComparedSize { get; } = Through((ref i) => ref i.DestinationMask);

    /// <inheritdoc/>
    protected override void Begin(ref HashLimitInfo info) => info.Burst = DefaultBurst;

    /// <inheritdoc/>
    protected override string? Misuse(in HashLimitInfo info, in Format format) =>
        BoundedText<HashLimitInfo.TableName>.IsNameOfFile(info.Name) ? null : "--hashlimit-name is also that of a file, so it has no / and is not . or ..";

    /// <inheritdoc/>
    protected override void Finish(ref HashLimitInfo info, in Given given, RuleInProgress rule)
    {
        bool hasBurst = given[_burst];
        if ((info.Mode & Bytes) == 0)
        {
            if (info.Burst > HashLimitBurst.MaxPackets)
            {
                throw HashLimitBurst.Bad(HashLimitBurst.MaxPackets);
            }
        }
        else if (!hasBurst)
        {
            info.Burst = 0;
        }
        else
        {
            ulong rate = ByteRate.BytesOf(info.Average);
            info.Burst = rate == 0 ? throw new UsageException("a rate below 16b/s takes no --hashlimit-burst")
                : info.Burst < rate ? throw new UsageException($"burst cannot be smaller than {rate}b")
                : ByteRate.BurstOf(info.Burst, info.Average);
        }

        uint unit = (uint)info.Unit;
        info.Unit = 0;
        if (!given[_expire])
        {
            info.Expire = (info.Mode & Bytes) != 0 ? ExpiryOf(info) : unit * 1000;
        }

        if ((info.Mode & RateMatch) != 0)
        {
            info.Average /= unit == 0 ? 1 : unit; // the rate is then that of the interval
            info.Interval = given[_interval] ? info.Interval : unit;
        }
    }

    /// <summary>The rate is listed for the whole interval.</summary>
    protected override void List(in HashLimitInfo info, Output output, in Format format)
    {
        HashLimitInfo shown = info;
        if ((info.Mode & Bytes) == 0 && info.Interval != 0)
        {
            shown.Average *= info.Interval;
        }

        base.List(shown, output, format);
    }

    /// <summary>An inverted upper limit is a lower one, and is saved as that.</summary>
    private static Switch<HashLimitInfo> Turned(uint above) =>
        Switch(static (in _) => false, (ref i) => i.Mode = (i.Mode & ~Above) | above);

    /// <summary>The default expiry, in ms.</summary>
    private static uint ExpiryOf(in HashLimitInfo info) =>
        (info.Mode & Bytes) == 0 ? PacketRates.UnitOf(info.Average) * 1000 : info.Burst != 0 ? ByteBurstExpiry : ByteExpiry;

    /// <inheritdoc/>
    protected override bool Translate(in HashLimitInfo info, NftText nft) => HashLimitMeter.Translate(info, nft);
}

/// <summary>The kernel's struct for <c>-m hashlimit</c>.</summary>
[KernelStruct("struct xt_hashlimit_mtinfo3", "linux/netfilter/xt_hashlimit.h")]
[StructLayout(LayoutKind.Sequential)]
public struct HashLimitInfo
{
    /// <summary>The table's name.</summary>
    public TableName Name;

    /// <summary>Packets: microseconds between two packets. Bytes: the cost of 16 bytes, which is 2^32 divided by how many times 16 bytes a second may have.</summary>
    [KernelField("cfg.avg")]
    public ulong Average;

    /// <summary>Packets, or seconds' worth of bytes, before the rate applies.</summary>
    [KernelField("cfg.burst")]
    public ulong Burst;

    /// <summary>XT_HASHLIMIT_*.</summary>
    [KernelField("cfg.mode")]
    public uint Mode;

    /// <summary>Buckets.</summary>
    [KernelField("cfg.size")]
    public uint Size;

    /// <summary>The most entries.</summary>
    [KernelField("cfg.max")]
    public uint Max;

    /// <summary>Between two garbage collections, in ms.</summary>
    [KernelField("cfg.gc_interval")]
    public uint GcInterval;

    /// <summary>After which an unused entry expires, in ms.</summary>
    [KernelField("cfg.expire")]
    public uint Expire;

    /// <summary>The interval of a rate match, in seconds.</summary>
    [KernelField("cfg.interval")]
    public uint Interval;

    /// <summary>The prefix length of source addresses.</summary>
    [KernelField("cfg.srcmask")]
    public byte SourceMask;

    /// <summary>The prefix length of destination addresses.</summary>
    [KernelField("cfg.dstmask")]
    public byte DestinationMask;

    /// <summary>Private to the kernel. While a rule is read: the seconds in the unit of its rate.</summary>
    internal ulong Unit;

    /// <summary>A table's name (NAME_MAX).</summary>
    [InlineArray(255)]
    public struct TableName
    {
        private byte _first;
    }
}

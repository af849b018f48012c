using System;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j RATEEST</c>.</summary>
internal sealed class RateEstTarget : Target<RateEstTargetInfo>
{
    private const ulong ShortestInterval = 250_000; // microseconds, gen_estimator(9): 2^-2 seconds
    private const int LongestInterval = 3; // 2^3 seconds
    private const int LargestLogarithm = 30;
    private const string IntervalTooLarge = "RATEEST: interval value is too large";
    private const string AverageOutOfRange = "RATEEST: ewmalog value is out of range";

    /// <inheritdoc/>
    public override string Name => "RATEEST";

    /// <inheritdoc/>
    public override string Summary => "Measures the rate of the packets that come here, for {rateest} to compare.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <summary>The pointer at the end is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.EwmaLog);

    public RateEstTarget() => Options =
    [
        Option("rateest-name", new BoundedText<EstimatorName>(isName: true, placeholder: "name"), (ref i) => ref i.Name,
            "The name of the estimator.", required: true, label: " name "),
        new PairOption<RateEstTargetInfo, ulong>("rateest-interval", new TimeSyntax("interval", IntervalTooLarge), Interval, Times.PutInterval,
            "The interval of measurement: 250ms to 8s, in doubling steps.") { IsRequired = true, Label = " interval " },
        new PairOption<RateEstTargetInfo, ulong>("rateest-ewmalog", new TimeSyntax("ewmalog", AverageOutOfRange),
            static (in i) => Interval(i) << i.EwmaLog, Times.PutAverage,
            "The time over which it is averaged.") { IsRequired = true, Label = " ewmalog " },
    ];

    /// <summary>
    /// Converts the times as typed, kept so far in the place of the kernel's pointer, to the kernel's units.
    /// </summary>
    protected override void Finish(ref RateEstTargetInfo info, in Given given, RuleInProgress rule)
    {
        (ulong interval, double average) = Times.Take(ref info);
        int step = 0;
        while (step <= LongestInterval + 2 && interval > ShortestInterval << step)
        {
            step++;
        }

        if (step > LongestInterval + 2)
        {
            throw new UsageException(IntervalTooLarge);
        }

        // The largest logarithm with which a change of the rate still shows in time: 1 - 2^-n of it remains after each interval.
        int logarithm = 0;
        while (logarithm <= LargestLogarithm && interval / -Math.Log(1 - Math.ScaleB(1, -(logarithm + 1))) <= average)
        {
            logarithm++;
        }

        if (logarithm is 0 or > LargestLogarithm)
        {
            throw new UsageException(AverageOutOfRange);
        }

        (info.IntervalStep, info.EwmaLog) = ((sbyte)(step - 2), (byte)logarithm);
    }

    private static ulong Interval(in RateEstTargetInfo info) => ShortestInterval << (info.IntervalStep + 2);

    /// <summary>
    /// The two times as typed, which only together determine what the kernel gets; packed into the place of its pointer.
    /// </summary>
    private static class Times
    {
        private const ulong IntervalBits = (1 << 23) - 1; // just more than 8 s in microseconds; of the average's 52 binary digits 29 are left

        public static void PutInterval(ref RateEstTargetInfo info, in ulong microseconds) =>
            info.Estimator = (info.Estimator & ~IntervalBits) | Math.Min(microseconds, IntervalBits);

        public static void PutAverage(ref RateEstTargetInfo info, in ulong microseconds) =>
            info.Estimator = (info.Estimator & IntervalBits) | (BitConverter.DoubleToUInt64Bits(microseconds) & ~IntervalBits);

        public static (ulong Interval, double Average) Take(ref RateEstTargetInfo info)
        {
            ulong packed = info.Estimator;
            info.Estimator = 0;
            return (packed & IntervalBits, BitConverter.UInt64BitsToDouble(packed & ~IntervalBits));
        }
    }

    /// <summary>A time as in tc(8), <c>250ms</c>; without a unit in microseconds.</summary>
    private sealed class TimeSyntax(string name, string outOfRange) : Syntax<ulong>
    {
        private static readonly (string Unit, double Microseconds)[] s_units =
        [
            ("", 1), ("s", 1e6), ("sec", 1e6), ("secs", 1e6), ("ms", 1e3), ("msec", 1e3), ("msecs", 1e3), ("us", 1), ("usec", 1), ("usecs", 1),
        ];

        public override string Placeholder => "time";

        public override void Parse(in Argument argument, ref ulong field)
        {
            ReadOnlySpan<byte> text = argument.Text.TrimStart(" \t"u8);
            if (Utf8Parser.TryParse(text, out double number, out int length) && double.IsFinite(number))
            {
                foreach ((string unit, double microsecondsEach) in s_units)
                {
                    if (Ascii.EqualsIgnoreCase(text[length..], unit))
                    {
                        field = number >= 0 ? (ulong)(number * microsecondsEach) : throw new UsageException(outOfRange);
                        return;
                    }
                }
            }

            throw new UsageException($"RATEEST: bad {name} value \"{argument.Word}\"");
        }

        public override void Write(in ulong field, Output output, in Format format)
        {
            (ulong unit, string suffix) = field >= 1_000_000 ? (1_000_000UL, "s") : (1000UL, "ms");
            ulong tenths = ((field * 10) + (unit / 2)) / unit;
            output.WriteNumber(tenths / 10);
            output.Write((byte)'.');
            output.WriteNumber(tenths % 10);
            output.Write(suffix);
        }
    }

    /// <inheritdoc/>
    protected override Fate? Act(in RateEstTargetInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j RATEEST</c>.</summary>
[KernelStruct("struct xt_rateest_target_info", "linux/netfilter/xt_RATEEST.h")]
[StructLayout(LayoutKind.Sequential)]
public struct RateEstTargetInfo
{
    /// <summary>The name of the estimator.</summary>
    public EstimatorName Name;

    /// <summary>The interval, as a power of 2 in seconds: -2 to 3.</summary>
    [KernelField("interval")]
    public sbyte IntervalStep;

    /// <summary>The averaging period, as a power of 2 in intervals.</summary>
    public byte EwmaLog;

    /// <summary>Private to the kernel.</summary>
    [KernelField("est")]
    public ulong Estimator;
}

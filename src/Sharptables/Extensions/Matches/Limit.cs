using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m limit</c>.</summary>
internal sealed class Limit : Match<LimitInfo>
{
    private const uint Scale = 10000; // XT_LIMIT_SCALE
    internal const uint MaxBurst = 10000;
    internal const uint DefaultBurst = 5;
    internal const uint DefaultAverage = Scale * 3600 / 3;

    private static readonly PacketRate s_rate = new(Scale);

    /// <inheritdoc/>
    public override bool IsOfTheMoment => true;

    /// <inheritdoc/>
    public override string Name => "limit";

    /// <inheritdoc/>
    public override string Summary => "Matches packets up to a given rate.";

    /// <inheritdoc/>
    public override string DependsOn => "how many packets came before, and when";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Burst);

    public Limit() => Options =
    [
        Option("limit", new Rate(), (ref i) => ref i.Average,
            "How many packets match on average, per second if no unit is given, or per second, minute, hour or day; 3/hour if not given.",
            label: " limit: avg "),
        Option("limit-burst", new Number<uint>(0, MaxBurst, placeholder: "packets"), (ref i) => ref i.Burst,
            "How many packets may match in a row before the rate applies; 5 if not given.",
            absent: DefaultBurst, listed: Always, label: " burst "),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref LimitInfo info) => info.Average = DefaultAverage;

    /// <summary>The statement for a rate; null for less than one packet a day, which nf_tables does not have.</summary>
    internal static Statement? StatementOf(uint average, uint burst) =>
        s_rate.Of(average) is ( > 0 and var packets, var seconds) ? new Statement.Limit(packets, seconds, burst) : null;

    /// <summary>The rate that a statement has; false if it has none, or one that is not told in these units.</summary>
    internal static bool TryTake(Statement statement, out uint average, out uint burst)
    {
        (average, burst) = (0, 0);
        if (statement is not Statement.Limit { Packets: > 0 } limit || limit.Burst > MaxBurst)
        {
            return false;
        }

        UInt128 period = (UInt128)Scale * limit.Seconds / limit.Packets;
        (average, burst) = ((uint)period, limit.Burst);
        (ulong packets, uint seconds) = s_rate.Of(average);
        bool isOurUnit = limit.Seconds == seconds || limit.Seconds is 1 or 60 or 3600; // such a rate is rounded as when it is typed
        return period > 0 && period == average && packets > 0 && (isOurUnit || (UInt128)packets * limit.Seconds == (UInt128)limit.Packets * seconds);
    }

    /// <inheritdoc/>
    public override bool HasStatementForSome => true;

    /// <inheritdoc/>
    protected override Statement? StatementIn(in LimitInfo info) => StatementOf(info.Average, info.Burst);

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref LimitInfo info) => TryTake(statement, out info.Average, out info.Burst);

    /// <summary>A number of packets in a time.</summary>
    internal sealed class Rate : Syntax<uint>
    {
        public override string Placeholder => "n[/second|/minute|/hour|/day]";

        public override void Parse(in Argument argument, ref uint field)
        {
            if (!s_rate.TryParse(argument.Text, out ulong period, out _))
            {
                throw new UsageException($"bad rate \"{argument.Word}\"'");
            }

            field = period == 0 ? throw new UsageException($"Rate too fast \"{argument.Word}\"") : (uint)period;
        }

        public override void Write(in uint field, Output output, in Format format) => s_rate.Write(field, output);
    }
}

/// <summary>The kernel's struct for <c>-m limit</c>.</summary>
[KernelStruct("struct xt_rateinfo", "linux/netfilter/xt_limit.h")]
[StructLayout(LayoutKind.Sequential)]
public struct LimitInfo
{
    /// <summary>The interval between two packets, in 1/10000 s.</summary>
    [KernelField("avg")]
    public uint Average;

    /// <summary>How many packets may match in a row.</summary>
    public uint Burst;

    private readonly ulong _previous; // private to the kernel from here on
    private readonly uint _credit;
    private readonly uint _creditCap;
    private readonly uint _cost;
    private readonly ulong _master;
}

using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary>ebtables' match <c>limit</c>.</summary>
internal sealed class EbtLimit : Match<EbtLimitInfo>
{
    /// <inheritdoc/>
    public override string Name => "limit";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_LIMIT";

    /// <inheritdoc/>
    public override string Summary => "Matches frames up to a given rate.";

    /// <inheritdoc/>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Burst);

    public EbtLimit() => Options =
    [
        Option("limit", new Limit.Rate(), (ref i) => ref i.Average,
            "How many frames match on average, per second if no unit is given, or per second, minute, hour or day; 3/hour if not given."),
        Option("limit-burst", new Number<uint>(0, Limit.MaxBurst, placeholder: "packets"), (ref i) => ref i.Burst,
            "How many frames may match in a row before the rate applies; 5 if not given."),
    ];

    /// <inheritdoc/>
    protected override void Begin(ref EbtLimitInfo info) => (info.Average, info.Burst) = (Limit.DefaultAverage, Limit.DefaultBurst);

    /// <inheritdoc/>
    protected override Statement? StatementIn(in EbtLimitInfo info) => Limit.StatementOf(info.Average, info.Burst);

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref EbtLimitInfo info) => Limit.TryTake(statement, out info.Average, out info.Burst);
}

/// <summary>The kernel's struct for ebtables' match <c>limit</c>.</summary>
[KernelStruct("struct ebt_limit_info", "linux/netfilter_bridge/ebt_limit.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtLimitInfo
{
    /// <summary>The interval between two frames, in 1/10000 s.</summary>
    [KernelField("avg")]
    public uint Average;

    /// <summary>How many frames may match in a row.</summary>
    public uint Burst;

    private readonly ulong _previous; // private to the kernel from here on
    private readonly uint _credit;
    private readonly uint _creditCap;
    private readonly uint _cost;
}

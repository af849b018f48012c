using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j CHECKSUM</c>.</summary>
internal sealed class Checksum : Target<ChecksumInfo>
{
    /// <inheritdoc/>
    public override string Name => "CHECKSUM";

    /// <inheritdoc/>
    public override string Summary => "Computes a checksum that was left to the network card, for programs that read it earlier.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["mangle"]);

    public Checksum() => Options =
    [
        Flag("checksum-fill", Bit((ref i) => ref i.Operation, 1 << 0), "Fills it in.", required: true, label: " fill"),
    ];

    /// <inheritdoc/>
    protected override Fate? Act(in ChecksumInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j CHECKSUM</c>.</summary>
[KernelStruct("struct xt_CHECKSUM_info", "linux/netfilter/xt_CHECKSUM.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ChecksumInfo
{
    /// <summary><c>XT_CHECKSUM_OP_FILL</c>.</summary>
    public byte Operation;
}

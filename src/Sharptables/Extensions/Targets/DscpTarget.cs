using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j DSCP</c>.</summary>
internal sealed class DscpTarget : Target<DscpTargetInfo>
{
    private const byte Largest = 0x3f;

    /// <inheritdoc/>
    public override string Name => "DSCP";

    /// <inheritdoc/>
    public override string Summary => "Sets the DiffServ code point: the upper six bits of the type-of-service byte.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("DSCP target: Parameter --set-dscp is required");

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["mangle"]);

    public DscpTarget() => Options = OneOf(
        Option("set-dscp", new HexByte(Largest), (ref i) => ref i.CodePoint, "The code point, 0 to 63.", label: " DSCP set "),
        Option("set-dscp-class", new DscpClass(), (ref i) => ref i.CodePoint, "The code point, by the name of its class.",
            shorthand: true));

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref DscpTargetInfo info)
    {
        if (statement is not Statement.Change { Field: "ip dscp" or "ip6 dscp", From: "", Value: <= Largest } change)
        {
            return false;
        }

        info.CodePoint = (byte)change.Value;
        return true;
    }

    /// <inheritdoc/>
    protected override bool Translate(in DscpTargetInfo info, NftText nft) => nft.Write($" {nft.Family.NftName} dscp set 0x{info.CodePoint:x2}");

    /// <inheritdoc/>
    protected override Fate? Act(in DscpTargetInfo info, Packet packet)
    {
        packet.Change(Field.Ip.CodePoint, kept: 0, info.CodePoint);
        return Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j DSCP</c>.</summary>
[KernelStruct("struct xt_DSCP_info", "linux/netfilter/xt_DSCP.h")]
[StructLayout(LayoutKind.Sequential)]
public struct DscpTargetInfo
{
    /// <summary>0 to 63.</summary>
    [KernelField("dscp")]
    public byte CodePoint;
}

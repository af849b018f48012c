using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m dscp</c>.</summary>
internal sealed class Dscp : Match<DscpInfo>
{
    private static readonly Switch<DscpInfo> s_inverted = Bit((ref i) => ref i.Inversion, 1);

    /// <inheritdoc/>
    public override string Name => "dscp";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by their DiffServ codepoint.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("DSCP match: Parameter --dscp is required");

    public Dscp() => Options = OneOf(
        Option("dscp", new DscpCodepoint(), (ref i) => ref i.Codepoint, "The codepoint, 0 to 63.",
            of: Field.Ip.CodePoint, invert: s_inverted, label: " DSCP match ", invertedLabel: " DSCP match !"),
        Option("dscp-class", new DscpClass(), (ref i) => ref i.Codepoint, "The codepoint, by the name of its class.",
            invert: s_inverted, shorthand: true));
}

/// <summary>The kernel's struct for <c>-m dscp</c>.</summary>
[KernelStruct("struct xt_dscp_info", "linux/netfilter/xt_dscp.h")]
[StructLayout(LayoutKind.Sequential)]
public struct DscpInfo
{
    /// <summary>The codepoint, 0 to 63.</summary>
    [KernelField("dscp")]
    public byte Codepoint;

    /// <summary>1: any other codepoint.</summary>
    [KernelField("invert")]
    public byte Inversion;
}

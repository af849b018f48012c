using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j AUDIT</c>.</summary>
internal sealed class Audit : Target<AuditInfo>
{
    /// <inheritdoc/>
    public override string Name => "AUDIT";

    /// <inheritdoc/>
    public override string Summary => "Records the packet in the kernel's audit log, and goes on to the next rule.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    public Audit() => Options =
    [
        Option("type", new Keyword<byte>(["accept", "drop", "reject"], "Bad action type value \"{0}\"", ignoresCase: true),
            (ref i) => ref i.Type, "The verdict to record.", required: true, label: " AUDIT "),
    ];

    /// <inheritdoc/>
    protected override bool Translate(in AuditInfo info, NftText nft) => nft.Write(" log level audit");

    /// <inheritdoc/>
    protected override Fate? Act(in AuditInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j AUDIT</c>.</summary>
[KernelStruct("struct xt_audit_info", "linux/netfilter/xt_AUDIT.h")]
[StructLayout(LayoutKind.Sequential)]
public struct AuditInfo
{
    /// <summary><c>XT_AUDIT_TYPE_*</c>.</summary>
    public byte Type;
}

using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j CONNSECMARK</c>.</summary>
internal sealed class ConnSecMark : Target<ConnSecMarkInfo>
{
    /// <inheritdoc/>
    public override string Name => "CONNSECMARK";

    /// <inheritdoc/>
    public override string Summary => "Copies the security mark between a packet and its connection.";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("CONNSECMARK target: parameter required");

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Tables: ["mangle", "security"]);

    public ConnSecMark() => Options = OneOf(
        Flag("save", Is((ref i) => ref i.Mode, ConnSecMarkInfo.Save), "From the packet to the connection, if that has none."),
        Flag("restore", Is((ref i) => ref i.Mode, ConnSecMarkInfo.Restore), "From the connection to the packet, if that has none."));

    /// <inheritdoc/>
    protected override Fate? Act(in ConnSecMarkInfo info, Packet packet) => Fate.Continue;
}

/// <summary>The kernel's struct for <c>-j CONNSECMARK</c>.</summary>
[KernelStruct("struct xt_connsecmark_target_info", "linux/netfilter/xt_CONNSECMARK.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ConnSecMarkInfo
{
    internal const byte Save = 1;
    internal const byte Restore = 2;

    /// <summary>1 save, 2 restore.</summary>
    public byte Mode;
}

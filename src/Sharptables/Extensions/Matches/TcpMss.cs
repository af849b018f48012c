using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m tcpmss</c>.</summary>
internal sealed class TcpMss : Match<TcpMssInfo>
{
    /// <inheritdoc/>
    public override string Name => "tcpmss";

    /// <inheritdoc/>
    public override string Summary => "Matches TCP packets by the maximum segment size that they announce.";

    /// <inheritdoc/>
    public override string DependsOn => "the packet's TCP options";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [Protocol.Tcp]);

    public TcpMss() => Options =
    [
        Option("mss", new IntervalSyntax<ushort>("value[:value]", reversed: "invalid range given"), (ref i) => ref i.Size,
            "The size in bytes, or a range of sizes; only packets with SYN announce one.",
            of: Field.Tcp.SegmentSize, required: true, invert: Bit((ref i) => ref i.Inversion, 1), label: " tcpmss match ", invertedLabel: " tcpmss match !"),
    ];
}

/// <summary>The kernel's struct for <c>-m tcpmss</c>.</summary>
[KernelStruct("struct xt_tcpmss_match_info", "linux/netfilter/xt_tcpmss.h")]
[StructLayout(LayoutKind.Sequential)]
public struct TcpMssInfo
{
    /// <summary>The least and the greatest size, in bytes.</summary>
    public Interval<ushort> Size;

    /// <summary>1: any other size.</summary>
    public byte Inversion;
}

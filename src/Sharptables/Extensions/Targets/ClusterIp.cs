using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j CLUSTERIP</c>, in kernels up to 6.3.</summary>
internal sealed class ClusterIp : Target<ClusterIpInfo>
{
    private const uint New = 1; // CLUSTERIP_FLAG_NEW

    private static readonly Number<ushort> s_node = new(0, ClusterIpInfo.MaxNodes, placeholder: "num");

    private readonly Option _new, _hashMode, _mac, _total, _local;

    /// <inheritdoc/>
    public override string Name => "CLUSTERIP";

    /// <inheritdoc/>
    public override (int Major, int Minor)? LeftLinux => (6, 3);

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_TARGET_CLUSTERIP";

    /// <inheritdoc/>
    public override string Summary => "Shares an address among several machines, each of which takes some of the connections.";

    /// <inheritdoc/>
    public override string DependsOn => "which machine of the cluster takes the connection";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Hooks: Hooks.Input, IsLegacy: true);

    /// <summary>The pointer at the end is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.HashStart);

    public ClusterIp() => Options =
    [
        _new = Flag("new", Bit((ref i) => ref i.Flags, New), "Creates the cluster; once for each address.", label: ""),
        _hashMode = Option("hashmode",
            new Keyword<uint>(["sourceip", "sourceip-sourceport", "sourceip-sourceport-destport"], "Unknown hashmode \"{0}\""),
            (ref i) => ref i.HashMode, "What determines the machine that takes a connection.", when: IsNew, label: " hashmode="),
        _mac = Option("clustermac", new MulticastSyntax(), (ref i) => ref i.ClusterMac, "The link-layer address that they share.",
            when: IsNew, label: " clustermac="),
        _total = Option("total-nodes", s_node, (ref i) => ref i.TotalNodes, "The number of machines, up to 16.", when: IsNew,
            label: " total_nodes="),
        _local = Option("local-node", s_node, (ref i) => ref i.LocalNodes[0], "The number of this machine.", when: IsNew,
            label: " local_node="),
        Option("hash-init", new Number<uint>(0, uint.MaxValue, placeholder: "num"), (ref i) => ref i.HashStart,
            "The initial value of the hash; the same on all machines.", when: IsNew, label: " hash_init="),
    ];

    /// <inheritdoc/>
    protected override void Finish(ref ClusterIpInfo info, in Given given, RuleInProgress rule)
    {
        bool isWhole = given[_new] && given[_hashMode] && given[_mac] && given[_total] && given[_local];
        if (!given.IsNothing && !isWhole)
        {
            throw new UsageException("CLUSTERIP target: Invalid parameter combination")
            {
                Hint = "Give either no option, or all of --new, --hashmode, --clustermac, --total-nodes and --local-node.",
            };
        }

        info.LocalNodeCount = (ushort)(isWhole ? 1 : 0);
    }

    private static bool IsNew(in ClusterIpInfo info) => (info.Flags & New) != 0;

    /// <summary>A multicast link-layer address: its lowest bit is set.</summary>
    private sealed class MulticastSyntax : Syntax<MacAddress>
    {
        private static readonly MacAddressSyntax s_any = new();

        public override string Placeholder => s_any.Placeholder;

        public override void Parse(in Argument argument, ref MacAddress field)
        {
            s_any.Parse(argument, ref field);
            if ((field[0] & 1) == 0)
            {
                throw new UsageException("MAC has to be a multicast ethernet address");
            }
        }

        public override void Write(in MacAddress field, Output output, in Format format)
        {
            for (int i = 0; i < MacAddress.Size; i++)
            {
                output.Write(i == 0 ? "" : ":");
                output.Write((byte)HexDigit(field[i] >> 4));
                output.Write((byte)HexDigit(field[i] & 15));
            }
        }

        private static char HexDigit(int value) => "0123456789ABCDEF"[value];
    }

    /// <summary>Only the kernel knows the cluster, which one rule makes and others refer to.</summary>
    protected override Fate? Act(in ClusterIpInfo info, Packet packet) => null;
}

/// <summary>The kernel's struct for <c>-j CLUSTERIP</c>.</summary>
[KernelStruct("struct ipt_clusterip_tgt_info", "linux/netfilter_ipv4/ipt_CLUSTERIP.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ClusterIpInfo
{
    /// <summary>The most nodes that there may be (CLUSTERIP_MAX_NODES).</summary>
    public const int MaxNodes = 16;

    /// <summary><c>CLUSTERIP_FLAG_NEW</c>.</summary>
    public uint Flags;

    /// <summary>The shared address.</summary>
    [KernelField("clustermac")]
    public MacAddress ClusterMac;

    /// <summary>How many machines there are.</summary>
    [KernelField("num_total_nodes")]
    public ushort TotalNodes;

    /// <summary>The number of nodes that this machine is.</summary>
    [KernelField("num_local_nodes")]
    public ushort LocalNodeCount;

    /// <summary>Which of them.</summary>
    public Nodes LocalNodes;

    /// <summary><c>enum clusterip_hashmode</c>.</summary>
    public uint HashMode;

    /// <summary>The initial value of the hash.</summary>
    [KernelField("hash_initval")]
    public uint HashStart;

    /// <summary>Private to the kernel.</summary>
    public ulong Config;

    /// <summary><c>__u16 local_nodes[CLUSTERIP_MAX_NODES]</c>.</summary>
    [InlineArray(MaxNodes)]
    public struct Nodes
    {
        private ushort _first;
    }
}

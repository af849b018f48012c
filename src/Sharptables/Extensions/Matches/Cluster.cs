using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m cluster</c>.</summary>
internal sealed class Cluster : Match<ClusterInfo>
{
    private const int MaxNodes = 32; // XT_CLUSTER_NODES_MAX

    private static readonly Switch<ClusterInfo> s_inverted = Bit((ref i) => ref i.Flags, 1); // XT_CLUSTER_F_INV

    private readonly Option _nodeMask;
    private readonly Option[] _nodes;

    /// <inheritdoc/>
    public override string Name => "cluster";

    /// <inheritdoc/>
    public override string Summary => "Matches the share of packets that this machine handles in a cluster of gateways.";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne =>
        field ??= new("cluster match: `--cluster-local-node' or`--cluster-local-nodemask' is missing", _nodes);

    public Cluster() => Options =
    [
        .. _nodes = OneOf(
            Option("cluster-local-node", new LocalNode(), (ref i) => ref i.Nodes, "The number of this machine, counted from 1.",
                invert: s_inverted, shorthand: true),
            _nodeMask = Option("cluster-local-nodemask", new HexNumber("num", min: 1, digits: 8), (ref i) => ref i.Nodes,
                "The numbers of this machine as bits: bit 0 is number 1.",
                invert: s_inverted, label: " node_mask=", invertedLabel: " !node_mask=")),
        Option("cluster-total-nodes", new Number<uint>(1, MaxNodes, placeholder: "num"), (ref i) => ref i.Total,
            "The number of machines, at most 32.", required: true, label: " total_nodes=", helpRank: -1),
        Option("cluster-hash-seed", new HexNumber("num", digits: 8), (ref i) => ref i.Seed,
            "The seed of the hash that distributes the connections; the same on every machine.", required: true, label: " hash_seed="),
    ];

    /// <inheritdoc/>
    protected override void Finish(ref ClusterInfo info, in Given given, RuleInProgress rule)
    {
        if (info.Total != 0 && (ulong)info.Nodes >> (int)info.Total != 0)
        {
            throw new UsageException(given[_nodeMask]
                ? "cluster match: `--cluster-local-nodemask' too big for `--cluster-total-nodes'"
                : "cluster match: `--cluster-local-node' must be <= `--cluster-total-nodes'");
        }
    }

    /// <inheritdoc/>
    protected override bool Translate(in ClusterInfo info, NftText nft)
    {
        List<string> nodes = [];
        for (int i = 0; i < MaxNodes; i++)
        {
            if ((info.Nodes & (1u << i)) != 0)
            {
                nodes.Add($"{i}");
            }
        }

        string not = (info.Flags & 1) == 0 ? "" : "!= ";
        string which = nodes.Count == 1 ? $"{(not.Length == 0 ? "eq " : not)}{info.Nodes}" : $"{not}{{ {string.Join(", ", nodes)} }}";
        return nft.SaysAsOriginal && (nodes.Count != 1 || info.Nodes < info.Total) // nft has another hash, and counts from 0
            && nft.Write($" jhash ct original saddr mod {info.Total} seed 0x{info.Seed:x8} {which} meta pkttype set host");
    }

    /// <summary>One machine, by its number; only masks are written.</summary>
    private sealed class LocalNode : Syntax<uint>
    {
        private static readonly Number<uint> s_number = new(1, MaxNodes);

        public override string Placeholder => "num";

        public override void Parse(in Argument argument, ref uint field)
        {
            uint number = 0;
            s_number.Parse(argument, ref number);
            field = 1u << (int)(number - 1);
        }

        public override void Write(in uint field, Output output, in Format format) => output.WriteHex(field);
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>The machines share connections by a hash of the address that began them; what has no connection is nobody's.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        if (packet.LacksConnection)
        {
            return Answer.No;
        }

        ref readonly ClusterInfo info = ref As(payload);
        Field source = Field.Ct.OriginalSource.In(packet.Family);
        if (packet.Find(source) is not { } address)
        {
            return Answer.Unknown;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address << (128 - source.Bits));
        uint hash = JenkinsHash.Of(MemoryMarshal.Cast<byte, uint>(bytes[..(source.Bits / 8)]), info.Seed);
        int node = (int)(((ulong)hash * info.Total) >> 32);
        return ((info.Nodes >> node) & 1) != 0 != s_inverted.IsSet(info) ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m cluster</c>.</summary>
[KernelStruct("struct xt_cluster_match_info", "linux/netfilter/xt_cluster.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ClusterInfo
{
    /// <summary>How many machines there are.</summary>
    [KernelField("total_nodes")]
    public uint Total;

    /// <summary>A bit for each machine that this one is.</summary>
    [KernelField("node_mask")]
    public uint Nodes;

    /// <summary>The seed of the hash.</summary>
    [KernelField("hash_seed")]
    public uint Seed;

    /// <summary><c>XT_CLUSTER_F_INV</c>.</summary>
    public uint Flags;
}

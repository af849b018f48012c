using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m pkttype</c>.</summary>
internal sealed class PktType : Match<PktTypeInfo>
{
    /// <inheritdoc/>
    public override string Name => "pkttype";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the type of their link-layer destination.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    public PktType() => Options =
    [
        Option("pkt-type", new PacketType(), (ref i) => ref i.Type, "The type: unicast is for this machine, otherhost for another.",
            of: Field.Meta.PacketType, required: true, invert: Bit((ref i) => ref i.Inversion, 1), label: " PKTTYPE = ", invertedLabel: " PKTTYPE != "),
    ];

    /// <summary>A packet type that can reach a rule, in any case.</summary>
    private sealed class PacketType() : Keyword<uint>(
        [("unicast", 0), ("broadcast", 1), ("multicast", 2), ("otherhost", 3), ("host", 0), ("bcast", 1), ("mcast", 2)],
        "Bad packet type '{0}'", "packettype", ignoresCase: true)
    {
        public override ValueList Values => new("Valid packet types:", Choices, indent: "\t");
    }
}

/// <summary>The kernel's struct for <c>-m pkttype</c>.</summary>
[KernelStruct("struct xt_pkttype_info", "linux/netfilter/xt_pkttype.h")]
[StructLayout(LayoutKind.Sequential)]
public struct PktTypeInfo
{
    /// <summary><c>PACKET_*</c> (linux/if_packet.h).</summary>
    [KernelField("pkttype")]
    public uint Type;

    /// <summary>1: all other packets.</summary>
    [KernelField("invert")]
    public uint Inversion;
}

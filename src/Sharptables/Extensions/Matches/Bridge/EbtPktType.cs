using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary>ebtables' match <c>pkttype</c>.</summary>
internal sealed class EbtPktType : Match<EbtPktTypeInfo>
{
    /// <inheritdoc/>
    public override string Name => "pkttype";

    /// <inheritdoc/>
    public override string KernelOption => "BRIDGE_EBT_PKTTYPE";

    /// <inheritdoc/>
    public override string Summary => "Matches frames by whom they are for.";

    public EbtPktType() => Options =
    [
        Option("pkttype-type", new FrameType(), (ref i) => ref i.Type, "For whom the frame is: host is this machine, otherhost another.",
            of: Field.Meta.PacketType, required: true, invert: Bit((ref i) => ref i.Inversion, 1)),
    ];

    /// <inheritdoc/>
    protected override bool Translate(in EbtPktTypeInfo info, NftText nft)
    {
        ReadOnlySpan<string> words = ["host", "broadcast", "multicast", "other"];
        return nft.Write($" meta pkttype {(info.Inversion == 0 ? "" : "!= ")}{(info.Type < words.Length ? words[info.Type] : $"{info.Type}")}");
    }

    /// <summary>A word in any case, or a number.</summary>
    private sealed class FrameType() : Keyword<byte>(
        ["host", "broadcast", "multicast", "otherhost", "outgoing", "loopback", "fastroute"], // PACKET_*
        "Could not parse class '{0}'", "type", ignoresCase: true)
    {
        public override void Parse(in Argument argument, ref byte field)
        {
            if (!Numerals.TryRead(argument.Text, 0, uint.MaxValue, out ulong number))
            {
                base.Parse(argument, ref field);
                return;
            }

            field = number < byte.MaxValue ? (byte)number : throw new UsageException("Problem with specified pkttype class");
        }
    }
}

/// <summary>The kernel's struct for ebtables' match <c>pkttype</c>.</summary>
[KernelStruct("struct ebt_pkttype_info", "linux/netfilter_bridge/ebt_pkttype.h")]
[StructLayout(LayoutKind.Sequential)]
internal struct EbtPktTypeInfo
{
    /// <summary><c>PACKET_*</c> (linux/if_packet.h).</summary>
    [KernelField("pkt_type")]
    public byte Type;

    /// <summary>1: all other frames.</summary>
    [KernelField("invert")]
    public byte Inversion;
}

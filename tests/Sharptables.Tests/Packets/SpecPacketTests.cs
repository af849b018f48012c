using System.Buffers.Binary;
using Sharptables.Packets;
using Sharptables.Testing;
using Xunit;
using Packet = Sharptables.Packets.Packet;

namespace Sharptables.Tests.Packets;

/// <summary>The packets of the <c>.spec</c> files: the system tests send them through the kernel; here the declarations answer.</summary>
public sealed class SpecPacketTests
{
    private const ushort Invalid = 1 << 0, New = 1 << 3;
    private const byte Reset = 1 << 2;
    private const byte Unicast = 0, Broadcast = 1, Multicast = 2; // PACKET_*, linux/if_packet.h

    [Fact]
    public void The_declarations_take_and_leave_the_packets_that_the_kernel_does()
    {
        (DeclaredRule Rule, SpecPacket Packet)[] asked = [.. DeclaredRule.All.SelectMany(static rule => rule.Case!.Packets, static (rule, packet) => (rule, packet))
            .Where(static pair => pair.packet.Packet.In is null || !pair.rule.AsksForSocket)];
        string[] wrong = [.. asked.Select(static pair => (pair.Rule, pair.Packet, Answer: pair.Rule.Ask(Known(pair.Packet.Packet))))
            .Where(static each => each.Answer != (each.Packet.Fate switch { '+' => Answer.Yes, 'x' => Answer.Dropped, _ => Answer.No }))
            .Select(static each => $"{each.Rule}\n    {each.Packet}: {each.Answer}")];
        Assert.True(wrong.Length == 0, $"{wrong.Length} of {asked.Length} wrong:\n{string.Join("\n", wrong)}");
        Assert.True(asked.Length > 90, $"only {asked.Length} packets");
    }

    [Fact]
    public void Each_match_that_is_nothing_but_conditions_has_packets()
    {
        string names = string.Join(' ', DeclaredRule.All.Where(static rule => rule.Case!.Packets.Count > 0).SelectMany(static rule => rule.Matches)
            .Select(static match => match.Match.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.True(names == "ah cgroup connmark conntrack dccp devgroup esp hl icmp icmp6 ipcomp iprange length mark multiport owner pkttype realm sctp state tcp ttl udp", names);
    }

    /// <summary>The packet, the first of its connection, with what the kernel knows of it.</summary>
    internal static Packet Known(Testing.Packet packet)
    {
        Packet known = new(packet.Bytes);
        known[Field.Meta.Mark] = packet.Mark;
        byte[] to = packet.DestinationMac;
        foreach (Field zero in (Field[])[Field.Ct.Mark, Field.Meta.InGroup, Field.Meta.OutGroup, Field.Meta.ControlGroup, Field.Meta.Realm, Field.Meta.User, Field.Meta.Group])
        {
            known[zero] = (byte)0; // root's, as all that the tests' router sends
        }

        known[Field.Meta.PacketType] = (to[0] & 1) == 0 ? Unicast : Array.TrueForAll(to, static part => part == 0xff) ? Broadcast : Multicast;
        bool resets = known.Protocol == 6 && (packet.Bytes[known.Family.HeaderSize + 13] & Reset) != 0;
        known[Field.Ct.State] = resets ? Invalid : New;
        if (!resets)
        {
            known[Field.Ct.Direction] = (byte)0;
            known[Field.Ct.Protocol] = known.Protocol ?? 0;
            known[Field.Ct.Status] = (byte)0;
            known[Field.Ct.OriginalSource] = known[Field.Ct.ReplyDestination] = Number(packet.Source.GetAddressBytes());
            known[Field.Ct.OriginalDestination] = known[Field.Ct.ReplySource] = Number(packet.Destination.GetAddressBytes());
            known[Field.Ct.OriginalSourcePort] = known[Field.Ct.ReplyDestinationPort] = packet.SourcePort;
            known[Field.Ct.OriginalDestinationPort] = known[Field.Ct.ReplySourcePort] = packet.DestinationPort;
        }

        return known;
    }

    private static UInt128 Number(byte[] address) => BinaryPrimitives.ReadUInt128BigEndian([.. new byte[16 - address.Length], .. address]);
}

using System.Buffers.Binary;
using System.Text;
using Sharptables.Testing;

namespace Sharptables.SystemTests.Packets;

/// <summary>A listener to the packets that NFLOG sends to one group: linux/netfilter/nfnetlink_log.h.</summary>
internal sealed class LogGroup : NetfilterSocket
{
    private const ushort Configure = 4 << 8 | 1; // NFNL_SUBSYS_ULOG, NFULNL_MSG_CONFIG
    private const ushort PacketMessage = 4 << 8 | 0; // NFULNL_MSG_PACKET

    public LogGroup(ushort group)
    {
        Ask(Configure, group, 1, [1]); // NFULA_CFG_CMD: NFULNL_CFG_CMD_BIND
        Ask(Configure, group, 2, [0, 0, 0xff, 0xff, 2, 0]); // NFULA_CFG_MODE: so many bytes of the packet, NFULNL_COPY_PACKET
        Ask(Configure, group, 5, [0, 0, 0, 1]); // NFULA_CFG_QTHRESH: not to be kept until there are more
    }

    /// <summary>Whether a packet has come.</summary>
    public bool HasAny => Socket.Poll(0, System.Net.Sockets.SelectMode.SelectRead);

    /// <summary>Waits for a packet; throws if none comes in time.</summary>
    /// <returns>The prefix of the rule that logged it, the packet from its IP header on, and its mark.</returns>
    public (string Prefix, byte[] Packet, uint Mark) Receive()
    {
        ReadOnlySpan<byte> attributes = Read(PacketMessage);
        ReadOnlySpan<byte> mark = Find(attributes, 2); // NFULA_MARK, left out when it is 0
        return (Encoding.ASCII.GetString(Find(attributes, 10)).TrimEnd('\0'), // NFULA_PREFIX
            Find(attributes, 9).ToArray(), // NFULA_PAYLOAD
            mark.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32BigEndian(mark));
    }
}

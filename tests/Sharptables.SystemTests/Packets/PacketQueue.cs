using System.Buffers.Binary;
using Sharptables.Testing;

namespace Sharptables.SystemTests.Packets;

/// <summary>A program that decides about the packets of one queue of NFQUEUE: linux/netfilter/nfnetlink_queue.h.</summary>
internal sealed class PacketQueue : NetfilterSocket
{
    private const ushort VerdictMessage = 3 << 8 | 1; // NFNL_SUBSYS_QUEUE, NFQNL_MSG_VERDICT
    private const ushort Configure = 3 << 8 | 2; // NFQNL_MSG_CONFIG
    private const ushort PacketMessage = 3 << 8 | 0; // NFQNL_MSG_PACKET

    private readonly ushort _queue;

    public PacketQueue(ushort queue)
    {
        _queue = queue;
        Ask(Configure, queue, 1, [1, 0, 0, 0]); // NFQA_CFG_CMD: NFQNL_CFG_CMD_BIND
        Ask(Configure, queue, 2, [0, 0, 0xff, 0xff, 2]); // NFQA_CFG_PARAMS: so many bytes of the packet, NFQNL_COPY_PACKET
    }

    /// <summary>Waits for a packet, which waits for its verdict from then on; throws if none comes in time.</summary>
    /// <returns>Its number in the queue, and the packet from its IP header on.</returns>
    public (uint Id, byte[] Packet) Receive()
    {
        ReadOnlySpan<byte> attributes = Read(PacketMessage);
        return (BinaryPrimitives.ReadUInt32BigEndian(Find(attributes, 1)), Find(attributes, 10).ToArray()); // NFQA_PACKET_HDR, NFQA_PAYLOAD
    }

    /// <summary>Lets a packet go on, or drops it.</summary>
    public void Decide(uint id, bool accept)
    {
        byte[] verdict = [0, 0, 0, accept ? (byte)1 : (byte)0, 0, 0, 0, 0]; // NF_ACCEPT, NF_DROP: linux/netfilter.h
        BinaryPrimitives.WriteUInt32BigEndian(verdict.AsSpan(4), id);
        Tell(VerdictMessage, _queue, 2, verdict); // NFQA_VERDICT_HDR
    }
}

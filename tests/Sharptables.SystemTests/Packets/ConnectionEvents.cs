using System.Buffers.Binary;
using System.Net.Sockets;
using System.Net;

namespace Sharptables.SystemTests.Packets;

/// <summary>A listener to what the kernel reports of new connections: linux/netfilter/nfnetlink_conntrack.h.</summary>
internal sealed class ConnectionEvents : NetfilterSocket
{
    private const ushort NewMessage = 1 << 8 | 0; // NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_NEW

    public ConnectionEvents() => Socket.Bind(new NewConnections());

    /// <summary>Waits for the next report and returns the port that the connection is to; throws if none comes in time.</summary>
    public ushort Receive() =>
        BinaryPrimitives.ReadUInt16BigEndian(Find(Read(NewMessage), 1, 2, 3)); // CTA_TUPLE_ORIG, CTA_TUPLE_PROTO, CTA_PROTO_DST_PORT

    /// <summary><c>struct sockaddr_nl</c>, linux/netlink.h, with the bit of the group NFNLGRP_CONNTRACK_NEW.</summary>
    private sealed class NewConnections : EndPoint
    {
        public override SocketAddress Serialize()
        {
            SocketAddress address = new(AddressFamily.Unspecified, 12);
            address.Buffer.Span[0] = 16; // AF_NETLINK, which .NET has no name for
            address.Buffer.Span[8] = 1;
            return address;
        }
    }
}

using System;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.SystemTests;

/// <summary>
/// A listener to the packets that NFLOG hands to one group, over netlink: linux/netfilter/nfnetlink_log.h. To be made inside
/// the namespace whose packets are meant.
/// </summary>
internal sealed class LogGroup : IDisposable
{
    private const int NetlinkFamily = 16; // AF_NETLINK
    private const int RawSocket = 3; // SOCK_RAW
    private const int NetfilterProtocol = 12; // NETLINK_NETFILTER, linux/netlink.h
    private const ushort Configure = 4 << 8 | 1; // NFNL_SUBSYS_ULOG, NFULNL_MSG_CONFIG
    private const ushort PacketMessage = 4 << 8 | 0; // NFULNL_MSG_PACKET
    private const int HeaderLength = 16 + 4; // struct nlmsghdr, struct nfgenmsg

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65536];

    public LogGroup(ushort group)
    {
        int descriptor = OpenSocket(NetlinkFamily, RawSocket, NetfilterProtocol);
        if (descriptor < 0)
        {
            throw new InvalidOperationException($"no netlink socket (errno {Marshal.GetLastPInvokeError()})");
        }

        _socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)) { ReceiveTimeout = (int)Lab.Patience.TotalMilliseconds };
        Ask(group, 1, [1]); // NFULA_CFG_CMD: NFULNL_CFG_CMD_BIND
        Ask(group, 2, [0, 0, 0xff, 0xff, 2, 0]); // NFULA_CFG_MODE: so many bytes of the packet, NFULNL_COPY_PACKET
        Ask(group, 5, [0, 0, 0, 1]); // NFULA_CFG_QTHRESH: not to be kept until there are more
    }

    /// <summary>Waits for a packet; throws if none comes in time.</summary>
    /// <returns>The prefix of the rule that logged it, and the packet from its IP header on.</returns>
    public (string Prefix, byte[] Packet) Receive()
    {
        ReadOnlySpan<byte> message = Read(PacketMessage);
        string prefix = "";
        byte[] packet = [];
        for (ReadOnlySpan<byte> rest = message[HeaderLength..]; rest.Length >= 4;)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            ReadOnlySpan<byte> value = rest[4..length];
            switch (BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]))
            {
                case 9: // NFULA_PAYLOAD
                    packet = value.ToArray();
                    break;
                case 10: // NFULA_PREFIX
                    prefix = Encoding.ASCII.GetString(value).TrimEnd('\0');
                    break;
            }

            rest = rest[Math.Min(length + 3 & ~3, rest.Length)..];
        }

        return (prefix, packet);
    }

    public void Dispose() => _socket.Dispose();

    private void Ask(ushort group, ushort attribute, ReadOnlySpan<byte> value)
    {
        byte[] message = new byte[HeaderLength + (4 + value.Length + 3 & ~3)];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), Configure);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), 5); // NLM_F_REQUEST | NLM_F_ACK
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(18), group); // nfgenmsg.res_id
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(20), (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(22), attribute);
        value.CopyTo(message.AsSpan(24));
        _socket.Send(message);
        int error = -BinaryPrimitives.ReadInt32LittleEndian(Read(2)[16..]); // NLMSG_ERROR: the answer, 0 if all is well
        if (error != 0)
        {
            throw new InvalidOperationException($"the log group was refused (errno {error})");
        }
    }

    private ReadOnlySpan<byte> Read(ushort type)
    {
        int length = _socket.Receive(_buffer);
        ReadOnlySpan<byte> message = _buffer.AsSpan(0, length);
        int actual = BinaryPrimitives.ReadUInt16LittleEndian(message[4..]);
        return actual == type ? message[..BinaryPrimitives.ReadInt32LittleEndian(message)]
            : throw new InvalidOperationException($"netlink message of type {actual}, not {type}");
    }

    [DllImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenSocket(int family, int type, int protocol);
}

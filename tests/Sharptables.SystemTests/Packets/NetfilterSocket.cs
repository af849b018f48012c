using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sharptables.SystemTests.Packets;

/// <summary>
/// A nfnetlink socket, linux/netfilter/nfnetlink.h. Must be made inside the network namespace that it is for. A message's type is
/// its subsystem's number in the high byte, the command in the low one.
/// </summary>
internal class NetfilterSocket : IDisposable
{
    private const int NetlinkFamily = 16; // AF_NETLINK
    private const int RawSocket = 3; // SOCK_RAW
    private const int NetfilterProtocol = 12; // NETLINK_NETFILTER, linux/netlink.h
    private const ushort Error = 2; // NLMSG_ERROR, the answer to what asks for one: 0 if all is well
    private const ushort Request = 1, Acknowledge = 4, Create = 0x400; // NLM_F_REQUEST, NLM_F_ACK, NLM_F_CREATE
    private const int HeaderLength = 16 + 4; // struct nlmsghdr, struct nfgenmsg

    private readonly byte[] _buffer = new byte[65536];

    public NetfilterSocket()
    {
        int descriptor = OpenSocket(NetlinkFamily, RawSocket, NetfilterProtocol);
        if (descriptor < 0)
        {
            throw new InvalidOperationException($"no netlink socket (errno {Marshal.GetLastPInvokeError()})");
        }

        Socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true)) { ReceiveTimeout = (int)Lab.Patience.TotalMilliseconds };
    }

    protected Socket Socket { get; }

    /// <summary>An attribute: struct nlattr, the value, and padding to a multiple of four bytes.</summary>
    public static byte[] Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        byte[] attribute = new byte[4 + value.Length + 3 & ~3];
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(attribute.AsSpan(2), type);
        value.CopyTo(attribute.AsSpan(4));
        return attribute;
    }

    /// <summary>Makes an object and waits for the kernel's acknowledgement; throws if it refuses.</summary>
    public void Make(ushort type, ReadOnlySpan<byte> attributes)
    {
        Send(type, 0, Request | Acknowledge | Create, attributes);
        AwaitAgreement(type);
    }

    public void Dispose() => Socket.Dispose();

    /// <summary>Sends a message with one attribute and waits for the kernel's acknowledgement; throws if it refuses.</summary>
    /// <param name="type">The message's type.</param>
    /// <param name="resource">The group or queue, nfgenmsg.res_id.</param>
    protected void Ask(ushort type, ushort resource, ushort attribute, ReadOnlySpan<byte> value)
    {
        Send(type, resource, Request | Acknowledge, Attribute(attribute, value));
        AwaitAgreement(type);
    }

    /// <summary>Sends a message with one attribute that the kernel answers only if it refuses it.</summary>
    protected void Tell(ushort type, ushort resource, ushort attribute, ReadOnlySpan<byte> value) =>
        Send(type, resource, Request, Attribute(attribute, value));

    /// <summary>Waits for a message; throws if none comes in time.</summary>
    /// <returns>Its attributes, valid until the next message.</returns>
    protected ReadOnlySpan<byte> Read(ushort type) => ReadMessage(type)[HeaderLength..];

    /// <summary>The value of an attribute, by its type and those of the attributes that it is nested in; empty if there is none.</summary>
    protected static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> attributes, params ReadOnlySpan<ushort> types)
    {
        for (ReadOnlySpan<byte> rest = attributes; rest.Length >= 4;)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if ((BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) & 0x3fff) == types[0]) // NLA_TYPE_MASK
            {
                ReadOnlySpan<byte> value = rest[4..length];
                return types.Length == 1 ? value : Find(value, types[1..]);
            }

            rest = rest[Math.Min(length + 3 & ~3, rest.Length)..];
        }

        return [];
    }

    private void Send(ushort type, ushort resource, int flags, ReadOnlySpan<byte> attributes)
    {
        byte[] message = [.. new byte[HeaderLength], .. attributes];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(6), (ushort)flags);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(18), resource);
        Socket.Send(message);
    }

    private void AwaitAgreement(ushort type)
    {
        int error = -BinaryPrimitives.ReadInt32LittleEndian(ReadMessage(Error)[16..]);
        if (error != 0)
        {
            throw new InvalidOperationException($"the kernel refused nfnetlink message 0x{type:x} (errno {error})");
        }
    }

    private ReadOnlySpan<byte> ReadMessage(ushort type)
    {
        int length = Socket.Receive(_buffer);
        ReadOnlySpan<byte> message = _buffer.AsSpan(0, length);
        int actual = BinaryPrimitives.ReadUInt16LittleEndian(message[4..]);
        return actual == type ? message[..BinaryPrimitives.ReadInt32LittleEndian(message)]
            : throw new InvalidOperationException($"netlink message of type {actual}, not {type}");
    }

    [DllImport("libc", EntryPoint = "socket", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenSocket(int family, int type, int protocol);
}

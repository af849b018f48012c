using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>A netlink socket (netlink(7)): a request goes to the kernel, and what the kernel thinks of it comes back.</summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    /// <summary>The part of the kernel that nfnetlink is: <c>NETLINK_NETFILTER</c>, linux/netlink.h.</summary>
    public const int Netfilter = 12;

    /// <summary>Make what is not there yet: <c>NLM_F_CREATE</c>.</summary>
    public const ushort CreateFlag = 0x400;

    private const ushort RequestFlag = 1; // NLM_F_REQUEST
    private const ushort AcknowledgeFlag = 4; // NLM_F_ACK
    private const ushort DumpFlag = 0x300; // NLM_F_DUMP
    private const ushort ErrorType = 2; // NLMSG_ERROR
    private const ushort DoneType = 3; // NLMSG_DONE
    private const int DumpSize = 32 * 1024; // what the kernel puts into one datagram at most (netlink(7))

    private readonly byte[] _message = new byte[8192];
    private int _socket;
    private uint _sequence;

    /// <summary>Opens a socket.</summary>
    /// <param name="protocol">The part of the kernel at its other end, such as <see cref="Netfilter"/>.</param>
    /// <exception cref="KernelException">The kernel does not have that part.</exception>
    public NetlinkSocket(int protocol)
    {
        _socket = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, protocol);
        if (_socket < 0)
        {
            throw new KernelException("socket", Marshal.GetLastSystemError());
        }

        // SAFETY: a null argument asks for the result only. The time as the first number, as is the custom.
        _sequence = (uint)Libc.time(null);
    }

    /// <summary>Sends a request and waits for the kernel to acknowledge it.</summary>
    /// <param name="type">What is asked: for nfnetlink the subsystem in the upper byte, its message in the lower one.</param>
    /// <param name="flags">Flags besides those of a request that is to be acknowledged, such as <see cref="CreateFlag"/>.</param>
    /// <param name="body">What stands behind the netlink header; a multiple of four bytes.</param>
    /// <exception cref="KernelException">The kernel refuses; <see cref="KernelException.Errno"/> is its reason.</exception>
    public void Request(ushort type, ushort flags, ReadOnlySpan<byte> body)
    {
        Send(type, (ushort)(RequestFlag | AcknowledgeFlag | flags), body);
        int errno = AwaitAnswer();
        _sequence++;
        if (errno != 0)
        {
            throw new KernelException("netlink", errno);
        }
    }

    /// <summary>Asks for a list.</summary>
    /// <param name="type">What is asked, as for <see cref="Request"/>.</param>
    /// <param name="body">What stands behind the netlink header; a multiple of four bytes.</param>
    /// <param name="see">Sees what stands behind the netlink header of each message of the answer.</param>
    /// <exception cref="KernelException">The kernel refuses.</exception>
    public void Dump(ushort type, ReadOnlySpan<byte> body, Action<ReadOnlySpan<byte>> see) => Ask(type, DumpFlag, body, see);

    /// <summary>Asks for one thing.</summary>
    /// <param name="type">What is asked, as for <see cref="Request"/>.</param>
    /// <param name="body">What stands behind the netlink header; a multiple of four bytes.</param>
    /// <param name="see">Sees what stands behind the netlink header of the answer.</param>
    /// <exception cref="KernelException">The kernel refuses.</exception>
    public void Get(ushort type, ReadOnlySpan<byte> body, Action<ReadOnlySpan<byte>> see) => Ask(type, AcknowledgeFlag, body, see);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_socket >= 0)
        {
            _ = Libc.close(_socket);
            _socket = -1;
        }
    }

    private void Ask(ushort type, ushort flags, ReadOnlySpan<byte> body, Action<ReadOnlySpan<byte>> see)
    {
        Send(type, (ushort)(RequestFlag | flags), body);
        byte[] answer = new byte[DumpSize];
        while (!SeeAll(answer.AsSpan(0, Receive(answer)), see))
        {
        }

        _sequence++;
    }

    private void Send(ushort type, ushort flags, ReadOnlySpan<byte> body)
    {
        Span<byte> message = _message.AsSpan(0, sizeof(Header) + body.Length);
        MemoryMarshal.Write(message, new Header { Length = (uint)message.Length, Type = type, Flags = flags, Sequence = _sequence });
        body.CopyTo(message[sizeof(Header)..]);
        fixed (byte* bytes = message)
        {
            // SAFETY: the kernel reads the pinned span. A message is sent whole or not at all; to the kernel, if to nobody else.
            while (Libc.send(_socket, bytes, (nuint)message.Length, 0) < 0)
            {
                ThrowUnlessInterrupted("send");
            }
        }
    }

    /// <summary>Reads messages up to the one that answers the request. They arrive one by one, whole.</summary>
    /// <returns>0, or the error number.</returns>
    private int AwaitAnswer()
    {
        while (true)
        {
            if (Receive(_message) >= sizeof(Header) + sizeof(int)
                && MemoryMarshal.Read<Header>(_message) is { Type: ErrorType } header && header.Sequence == _sequence)
            {
                return -MemoryMarshal.Read<int>(_message.AsSpan(sizeof(Header)));
            }
        }
    }

    /// <summary>Shows the messages that came at once.</summary>
    /// <returns>Whether the last of the answer was among them.</returns>
    private bool SeeAll(ReadOnlySpan<byte> messages, Action<ReadOnlySpan<byte>> see)
    {
        while (messages.Length >= sizeof(Header))
        {
            Header header = MemoryMarshal.Read<Header>(messages);
            int length = (int)header.Length;
            if (length < sizeof(Header) || length > messages.Length)
            {
                throw new KernelException("netlink: a message is cut short", Errno.EBADMSG);
            }

            if (header.Sequence == _sequence)
            {
                ReadOnlySpan<byte> body = messages[sizeof(Header)..length];
                if (header.Type is ErrorType or DoneType && body.Length >= sizeof(int) && MemoryMarshal.Read<int>(body) is var error and not 0)
                {
                    throw new KernelException("netlink", -error);
                }

                if (header.Type is ErrorType or DoneType)
                {
                    return true;
                }

                see(body);
            }

            messages = messages[Math.Min((length + 3) & ~3, messages.Length)..];
        }

        return false;
    }

    private int Receive(byte[] buffer)
    {
        while (true)
        {
            fixed (byte* bytes = buffer)
            {
                // SAFETY: the kernel writes at most as much as the pinned array has.
                nint count = Libc.recv(_socket, bytes, (nuint)buffer.Length, 0);
                if (count >= 0)
                {
                    return (int)count;
                }
            }

            ThrowUnlessInterrupted("recv");
        }
    }

    private static void ThrowUnlessInterrupted(string operation)
    {
        int errno = Marshal.GetLastSystemError();
        if (errno != Libc.EINTR)
        {
            throw new KernelException(operation, errno);
        }
    }

    [KernelStruct("struct nlmsghdr", "linux/netlink.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Header
    {
        [KernelField("nlmsg_len")]
        public uint Length;

        [KernelField("nlmsg_type")]
        public ushort Type;

        [KernelField("nlmsg_flags")]
        public ushort Flags;

        [KernelField("nlmsg_seq")]
        public uint Sequence;

        [KernelField("nlmsg_pid")]
        public uint Port;
    }
}

using System;
using System.Runtime.InteropServices;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>A netlink socket (netlink(7)): sends requests to the kernel and reads its answers.</summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    /// <summary><c>NETLINK_NETFILTER</c> (linux/netlink.h): nfnetlink.</summary>
    public const int Netfilter = 12;

    /// <summary><c>NLM_F_CREATE</c>: create the object if it does not exist.</summary>
    public const ushort CreateFlag = 0x400;

    private const ushort RequestFlag = 1; // NLM_F_REQUEST
    private const ushort AcknowledgeFlag = 4; // NLM_F_ACK
    private const ushort DumpFlag = 0x300; // NLM_F_DUMP
    private const ushort ErrorType = 2; // NLMSG_ERROR
    private const ushort DoneType = 3; // NLMSG_DONE
    private const int DumpSize = 32 * 1024; // the most that the kernel puts into one datagram (netlink(7))

    private readonly byte[] _message = new byte[8192];
    private int _socket;
    private uint _sequence;

    /// <summary>Opens a socket.</summary>
    /// <param name="protocol">The netlink family, such as <see cref="Netfilter"/>.</param>
    /// <exception cref="KernelException">The kernel lacks it.</exception>
    public NetlinkSocket(int protocol)
    {
        _socket = Check("socket", Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, protocol));

        // SAFETY: with a null argument, time only returns its result, the customary first sequence number.
        _sequence = (uint)Libc.time(null);
    }

    /// <summary>Sends a request and waits for the kernel to acknowledge it.</summary>
    /// <param name="type">The message type; for nfnetlink the subsystem in the upper byte, its message in the lower.</param>
    /// <param name="flags">Flags beyond NLM_F_REQUEST and NLM_F_ACK, such as <see cref="CreateFlag"/>.</param>
    /// <param name="body">What follows the netlink header; a multiple of four bytes.</param>
    /// <exception cref="KernelException">The kernel's answer was an error.</exception>
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

    /// <summary>Requests a list.</summary>
    /// <param name="type">The message type, as for <see cref="Request"/>.</param>
    /// <param name="body">What follows the netlink header; a multiple of four bytes.</param>
    /// <param name="see">Called with each message of the answer, without its netlink header.</param>
    /// <exception cref="KernelException">The kernel's answer was an error.</exception>
    public void Dump(ushort type, ReadOnlySpan<byte> body, Action<ReadOnlySpan<byte>> see) => Ask(type, DumpFlag, body, see);

    /// <summary>Requests one object.</summary>
    /// <param name="type">The message type, as for <see cref="Request"/>.</param>
    /// <param name="body">What follows the netlink header; a multiple of four bytes.</param>
    /// <param name="see">Called with the answer, without its netlink header.</param>
    /// <exception cref="KernelException">The kernel's answer was an error.</exception>
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
            // SAFETY: the kernel reads the pinned span. An unconnected netlink socket sends to the kernel, whole messages only.
            while (Libc.send(_socket, bytes, (nuint)message.Length, 0) < 0)
            {
                ThrowUnlessInterrupted("send");
            }
        }
    }

    /// <summary>Reads messages until the answer to the request; each datagram holds whole messages.</summary>
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

    /// <summary>Passes on the messages of one datagram.</summary>
    /// <returns>Whether the answer is complete.</returns>
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
                // SAFETY: the kernel writes at most the length of the pinned array.
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

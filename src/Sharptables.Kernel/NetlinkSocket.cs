using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>A netlink socket (netlink(7)): sends requests to the kernel and reads its answers. An answer is valid until the next call.</summary>
internal sealed unsafe class NetlinkSocket : IDisposable
{
    /// <summary><c>NETLINK_NETFILTER</c> (linux/netlink.h): nfnetlink.</summary>
    public const int Netfilter = 12;

    /// <summary><c>NLM_F_REQUEST</c>: what every message to the kernel has.</summary>
    public const ushort RequestFlag = 1;

    /// <summary><c>NLM_F_CREATE</c>: create the object if it does not exist.</summary>
    public const ushort CreateFlag = 0x400;

    /// <summary><c>NLM_F_EXCL</c>: the object must not exist.</summary>
    public const ushort ExclusiveFlag = 0x200;

    /// <summary><c>NLM_F_REPLACE</c>: in place of another object.</summary>
    public const ushort ReplaceFlag = 0x100;

    /// <summary><c>NLM_F_APPEND</c>: behind all others, or behind the one named.</summary>
    public const ushort AppendFlag = 0x800;

    /// <summary><c>NLM_F_NONREC</c>: not what is in it.</summary>
    public const ushort NotRecursiveFlag = 0x100;

    private const int EventBuffer = 32 << 20; // what may wait to be read: 100,000 rules at once
    private const ushort AcknowledgeFlag = 4; // NLM_F_ACK
    private const ushort DumpFlag = 0x300; // NLM_F_DUMP
    private const ushort InterruptedFlag = 0x10; // NLM_F_DUMP_INTR
    private const ushort CappedFlag = 0x100; // NLM_F_CAPPED
    private const ushort ExplainedFlag = 0x200; // NLM_F_ACK_TLVS
    private const ushort ReasonAttribute = 1; // NLMSGERR_ATTR_MSG
    private const ushort ErrorType = 2; // NLMSG_ERROR
    private const ushort DoneType = 3; // NLMSG_DONE
    private const int DumpSize = 32 * 1024; // the most that the kernel puts into one datagram (netlink(7))
    private const int LargestUsual = 100_000; // bytes that one message may surely have

    private readonly int _protocol;
    private byte[] _answer = new byte[8192];
    private byte[] _message = new byte[512];
    private int _socket;
    private uint _sequence;
    private int _next; // where the next message of a dump stands in _answer
    private int _received;
    private bool _isInDump;

    /// <summary>Opens a socket.</summary>
    /// <param name="protocol">The netlink family, such as <see cref="Netfilter"/>.</param>
    /// <exception cref="KernelException">The kernel lacks it.</exception>
    public NetlinkSocket(int protocol)
    {
        _protocol = protocol;
        _socket = Open();

        // SAFETY: with a null argument, time only returns its result, the customary first sequence number.
        _sequence = (uint)Libc.time(null);
    }

    /// <summary>Whether a message of a dump was received that was not given yet.</summary>
    public bool HasReceived => _next < _received;

    /// <summary>Whether what a dump gave changed while it was given.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Sends a request and waits for the kernel to acknowledge it.</summary>
    /// <param name="type">The message type; for nfnetlink the subsystem in the upper byte, its message in the lower.</param>
    /// <param name="flags">Flags beyond NLM_F_REQUEST and NLM_F_ACK, such as <see cref="CreateFlag"/>.</param>
    /// <param name="body">What follows the netlink header; a multiple of four bytes.</param>
    /// <exception cref="KernelException">The kernel's answer was an error.</exception>
    public void Request(ushort type, ushort flags, ReadOnlySpan<byte> body)
    {
        Send(type, (ushort)(RequestFlag | AcknowledgeFlag | flags), body);
        try
        {
            _ = Next(out _);
        }
        finally
        {
            _sequence++;
        }
    }

    /// <summary>Asks for one object.</summary>
    /// <param name="type">The message type, as for <see cref="Request"/>.</param>
    /// <param name="body">What follows the netlink header; a multiple of four bytes.</param>
    /// <param name="answer">The answer, without its netlink header.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="KernelException">The kernel's answer was another error than ENOENT.</exception>
    public bool TryGet(ushort type, ReadOnlySpan<byte> body, out ReadOnlySpan<byte> answer)
    {
        Send(type, RequestFlag, body);
        try
        {
            return Next(out answer);
        }
        catch (KernelException e) when (e.Errno == Errno.ENOENT)
        {
            answer = default;
            return false;
        }
        finally
        {
            _sequence++;
        }
    }

    /// <summary>Asks for a list; <see cref="NextInDump"/> gives what is in it. One that was not read to its end is dropped.</summary>
    /// <param name="type">The message type, as for <see cref="Request"/>.</param>
    /// <param name="body">What follows the netlink header; a multiple of four bytes.</param>
    public void BeginDump(ushort type, ReadOnlySpan<byte> body)
    {
        if (_isInDump)
        {
            _ = Libc.close(_socket); // the kernel stops making the rest
            _socket = -1;
            _socket = Open();
        }

        _sequence++;
        WasInterrupted = false;
        _isInDump = true;
        if (_answer.Length < DumpSize)
        {
            _answer = new byte[DumpSize];
        }

        Send(type, RequestFlag | DumpFlag, body);
    }

    /// <summary>Gives the next message of a list.</summary>
    /// <param name="message">The message, without its netlink header.</param>
    /// <returns>Whether there was one more.</returns>
    /// <exception cref="KernelException">The kernel's answer was an error.</exception>
    public bool NextInDump(out ReadOnlySpan<byte> message)
    {
        try
        {
            _isInDump = Next(out message);
            return _isInDump;
        }
        catch (KernelException)
        {
            _isInDump = false;
            throw;
        }
    }

    /// <summary>Sends a batch of messages that take effect together, or none of them.</summary>
    /// <param name="batch">The messages, from that which begins a batch to that which ends it.</param>
    /// <param name="refusals">To add the messages to that the kernel refuses; none is if the batch has taken effect.</param>
    /// <exception cref="KernelException">EMSGSIZE: it is longer than this process may send at once.</exception>
    public void Commit(NativeBuffer batch, List<NetlinkRefusal> refusals)
    {
        if (batch.Length > LargestUsual)
        {
            AllowToSend(batch.Length);
        }

        // SAFETY: the kernel reads the bytes in use of the buffer. An unconnected netlink socket sends to the kernel.
        while (Libc.send(_socket, batch.Start, (nuint)batch.Length, 0) < 0)
        {
            ThrowUnlessInterrupted("send");
        }

        while (Receive(Libc.MSG_DONTWAIT, mayLose: true) is > 0 and int received)
        {
            AddRefusals(_answer.AsSpan(0, received), refusals);
        }
    }

    /// <summary>Subscribes to events. Such a socket is not for requests.</summary>
    /// <param name="groups">Of what, a bit for each group, such as <see cref="NfTables.Group.Changes"/>.</param>
    /// <exception cref="KernelException">EPERM: this process may not.</exception>
    public void Subscribe(uint groups)
    {
        int size = EventBuffer;
        Address address = new() { Family = Libc.AF_NETLINK, Groups = groups };
        _answer = new byte[DumpSize];

        // SAFETY: the kernel reads four bytes of one local and all of the other. With a smaller buffer it is only more likely that events are lost.
        _ = Libc.setsockopt(_socket, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, &size, sizeof(int));
        _ = Check("bind", Libc.bind(_socket, &address, (uint)sizeof(Address)));
    }

    /// <summary>Waits for events; <see cref="NextEvent"/> gives those that have come.</summary>
    /// <exception cref="KernelException">ENOBUFS: some were lost.</exception>
    public void WaitForEvents()
    {
        _next = _received = 0;
        _received = Receive(0);
    }

    /// <summary>Receives the events that have come, if there are any; <see cref="NextEvent"/> gives them.</summary>
    /// <exception cref="KernelException">ENOBUFS: some were lost.</exception>
    public bool TryReceiveEvents()
    {
        _next = _received = 0;
        _received = Receive(Libc.MSG_DONTWAIT);
        return _received > 0;
    }

    /// <summary>Gives the next event.</summary>
    /// <param name="type">The message type.</param>
    /// <param name="message">The message, without its netlink header.</param>
    /// <returns>Whether there was one more.</returns>
    public bool NextEvent(out ushort type, out ReadOnlySpan<byte> message)
    {
        if (_next >= _received)
        {
            type = 0;
            message = default;
            return false;
        }

        ReadOnlySpan<byte> bytes = _answer.AsSpan(_next, _received - _next);
        Header header = HeadOf(bytes);
        _next += Math.Min(((int)header.Length + 3) & ~3, bytes.Length);
        type = header.Type;
        message = bytes[sizeof(Header)..(int)header.Length];
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_socket >= 0)
        {
            _ = Libc.close(_socket);
            _socket = -1;
        }
    }

    private int Open()
    {
        int socket = Check("socket", Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, _protocol));
        int on = 1;

        // SAFETY: the kernel reads four bytes of a local. One that is too old for the reasons of errors refuses, which is harmless.
        _ = Libc.setsockopt(socket, Libc.SOL_NETLINK, Libc.NETLINK_EXT_ACK, &on, sizeof(int));
        _ = Libc.setsockopt(socket, Libc.SOL_NETLINK, Libc.NETLINK_CAP_ACK, &on, sizeof(int));
        return socket;
    }

    /// <summary>Without the right to send any amount, as much as everyone may.</summary>
    private void AllowToSend(int size)
    {
        // SAFETY: the kernel reads four bytes of the parameter; sending fails if it has refused both.
        if (Libc.setsockopt(_socket, Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, &size, sizeof(int)) < 0)
        {
            _ = Libc.setsockopt(_socket, Libc.SOL_SOCKET, Libc.SO_SNDBUF, &size, sizeof(int));
        }
    }

    private void Send(ushort type, ushort flags, ReadOnlySpan<byte> body)
    {
        _next = _received = 0;
        int length = sizeof(Header) + body.Length;
        if (length > _message.Length)
        {
            _message = new byte[length];
        }

        Span<byte> message = _message.AsSpan(0, length);
        MemoryMarshal.Write(message, new Header { Length = (uint)length, Type = type, Flags = flags, Sequence = _sequence });
        body.CopyTo(message[sizeof(Header)..]);
        fixed (byte* bytes = message)
        {
            // SAFETY: the kernel reads the pinned span. An unconnected netlink socket sends to the kernel, whole messages only.
            while (Libc.send(_socket, bytes, (nuint)length, 0) < 0)
            {
                ThrowUnlessInterrupted("send");
            }
        }
    }

    /// <summary>Gives the next message of the answer to the last request; each datagram holds whole messages.</summary>
    /// <returns>Whether there was one more.</returns>
    private bool Next(out ReadOnlySpan<byte> message)
    {
        while (true)
        {
            if (_next >= _received)
            {
                _next = 0;
                _received = Receive(0);
            }

            ReadOnlySpan<byte> bytes = _answer.AsSpan(_next, _received - _next);
            Header header = HeadOf(bytes);
            _next += Math.Min(((int)header.Length + 3) & ~3, bytes.Length);
            if (header.Sequence != _sequence)
            {
                continue;
            }

            message = bytes[sizeof(Header)..(int)header.Length];
            WasInterrupted |= (header.Flags & InterruptedFlag) != 0;
            if (header.Type is not (ErrorType or DoneType))
            {
                return true;
            }

            int error = message.Length >= sizeof(int) ? MemoryMarshal.Read<int>(message) : 0;
            message = default;
            return error == 0 ? false : throw new KernelException("netlink", -error);
        }
    }

    private static void AddRefusals(ReadOnlySpan<byte> messages, List<NetlinkRefusal> refusals)
    {
        while (!messages.IsEmpty)
        {
            Header header = HeadOf(messages);
            ReadOnlySpan<byte> body = messages[sizeof(Header)..(int)header.Length];
            if (header.Type == ErrorType && body.Length >= sizeof(int) && MemoryMarshal.Read<int>(body) is var error and not 0)
            {
                refusals.Add(new NetlinkRefusal(header.Sequence, -error, ReasonIn(header, body[sizeof(int)..])));
            }

            messages = messages[Math.Min(((int)header.Length + 3) & ~3, messages.Length)..];
        }
    }

    /// <summary>The reason stands behind the message that is refused, of which a kernel that was asked to gives only the head.</summary>
    private static string? ReasonIn(Header header, ReadOnlySpan<byte> refused)
    {
        if ((header.Flags & ExplainedFlag) == 0 || refused.Length < sizeof(Header))
        {
            return null;
        }

        int length = (header.Flags & CappedFlag) != 0 ? sizeof(Header) : (int)MemoryMarshal.Read<Header>(refused).Length;
        ReadOnlySpan<byte> reason = length > refused.Length || length < 0 ? default : NetlinkAttributes.Find(refused[length..], ReasonAttribute);
        return reason.IsEmpty ? null : Encoding.UTF8.GetString(reason.TrimEnd((byte)0));
    }

    private static Header HeadOf(ReadOnlySpan<byte> message)
    {
        if (message.Length >= sizeof(Header) && MemoryMarshal.Read<Header>(message) is var header && header.Length >= sizeof(Header)
            && header.Length <= message.Length)
        {
            return header;
        }

        throw new KernelException("netlink: a message is cut short", Errno.EBADMSG);
    }

    /// <summary>Receives one datagram.</summary>
    /// <returns>Its length; 0 if there is none and this call is not to wait.</returns>
    private int Receive(int flags, bool mayLose = false)
    {
        while (true)
        {
            fixed (byte* bytes = _answer)
            {
                // SAFETY: the kernel writes at most the length of the pinned array.
                nint count = Libc.recv(_socket, bytes, (nuint)_answer.Length, flags);
                if (count >= 0)
                {
                    return (int)count;
                }
            }

            int errno = Marshal.GetLastSystemError();
            if (flags == Libc.MSG_DONTWAIT && errno == Errno.EAGAIN)
            {
                return 0;
            }

            if (!mayLose || errno != Errno.ENOBUFS) // then there were more refusals than the socket holds: the first are there
            {
                ThrowUnlessInterrupted("recv");
            }
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

    [KernelStruct("struct sockaddr_nl", "linux/netlink.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct Address
    {
        [KernelField("nl_family")]
        public ushort Family;

        [KernelField("nl_pad")]
        public ushort Padding;

        [KernelField("nl_pid")]
        public uint Port;

        [KernelField("nl_groups")]
        public uint Groups;
    }
}

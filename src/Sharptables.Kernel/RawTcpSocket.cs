using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>
/// Exchanges single TCP segments with one host, beside the kernel's own TCP (raw(7), ipv6(7)): the kernel routes them and adds the IP
/// header, and delivers a copy of every segment from that host. The kernel's TCP sees those too, and answers with RST what belongs to
/// no connection. Needs CAP_NET_RAW.
/// </summary>
internal sealed unsafe class RawTcpSocket : IDisposable
{
    private readonly InternetFamily _family;
    private readonly byte[] _received = new byte[65536];
    private readonly byte[] _source;
    private int _socket = -1;
    private int _holder = -1;

    /// <summary>Opens a socket to a host.</summary>
    /// <param name="host">The address, 4 or 16 bytes in network byte order.</param>
    /// <param name="device">The interface to use; empty for the one that routing selects.</param>
    /// <exception cref="KernelException">EPERM, ENODEV (no such interface), or no route to the host.</exception>
    public RawTcpSocket(ReadOnlySpan<byte> host, ReadOnlySpan<byte> device)
    {
        _family = InternetFamily.Of(host);
        try
        {
            _socket = Check("socket", Libc.socket((int)_family.Sockets, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, Libc.IPPROTO_TCP));
            if (!device.IsEmpty)
            {
                fixed (byte* name = device)
                {
                    // SAFETY: the kernel reads the name's bytes from the pinned span.
                    Check("setsockopt(SO_BINDTODEVICE)",
                        Libc.setsockopt(_socket, Libc.SOL_SOCKET, Libc.SO_BINDTODEVICE, name, (uint)device.Length));
                }
            }

            int on = 1;

            // SAFETY: the kernel reads the four bytes. Without this option, ICMP errors about the host go unnoticed.
            Check("setsockopt(RECVERR)", Libc.setsockopt(_socket, _family.Level, _family.ReceiveErrors, &on, sizeof(int)));

            // A connected socket receives only from this host.
            // SAFETY: here and below the kernel reads an address of the family's size, a part of the struct.
            SocketAddress address = SocketAddress.Of(_family, host);
            Check("connect", Libc.connect(_socket, &address, _family.SocketAddressSize));
            _source = AddressOf(_socket).Address(_family).ToArray();

            // A TCP socket that only reserves the port, so that no answer can be meant for another program.
            _holder = Check("socket", Libc.socket((int)_family.Sockets, Libc.SOCK_STREAM | Libc.SOCK_CLOEXEC, 0));
            address = SocketAddress.Of(_family, default);
            Check("bind", Libc.bind(_holder, &address, _family.SocketAddressSize));
            Port = BinaryPrimitives.ReverseEndianness(AddressOf(_holder).Port);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The address that we send from: 4 or 16 bytes.</summary>
    public ReadOnlySpan<byte> Source => _source;

    /// <summary>A port of this machine that is reserved for us.</summary>
    public ushort Port { get; }

    /// <summary>The last ICMP error about the host, caused by us or by others, as an error number; 0 for none.</summary>
    public int Unreachable { get; private set; }

    /// <summary>Sends a segment: a TCP header with options and checksum, and its data.</summary>
    /// <exception cref="KernelException">A rule drops it (EPERM), or there is no route any more.</exception>
    public void Send(ReadOnlySpan<byte> segment)
    {
        fixed (byte* bytes = segment)
        {
            // SAFETY: the kernel reads the pinned span, and sends all of it or nothing.
            while (Libc.send(_socket, bytes, (nuint)segment.Length, 0) < 0)
            {
                int errno = Marshal.GetLastSystemError();
                if (errno != Libc.EINTR)
                {
                    throw new KernelException("send", errno);
                }
            }
        }
    }

    /// <summary>Waits for the next segment from the host, of whatever connection.</summary>
    /// <param name="milliseconds">The time limit.</param>
    /// <param name="segment">From the TCP header on; valid until the next call.</param>
    /// <returns>False at the time limit.</returns>
    public bool TryReceive(int milliseconds, out ReadOnlySpan<byte> segment)
    {
        long begin = Stopwatch.GetTimestamp();
        while (milliseconds - (int)Stopwatch.GetElapsedTime(begin).TotalMilliseconds is > 0 and int rest)
        {
            PollFd waiting = new() { Descriptor = _socket, Events = Libc.POLLIN };

            // SAFETY: one element, on the stack.
            if (Libc.poll(&waiting, 1, rest) <= 0)
            {
                continue;
            }

            nint count;
            fixed (byte* bytes = _received)
            {
                // SAFETY: the kernel writes at most the length of the pinned array.
                count = Libc.recv(_socket, bytes, (nuint)_received.Length, Libc.MSG_DONTWAIT);
            }

            if (count < 0)
            {
                NoteError();
                continue;
            }

            // The length of IPv4's header is in its first byte (RFC 791, section 3.1).
            int header = _family.DeliversHeader ? (_received[0] & 15) * 4 : 0;
            if (count >= header)
            {
                segment = _received.AsSpan(header, (int)count - header);
                return true;
            }
        }

        segment = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close(ref _socket);
        Close(ref _holder);
    }

    private static SocketAddress AddressOf(int socket)
    {
        SocketAddress address = default;
        uint size = (uint)sizeof(SocketAddress);

        // SAFETY: the kernel writes at most `size` bytes into `address`, which is as large.
        Check("getsockname", Libc.getsockname(socket, &address, &size));
        return address;
    }

    /// <summary>Notes an error, and empties the socket's error queue, which would wake poll again and again.</summary>
    private void NoteError()
    {
        int errno = Marshal.GetLastSystemError();
        Unreachable = errno is Libc.EINTR or Libc.EAGAIN ? Unreachable : errno;
        byte detail;

        // SAFETY: the kernel writes at most one byte and discards the rest of each packet.
        while (Libc.recv(_socket, &detail, 1, Libc.MSG_ERRQUEUE | Libc.MSG_DONTWAIT) >= 0)
        {
        }
    }

    private static void Close(ref int fd)
    {
        if (fd >= 0)
        {
            _ = Libc.close(fd);
            fd = -1;
        }
    }
}

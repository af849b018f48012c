using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>Exchanges datagrams with one port of one host; the kernel discards others (udp(7)).</summary>
internal sealed unsafe class UdpSocket : IDisposable
{
    private int _socket;

    /// <summary>Opens a socket on a random port.</summary>
    /// <param name="host">The address, 4 or 16 bytes in network byte order.</param>
    /// <param name="port">The remote port.</param>
    /// <exception cref="KernelException">There is no route to the host.</exception>
    public UdpSocket(ReadOnlySpan<byte> host, ushort port)
    {
        InternetFamily family = InternetFamily.Of(host);
        _socket = Libc.socket((int)family.Sockets, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        SocketAddress address = SocketAddress.Of(family, host);
        address.Port = BinaryPrimitives.ReverseEndianness(port);

        // SAFETY: the kernel reads an address of the family's size, a part of the struct.
        if (_socket < 0 || Libc.connect(_socket, &address, family.SocketAddressSize) != 0)
        {
            int errno = Marshal.GetLastSystemError();
            Dispose();
            throw new KernelException("connect", errno);
        }
    }

    /// <summary>Sends a datagram.</summary>
    /// <exception cref="KernelException">A rule drops it (EPERM), or nothing listens there (ECONNREFUSED).</exception>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        fixed (byte* bytes = datagram)
        {
            // SAFETY: the kernel reads the pinned span.
            Check("send", (int)Libc.send(_socket, bytes, (nuint)datagram.Length, 0));
        }
    }

    /// <summary>Waits for a datagram.</summary>
    /// <param name="buffer">Where it goes; a longer one is truncated.</param>
    /// <param name="until">When to give up, by <see cref="Environment.TickCount64"/>.</param>
    /// <returns>Its length; -1 at the time limit.</returns>
    /// <exception cref="KernelException">Nothing listens there (ECONNREFUSED), or there is no route any more.</exception>
    public int Receive(Span<byte> buffer, long until)
    {
        while (true)
        {
            fixed (byte* bytes = buffer)
            {
                // SAFETY: the kernel writes at most `buffer.Length` bytes into the pinned span.
                nint count = Libc.recv(_socket, bytes, (nuint)buffer.Length, Libc.MSG_DONTWAIT);
                int errno = count < 0 ? Marshal.GetLastSystemError() : 0;
                if (count >= 0)
                {
                    return (int)count;
                }

                if (errno is not (Libc.EAGAIN or Libc.EINTR))
                {
                    throw new KernelException("recv", errno);
                }
            }

            if (FileDescriptor.WaitForInput([_socket], until) < 0)
            {
                return -1;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_socket >= 0)
        {
            FileDescriptor.Close(_socket);
            _socket = -1;
        }
    }
}

using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>Asks the kernel's routing tables (rtnetlink(7)) where it would send a packet.</summary>
internal sealed class RouteSocket : IDisposable
{
    private const int Route = 0; // NETLINK_ROUTE
    private const ushort GetRoute = 26; // RTM_GETROUTE
    private const int MessageSize = 12; // struct rtmsg
    private const ushort Destination = 1, Source = 2, InInterface = 3, OutInterface = 4, Mark = 16; // RTA_*

    private readonly NetlinkSocket _socket = new(Route);

    /// <summary>Finds the route of a packet.</summary>
    /// <param name="family">The number of its family.</param>
    /// <param name="destination">Where it goes to, 4 or 16 bytes.</param>
    /// <param name="source">Where it comes from; empty if that is not known.</param>
    /// <param name="inInterface">The number of the interface that it came in by; 0 if this machine made it.</param>
    /// <param name="mark">Its mark.</param>
    /// <param name="typeOfService">Its type of service.</param>
    /// <param name="outInterface">The number of the interface that it leaves by; 0 for none.</param>
    /// <returns>The kind of the route: <c>RTN_*</c> (linux/rtnetlink.h): 1 unicast, 2 local, 3 broadcast, 5 multicast.</returns>
    /// <exception cref="KernelException">ENETUNREACH, EHOSTUNREACH: there is none, or the machine does not forward; EINVAL, EXDEV: not from there.</exception>
    public byte Find(
        byte family, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> source, uint inInterface, uint mark, byte typeOfService, out uint outInterface)
    {
        Span<byte> request = stackalloc byte[128];
        request.Clear();
        (request[0], request[1], request[2], request[3]) = (family, (byte)(destination.Length * 8), (byte)(source.Length * 8), typeOfService);
        int length = MessageSize;
        Put(request, ref length, Destination, destination);
        if (!source.IsEmpty)
        {
            Put(request, ref length, Source, source);
        }

        PutNumber(request, ref length, InInterface, inInterface);
        PutNumber(request, ref length, Mark, mark);
        outInterface = 0;
        if (!_socket.TryGet(GetRoute, request[..length], out ReadOnlySpan<byte> answer) || answer.Length < MessageSize)
        {
            throw new KernelException("route", Errno.ENETUNREACH);
        }

        ReadOnlySpan<byte> number = NetlinkAttributes.Find(answer[MessageSize..], OutInterface);
        outInterface = number.Length == sizeof(uint) ? MemoryMarshal.Read<uint>(number) : 0;
        return answer[7];
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static void PutNumber(Span<byte> request, ref int length, ushort type, uint number)
    {
        if (number != 0)
        {
            Put(request, ref length, type, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in number)));
        }
    }

    private static void Put(Span<byte> request, ref int length, ushort type, ReadOnlySpan<byte> data)
    {
        MemoryMarshal.Write(request[length..], (ushort)(NetlinkAttributes.HeadSize + data.Length));
        MemoryMarshal.Write(request[(length + 2)..], type);
        data.CopyTo(request[(length + NetlinkAttributes.HeadSize)..]);
        length += (NetlinkAttributes.HeadSize + data.Length + 3) & ~3;
    }
}

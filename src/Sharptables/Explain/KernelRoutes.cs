using System;
using System.Buffers.Binary;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Packets;

namespace Sharptables.Explain;

/// <summary>The routes of the running kernel, with its rules for them, and whether it forwards.</summary>
internal sealed class KernelRoutes : IRoutes, IDisposable
{
    private const byte Unicast = 1, Local = 2, Broadcast = 3, Anycast = 4, Multicast = 5; // RTN_*, linux/rtnetlink.h

    private readonly RouteSocket _socket = new();

    /// <inheritdoc/>
    public RouteAnswer Find(Packet packet, bool isLocal)
    {
        int size = packet.Family.AddressSize;
        if (packet.Find(Field.Ip.Destination) is not { } destination || (!isLocal && (packet.Find(Field.Meta.InInterface) ?? 0) == 0))
        {
            return new(RouteWay.Unknown);
        }

        string name = isLocal ? "" : InterfaceNumber.NameOf(packet.Find(Field.Meta.InInterface)!.Value);
        uint from = isLocal ? 0 : NetworkInterface.IndexOf(name);
        if (from == 0 && !isLocal)
        {
            return new(RouteWay.Unknown, Reason: $"this machine has no interface {name}");
        }

        Span<byte> to = stackalloc byte[16], source = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(to, destination);
        BinaryPrimitives.WriteUInt128BigEndian(source, packet.Find(Field.Ip.Source) ?? 0);
        bool hasSource = packet.Find(Field.Ip.Source) is not null;
        try
        {
            byte kind = _socket.Find(packet.Family.Number, to[^size..], hasSource ? source[^size..] : [], from, (uint)(packet.Find(Field.Meta.Mark) ?? 0),
                (byte)(packet.Find(Field.Ip.TypeOfService) ?? 0), out uint index);
            string device = index == 0 ? "" : System.Text.Encoding.UTF8.GetString(NetworkInterface.NameOf(index));
            return kind switch
            {
                Local or Broadcast or Anycast when !isLocal => new(RouteWay.Local),
                Local or Broadcast or Anycast => new(RouteWay.Out, device),
                Unicast or Multicast => new(RouteWay.Out, device),
                _ => new(RouteWay.Nowhere, Reason: "its route says that it goes nowhere"),
            };
        }
        catch (KernelException e)
        {
            return new(RouteWay.Nowhere, Reason: e.Errno switch
            {
                Errno.EHOSTUNREACH when !isLocal => "the kernel has no route for it, or does not forward",
                Errno.EINVAL or Errno.EXDEV => "the kernel takes nothing from that source by that interface",
                Errno.ENETUNREACH => "the kernel has no route for it",
                _ => $"the kernel does not route it: {e.Message}",
            });
        }
    }

    /// <inheritdoc/>
    public int? TypeOf(Family family, UInt128 address)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        try
        {
            return _socket.Find(family.Number, bytes[^family.AddressSize..], [], inInterface: 0, mark: 0, typeOfService: 0, out _);
        }
        catch (KernelException)
        {
            return null; // no route leads there
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}

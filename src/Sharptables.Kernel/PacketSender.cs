using System;
using System.Runtime.InteropServices;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>Sends whole packets: as frames through an interface (packet(7)), or as this machine's own (raw(7)). Needs CAP_NET_RAW.</summary>
internal sealed unsafe class PacketSender : IDisposable
{
    private const int Packet = 17, Raw = 255; // AF_PACKET, IPPROTO_RAW: the packet has its header

    private readonly int _frames = Check("socket", Libc.socket(Packet, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0));
    private int _own = -1;

    /// <summary>Sends a frame; false if there is no such interface, or it does not take it.</summary>
    public bool SendFrame(ReadOnlySpan<byte> frame, string device)
    {
        byte* name = stackalloc byte[InterfaceName.Size];
        System.Text.Encoding.UTF8.GetBytes(device, new Span<byte>(name, InterfaceName.Size - 1));

        // SAFETY: the name ends with a NUL, since there is room for one.
        LinkAddress address = new() { Family = Packet, Index = (int)Libc.if_nametoindex(name) };
        return address.Index != 0 && Send(_frames, frame, &address, (uint)sizeof(LinkAddress));
    }

    /// <summary>Sends a packet of this machine's; false if there is no route for it, or a rule drops it.</summary>
    /// <param name="packet">From the IP header on.</param>
    /// <param name="destination">Its destination, 4 or 16 bytes.</param>
    public bool SendOwn(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> destination)
    {
        InternetFamily family = InternetFamily.Of(destination);
        _own = _own >= 0 ? _own : Check("socket", Libc.socket((int)family.Sockets, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, Raw));
        SocketAddress address = SocketAddress.Of(family, destination);
        return Send(_own, packet, &address, family.SocketAddressSize);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Libc.close(_frames);
        _ = _own < 0 ? 0 : Libc.close(_own);
    }

    private static bool Send(int socket, ReadOnlySpan<byte> bytes, void* address, uint size)
    {
        fixed (byte* start = bytes)
        {
            // SAFETY: the kernel reads the pinned span, and the address, which is as large as its size says.
            return Libc.sendto(socket, start, (nuint)bytes.Length, 0, address, size) >= 0;
        }
    }

    /// <summary><c>struct sockaddr_ll</c>.</summary>
    [KernelStruct("struct sockaddr_ll", "linux/if_packet.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct LinkAddress
    {
        [KernelField("sll_family")]
        public ushort Family;

        [KernelField("sll_protocol")]
        public ushort Protocol;

        [KernelField("sll_ifindex")]
        public int Index;

        [KernelField("sll_hatype")]
        public ushort Hardware;

        [KernelField("sll_pkttype")]
        public byte Type;

        [KernelField("sll_halen")]
        public byte Length;

        [KernelField("sll_addr")]
        public AddressBytes Address;

        [System.Runtime.CompilerServices.InlineArray(8)]
        public struct AddressBytes
        {
            private byte _first;
        }
    }
}

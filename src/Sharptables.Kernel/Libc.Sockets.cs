using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What <see cref="NetlinkSocket"/>, <see cref="RawTcpSocket"/> and <see cref="UdpSocket"/> call; numbers from sys/socket.h.</summary>
internal static unsafe partial class Libc
{
    public const int AF_NETLINK = 16;
    public const int SOCK_STREAM = 1;
    public const int SOCK_DGRAM = 2;
    public const int SOL_SOCKET = 1;
    public const int SO_BINDTODEVICE = 25;
    public const int SO_SNDBUF = 7;
    public const int SO_SNDBUFFORCE = 32;
    public const int SO_RCVBUFFORCE = 33;
    public const int SOL_NETLINK = 270;
    public const int NETLINK_CAP_ACK = 10; // linux/netlink.h
    public const int NETLINK_EXT_ACK = 11;
    public const int IPPROTO_TCP = 6;
    public const int IP_RECVERR = 11; // linux/in.h
    public const int IPV6_RECVERR = 25; // linux/in6.h
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_ERRQUEUE = 0x2000;

    [LibraryImport(Name)]
    internal static partial int bind(int socket, void* address, uint length);

    [LibraryImport(Name)]
    internal static partial int connect(int socket, void* address, uint length);

    [LibraryImport(Name)]
    internal static partial int getsockname(int socket, void* address, uint* length);

    [LibraryImport(Name)]
    internal static partial nint send(int socket, void* bytes, nuint count, int flags);

    [LibraryImport(Name)]
    internal static partial byte* if_indextoname(uint index, byte* name);

    [LibraryImport(Name)]
    internal static partial uint if_nametoindex(byte* name);

    [LibraryImport(Name)]
    internal static partial nint sendto(int socket, void* bytes, nuint count, int flags, void* address, uint length);

    [LibraryImport(Name)]
    internal static partial nint recv(int socket, void* bytes, nuint count, int flags);
}

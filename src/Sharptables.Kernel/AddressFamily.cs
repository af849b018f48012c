namespace Sharptables.Kernel;

/// <summary>The address family of a socket; the values are <c>AF_INET</c>, <c>AF_INET6</c> and <c>AF_BRIDGE</c> (bits/socket.h).</summary>
internal enum AddressFamily : byte
{
    IPv4 = 2,

    Bridge = 7,

    IPv6 = 10,
}

namespace Sharptables.Kernel;

/// <summary>The address family of a socket; the values are <c>AF_INET</c> and <c>AF_INET6</c> (bits/socket.h).</summary>
internal enum AddressFamily : byte
{
    IPv4 = 2,

    IPv6 = 10,
}

namespace Sharptables.Kernel;

/// <summary>The address family of a socket; the values are <c>AF_INET</c> and <c>AF_INET6</c> (bits/socket.h).</summary>
internal enum AddressFamily : byte
{
    /// <summary>IPv4: the kernel's <c>ip_tables</c>.</summary>
    IPv4 = 2,

    /// <summary>IPv6: the kernel's <c>ip6_tables</c>.</summary>
    IPv6 = 10,
}

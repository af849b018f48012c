using System.Runtime.CompilerServices;

namespace Sharptables.Kernel;

/// <summary>An IPv6 address in network byte order: <c>struct in6_addr</c> (linux/in6.h).</summary>
[InlineArray(16)]
internal struct Ipv6Address
{
    private byte _first;
}

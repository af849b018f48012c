using System.Runtime.CompilerServices;

namespace Sharptables.Kernel;

/// <summary>An address of IPv6, as it stands in a packet: <c>struct in6_addr</c> (linux/in6.h).</summary>
[InlineArray(16)]
internal struct Ipv6Address
{
    private byte _first;
}

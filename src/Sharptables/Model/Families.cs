using System;

namespace Sharptables.Model;

/// <summary>The families that an extension supports.</summary>
[Flags]
internal enum Families
{
    IPv4 = 1,

    IPv6 = 2,

    Both = IPv4 | IPv6,

    Arp = 4,

    Bridge = 8,
}

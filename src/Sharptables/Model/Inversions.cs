using System;

namespace Sharptables.Model;

/// <summary>
/// Which conditions of a rule's head are turned round (<c>IPT_INV_*</c>, linux/netfilter_ipv4/ip_tables.h; the same bits for IPv6).
/// </summary>
[Flags]
internal enum Inversions : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Any other incoming interface.</summary>
    InInterface = 0x01,

    /// <summary>Any other outgoing interface.</summary>
    OutInterface = 0x02,

    /// <summary>Any other traffic class (IPv6).</summary>
    TypeOfService = 0x04,

    /// <summary>Any other source.</summary>
    Source = 0x08,

    /// <summary>Any other destination.</summary>
    Destination = 0x10,

    /// <summary>Whole packets and first fragments (IPv4).</summary>
    Fragment = 0x20,

    /// <summary>Any other protocol.</summary>
    Protocol = 0x40,
}

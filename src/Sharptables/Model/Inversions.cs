using System;

namespace Sharptables.Model;

/// <summary>
/// Which conditions of a rule's head are inverted (<c>IPT_INV_*</c>, linux/netfilter_ipv4/ip_tables.h; the same bits for IPv6).
/// </summary>
[Flags]
internal enum Inversions : byte
{
    None = 0,

    /// <summary><c>! -i</c></summary>
    InInterface = 0x01,

    /// <summary><c>! -o</c></summary>
    OutInterface = 0x02,

    /// <summary>The traffic class (IPv6); no option sets it.</summary>
    TypeOfService = 0x04,

    /// <summary><c>! -s</c></summary>
    Source = 0x08,

    /// <summary><c>! -d</c></summary>
    Destination = 0x10,

    /// <summary><c>! -f</c> (IPv4): unfragmented packets and first fragments.</summary>
    Fragment = 0x20,

    /// <summary><c>! -p</c></summary>
    Protocol = 0x40,
}

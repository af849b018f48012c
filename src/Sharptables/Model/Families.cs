using System;

namespace Sharptables.Model;

/// <summary>Which families an extension is for.</summary>
[Flags]
internal enum Families
{
    /// <summary>IPv4 only.</summary>
    IPv4 = 1,

    /// <summary>IPv6 only.</summary>
    IPv6 = 2,

    /// <summary>Both.</summary>
    Both = IPv4 | IPv6,
}

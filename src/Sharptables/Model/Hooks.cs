using System;

namespace Sharptables.Model;

/// <summary>A set of netfilter hooks: one bit for each of <c>enum nf_inet_hooks</c> (linux/netfilter.h).</summary>
[Flags]
internal enum Hooks
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>As soon as a packet has come in.</summary>
    PreRouting = 1 << 0,

    /// <summary>Packets for this machine.</summary>
    Input = 1 << 1,

    /// <summary>Packets that are passed on.</summary>
    Forward = 1 << 2,

    /// <summary>Packets from this machine.</summary>
    Output = 1 << 3,

    /// <summary>Just before a packet goes out.</summary>
    PostRouting = 1 << 4,

    /// <summary>All of them.</summary>
    All = PreRouting | Input | Forward | Output | PostRouting,
}

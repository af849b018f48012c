using System;

namespace Sharptables.Model;

/// <summary>
/// A set of netfilter hooks: one bit for each of <c>enum nf_inet_hooks</c> (linux/netfilter.h). Those of a bridge are the same; for ARP see <see cref="ArpHooks"/>.
/// </summary>
[Flags]
internal enum Hooks
{
    None = 0,

    /// <summary>Every incoming packet, before routing.</summary>
    PreRouting = 1 << 0,

    /// <summary>Packets to this machine.</summary>
    Input = 1 << 1,

    /// <summary>Packets routed through this machine.</summary>
    Forward = 1 << 2,

    /// <summary>Packets from this machine.</summary>
    Output = 1 << 3,

    /// <summary>Every outgoing packet, after routing.</summary>
    PostRouting = 1 << 4,

    /// <summary>Frames of a bridge, before it is decided whether they are bridged (<c>NF_BR_BROUTING</c>, linux/netfilter_bridge.h).</summary>
    Brouting = 1 << 5,

    All = PreRouting | Input | Forward | Output | PostRouting | Brouting,
}

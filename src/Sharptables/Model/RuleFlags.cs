using System;

namespace Sharptables.Model;

/// <summary>
/// The flags of a rule's head (<c>IPT_F_*</c>, linux/netfilter_ipv4/ip_tables.h; <c>IP6T_F_*</c>, linux/netfilter_ipv6/ip6_tables.h).
/// </summary>
[Flags]
internal enum RuleFlags : byte
{
    None = 0,

    /// <summary>IPv4: only second and later fragments (<c>IPT_F_FRAG</c>). IPv6: the protocol is compared (<c>IP6T_F_PROTO</c>).</summary>
    FragmentOrProtocol = 1,

    /// <summary>IPv4: the jump is a goto (<c>IPT_F_GOTO</c>). IPv6: the traffic class is compared (<c>IP6T_F_TOS</c>).</summary>
    GotoIPv4 = 2,

    /// <summary>IPv6: the jump is a goto (<c>IP6T_F_GOTO</c>).</summary>
    GotoIPv6 = 4,
}

namespace Sharptables;

/// <summary>Which packets rules are for.</summary>
public enum Family
{
    /// <summary>Those of IPv4: the rules of iptables.</summary>
    IPv4,

    /// <summary>Those of IPv6: the rules of ip6tables.</summary>
    IPv6,
}

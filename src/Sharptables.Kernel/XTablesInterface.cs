namespace Sharptables.Kernel;

/// <summary>How a family's part of x_tables is asked for its tables through a raw socket.</summary>
/// <param name="sockets">The address family of the socket.</param>
/// <param name="level">The level of its options.</param>
/// <param name="firstOption">The number of the first of them.</param>
/// <param name="getRevisionMatch">The option that asks for a match; the one that asks for a target is the next.</param>
internal sealed class XTablesInterface(AddressFamily sockets, int level, int firstOption, int getRevisionMatch)
{
    /// <summary>ip_tables (linux/netfilter_ipv4/ip_tables.h).</summary>
    public static XTablesInterface OfIPv4() => new(AddressFamily.IPv4, Libc.IPPROTO_IP, firstOption: 64, getRevisionMatch: 66);

    /// <summary>ip6_tables (linux/netfilter_ipv6/ip6_tables.h).</summary>
    public static XTablesInterface OfIPv6() => new(AddressFamily.IPv6, Libc.IPPROTO_IPV6, firstOption: 64, getRevisionMatch: 68);

    public AddressFamily Sockets => sockets;

    public int Level => level;

    public int SetReplace => firstOption;

    public int SetAddCounters => firstOption + 1;

    public int GetInfo => firstOption;

    public int GetEntries => firstOption + 1;

    public int GetRevisionMatch => getRevisionMatch;

    public int GetRevisionTarget => getRevisionMatch + 1;
}

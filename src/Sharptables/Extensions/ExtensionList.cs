using System;
using Sharptables.Extensions.Matches;
using Sharptables.Extensions.Targets;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using static Sharptables.Extensions.Families;

namespace Sharptables.Extensions;

/// <summary>Every extension there is, a line each. To add one: its file, its <c>.spec</c>, its line here.</summary>
public static class ExtensionList
{
    private static readonly ExtensionEntry[] s_matches =
    [
        new("addrtype", Both, static family => new AddrType(family)),
        new("comment", Both, static _ => new Comment()),
        new("connlimit", Both, static family => new ConnLimit(family)),
        new("connmark", Both, static _ => new ConnMark()),
        new("conntrack", Both, static family => new Conntrack(family)),
        new("frag", IPv6, static _ => new Frag()),
        new("hashlimit", Both, static family => new HashLimit(family)),
        new("hl", IPv6, static _ => new Hl()),
        new("icmp", IPv4, static _ => new Icmp()),
        new("icmp6", IPv6, static _ => new Icmp6(), "icmpv6", "ipv6-icmp"),
        new("iprange", Both, static _ => new IpRange()),
        new("length", Both, static _ => new Length()),
        new("limit", Both, static _ => new Limit()),
        new("mac", Both, static _ => new Mac()),
        new("mark", Both, static _ => new Mark()),
        new("multiport", Both, static _ => new MultiPort()),
        new("owner", Both, static _ => new Owner()),
        new("physdev", Both, static _ => new PhysDev()),
        new("recent", Both, static _ => new Recent()),
        new("rpfilter", Both, static _ => new RpFilter()),
        new("set", Both, static _ => new Set()),
        new("state", Both, static _ => new State()),
        new("statistic", Both, static _ => new Statistic()),
        new("string", Both, static _ => new Matches.String()),
        new("tcp", Both, static _ => new Tcp()),
        new("tcpmss", Both, static _ => new TcpMss()),
        new("time", Both, static _ => new Time()),
        new("ttl", IPv4, static _ => new Ttl()),
        new("u32", Both, static _ => new U32()),
        new("udp", Both, static _ => new Udp()),
    ];

    private static readonly ExtensionEntry[] s_targets =
    [
        new("CONNMARK", Both, static _ => new ConnMarkTarget()),
        new("CT", Both, static _ => new Ct()),
        new("DNAT", Both, static family => new Dnat(family)),
        new("LOG", Both, static _ => new Log()),
        new("MARK", Both, static _ => new MarkTarget()),
        new("MASQUERADE", Both, static family => family == Family.IPv4 ? new Masquerade<NatRangeIPv4>() : new Masquerade<NatRange>()),
        new("NETMAP", Both, static family => family == Family.IPv4 ? new NetMap<NatRangeIPv4>() : new NetMap<NatRange>()),
        new("NFLOG", Both, static _ => new NfLog()),
        new("NOTRACK", Both, static _ => new NoTrack()),
        new("REDIRECT", Both, static family => family == Family.IPv4 ? new Redirect<NatRangeIPv4>() : new Redirect<NatRange>()),
        new("REJECT", Both, static family => new Reject(family)),
        new("SET", Both, static _ => new SetTarget()),
        new("SNAT", Both, static family => family == Family.IPv4 ? new Snat<NatRangeIPv4>() : new Snat<NatRange>()),
        new("TCPMSS", Both, static family => new TcpMssTarget(family)),
        new("TEE", Both, static _ => new Tee()),
        new("TPROXY", Both, static _ => new TProxy()),
    ];

    /// <summary>The matches, by name.</summary>
    public static ReadOnlySpan<ExtensionEntry> Matches => s_matches;

    /// <summary>The targets, by name.</summary>
    public static ReadOnlySpan<ExtensionEntry> Targets => s_targets;
}

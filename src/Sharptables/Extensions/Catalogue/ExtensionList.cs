using System;
using Sharptables.Extensions.Matches;
using Sharptables.Extensions.Syntax;
using Sharptables.Extensions.Targets;
using Sharptables.Model;
using static Sharptables.Model.Families;

namespace Sharptables.Extensions.Catalogue;

/// <summary>Every extension, one line each. To add one: its file, its <c>.spec</c>, its <c>.manual</c>, its line here.</summary>
internal static class ExtensionList
{
    /// <summary>The length of the longest name or alias.</summary>
    internal const int LongestName = 11;

    private static readonly ExtensionEntry[] s_matches =
    [
        new("802_3", Bridge, static _ => new Ebt8023()),
        new("addrtype", (IPv4, AddrType.OfIPv4), (IPv6, AddrType.OfIPv6)),
        new("ah", (IPv4, Ah.OfIPv4), (IPv6, Ah.OfIPv6)),
        new("among", Bridge, static _ => new EbtAmong()),
        new("arp", Bridge, static _ => new EbtArp()),
        new("bpf", Both, static _ => new Bpf()),
        new("cgroup", Both, static _ => new CGroup()),
        new("cluster", Both, static _ => new Cluster()),
        new("comment", Both, static _ => new Comment()),
        new("connbytes", Both, static _ => new ConnBytes()),
        new("connlabel", Both, static _ => new ConnLabel()),
        new("connlimit", Both, static _ => new ConnLimit()),
        new("connmark", Both, static _ => new ConnMark()),
        new("conntrack", Both, static _ => new Conntrack()),
        new("cpu", Both, static _ => new Cpu()),
        new("dccp", Both, static _ => new Dccp()),
        new("devgroup", Both, static _ => new DevGroup()),
        new("dscp", Both, static _ => new Dscp()),
        new("dst", IPv6, static _ => new Dst()),
        new("ecn", Both, static _ => new Ecn()),
        new("esp", Both, static _ => new Esp()),
        new("eui64", IPv6, static _ => new Eui64()),
        new("frag", IPv6, static _ => new Frag()),
        new("hashlimit", Both, static family => new HashLimit(family)),
        new("hbh", IPv6, static _ => new Hbh()),
        new("helper", Both, static _ => new Helper()),
        new("hl", IPv6, static _ => new Hl()),
        new("icmp", IPv4, static _ => new Icmp()),
        new("icmp6", IPv6, static _ => new Icmp6(), "icmpv6", "ipv6-icmp"),
        new("ip", Bridge, static _ => new EbtIp()),
        new("ip6", Bridge, static _ => new EbtIp6()),
        new("ipcomp", Both, static _ => new IpComp()),
        new("iprange", Both, static _ => new IpRange()),
        new("ipv6header", IPv6, static _ => new Ipv6Header()),
        new("ipvs", Both, static _ => new Ipvs()),
        new("length", Both, static _ => new Length()),
        new("limit", (Both, static () => new Limit()), (Bridge, static () => new EbtLimit())),
        new("log", Bridge, static _ => new EbtLog(isTarget: false)),
        new("mac", Both, static _ => new Mac()),
        new("mark", Both, static _ => new Mark()),
        new("mark_m", Bridge, static _ => new EbtMark()),
        new("mh", IPv6, static _ => new Mh()),
        new("multiport", Both, static _ => new MultiPort()),
        new("nfacct", Both, static _ => new NfAcct()),
        new("nflog", Bridge, static _ => new EbtNfLog(isTarget: false)),
        new("osf", IPv4, static _ => new Osf()),
        new("owner", Both, static _ => new Owner()),
        new("physdev", Both, static _ => new PhysDev()),
        new("pkttype", (Both, static () => new PktType()), (Bridge, static () => new EbtPktType())),
        new("policy", Both, static _ => new Policy()),
        new("quota", Both, static _ => new Quota()),
        new("rateest", Both, static _ => new RateEst()),
        new("realm", IPv4, static _ => new Realm()),
        new("recent", Both, static _ => new Recent()),
        new("rpfilter", Both, static _ => new RpFilter()),
        new("rt", IPv6, static _ => new Rt()),
        new("sctp", Both, static _ => new Sctp()),
        new("set", Both, static _ => new Set()),
        new("socket", Both, static _ => new Socket()),
        new("srh", IPv6, static _ => new Srh()),
        new("state", Both, static _ => new State()),
        new("statistic", Both, static _ => new Statistic()),
        new("stp", Bridge, static _ => new EbtStp()),
        new("string", Both, static _ => new Matches.String()),
        new("tcp", Both, static _ => new Tcp()),
        new("tcpmss", Both, static _ => new TcpMss()),
        new("time", Both, static _ => new Time()),
        new("tos", Both, static _ => new Tos()),
        new("ttl", IPv4, static _ => new Ttl()),
        new("u32", Both, static _ => new U32()),
        new("udp", Both, static _ => new Udp()),
        new("vlan", Bridge, static _ => new EbtVlan()),
    ];

    private static readonly ExtensionEntry[] s_targets =
    [
        new("AUDIT", Both | Bridge, static _ => new Audit()),
        new("CHECKSUM", Both, static _ => new Checksum()),
        new("CLASSIFY", (Both | Bridge, static () => new Classify()), (Arp, static () => new Classify(ArpHooks.Output | ArpHooks.Forward, digits: 1))),
        new("CLUSTERIP", IPv4, static _ => new ClusterIp()),
        new("CONNMARK", Both, static _ => new ConnMarkTarget()),
        new("CONNSECMARK", Both, static _ => new ConnSecMark()),
        new("CT", Both, static _ => new Ct()),
        new("DNAT", Both, static _ => new Dnat()),
        new("DNPT", IPv6, static _ => new Dnpt()),
        new("DSCP", Both, static _ => new DscpTarget()),
        new("ECN", IPv4, static _ => new EcnTarget()),
        new("HL", IPv6, static _ => new HlTarget()),
        new("HMARK", Both, static _ => new HMark()),
        new("IDLETIMER", Both, static _ => new IdleTimer()),
        new("LED", Both, static _ => new Led()),
        new("LOG", Both, static _ => new Log()),
        new("MARK", (Both | Bridge, static () => new MarkTarget()), (Arp, static () => new ArptMark())),
        new("MASQUERADE", (IPv4, static () => new Masquerade<NatRangeIPv4>()), (IPv6, static () => new Masquerade<NatRange>())),
        new("NETMAP", (IPv4, static () => new NetMap<NatRangeIPv4>()), (IPv6, static () => new NetMap<NatRange>())),
        new("NFLOG", Both | Bridge, static _ => new NfLog()),
        new("NFQUEUE", Both | Bridge, static _ => new NfQueue()),
        new("NOTRACK", Both, static _ => new NoTrack()),
        new("RATEEST", Both, static _ => new RateEstTarget()),
        new("REDIRECT", (IPv4, static () => new Redirect<NatRangeIPv4>()), (IPv6, static () => new Redirect<NatRange>())),
        new("REJECT", (IPv4, Reject.OfIPv4), (IPv6, Reject.OfIPv6)),
        new("SECMARK", Both, static _ => new SecMark()),
        new("SET", Both, static _ => new SetTarget()),
        new("SNAT", (IPv4, static () => new Snat<NatRangeIPv4>()), (IPv6, static () => new Snat<NatRange>())),
        new("SNPT", IPv6, static _ => new Snpt()),
        new("SYNPROXY", Both, static _ => new SynProxy()),
        new("TCPMSS", Both, static family => new TcpMssTarget(family)),
        new("TCPOPTSTRIP", Both, static _ => new TcpOptStrip()),
        new("TEE", Both, static _ => new Tee()),
        new("TOS", Both, static _ => new TosTarget()),
        new("TPROXY", Both, static _ => new TProxy()),
        new("TRACE", (Both, static () => new Trace("raw")), (Arp | Bridge, static () => new Trace())),
        new("TTL", IPv4, static _ => new TtlTarget()),
        new("ULOG", IPv4, static _ => new Ulog()),
        new("arpreply", Bridge, static _ => new EbtArpReply()),
        new("dnat", Bridge, static _ => new EbtDnat()),
        new("log", Bridge, static _ => new EbtLog(isTarget: true)),
        new("mangle", Arp, static _ => new Mangle()),
        new("mark", Bridge, static _ => new EbtMarkTarget()),
        new("nflog", Bridge, static _ => new EbtNfLog(isTarget: true)),
        new("redirect", Bridge, static _ => new EbtRedirect()),
        new("snat", Bridge, static _ => new EbtSnat()),
    ];

    /// <summary>The matches, sorted by name.</summary>
    public static ReadOnlySpan<ExtensionEntry> Matches => s_matches;

    /// <summary>The targets, sorted by name.</summary>
    public static ReadOnlySpan<ExtensionEntry> Targets => s_targets;

    /// <summary>Whether a match or target of ours has a name, in any family.</summary>
    public static bool Has(ReadOnlySpan<byte> name) => name is [< (byte)'a', ..] // as most targets
        ? Has(s_targets, name) || Has(s_matches, name)
        : Has(s_matches, name) || Has(s_targets, name);

    private static bool Has(ReadOnlySpan<ExtensionEntry> sorted, ReadOnlySpan<byte> name)
    {
        while (!sorted.IsEmpty)
        {
            int middle = sorted.Length / 2;
            string its = sorted[middle].Name;
            int at = 0;
            while (at < its.Length && at < name.Length && its[at] == name[at])
            {
                at++;
            }

            if (at == its.Length && at == name.Length)
            {
                return true;
            }

            sorted = at < its.Length && (at == name.Length || name[at] < its[at]) ? sorted[..middle] : sorted[(middle + 1)..];
        }

        return false;
    }
}

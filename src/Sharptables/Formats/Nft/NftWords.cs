using System;
using System.Buffers;
using System.Text;
using Sharptables.Packets;

namespace Sharptables.Formats.Nft;

/// <summary>nft(8)'s words for values of fields.</summary>
internal static class NftWords
{
    private static readonly (string, byte)[] s_icmpTypes =
    [
        ("echo-reply", 0), ("destination-unreachable", 3), ("source-quench", 4), ("redirect", 5), ("echo-request", 8), ("router-advertisement", 9),
        ("router-solicitation", 10), ("time-exceeded", 11), ("parameter-problem", 12), ("timestamp-request", 13), ("timestamp-reply", 14),
        ("info-request", 15), ("info-reply", 16), ("address-mask-request", 17), ("address-mask-reply", 18),
    ];

    private static readonly (string, byte)[] s_icmp6Types =
    [
        ("destination-unreachable", 1), ("packet-too-big", 2), ("time-exceeded", 3), ("parameter-problem", 4), ("echo-request", 128),
        ("echo-reply", 129), ("mld-listener-query", 130), ("mld-listener-report", 131), ("mld-listener-done", 132), ("nd-router-solicit", 133),
        ("nd-router-advert", 134), ("nd-neighbor-solicit", 135), ("nd-neighbor-advert", 136), ("nd-redirect", 137),
    ];

    public const string PortUnreachable = "port-unreachable";

    private static readonly (string, byte)[] s_icmpCodes =
    [
        ("net-unreachable", 0), ("host-unreachable", 1), ("prot-unreachable", 2), (PortUnreachable, 3), ("net-prohibited", 9), ("host-prohibited", 10),
        ("admin-prohibited", 13),
    ];

    private static readonly (string, byte)[] s_icmp6Codes =
        [("no-route", 0), ("admin-prohibited", 1), ("addr-unreachable", 3), (PortUnreachable, 4), ("policy-fail", 5), ("reject-route", 6)];

    private static readonly (string, byte)[] s_packetTypes = [("unicast", 0), ("broadcast", 1), ("multicast", 2)];

    private static readonly (string, byte)[] s_directions = [("original", 0), ("reply", 1)];

    private static readonly (string, byte)[] s_tcpFlags = [("fin", 1), ("syn", 2), ("rst", 4), ("psh", 8), ("ack", 16), ("urg", 32), ("ecn", 64), ("cwr", 128)];

    private static readonly (string, byte)[] s_states = [("invalid", 1), ("new", 8), ("related", 4), ("established", 2), ("untracked", 64)];

    private static readonly (string, byte)[] s_statuses = [("expected", 1), ("seen-reply", 2), ("assured", 4), ("confirmed", 8), ("snat", 16), ("dnat", 32)];

    private static readonly (string, byte)[] s_congestion = [("not-ect", 0), ("ect1", 1), ("ect0", 2), ("ce", 3)];

    /// <summary>What nft(8) takes for something else than the name of a chain; there is no way to quote one.</summary>
    private const string Keywords =
        " accept add ah all and arp auto-merge bridge cgroup chain comment comp constant continue counter cpu create ct day dccp define delete "
        + "describe destroy device devices dnat drop dst dup dynamic ecn element elements esp ether exists expires exthdr fib flags flow flowtable "
        + "flush frag fwd gc-interval get goto handle hbh hook hour ibriport ibrname icmp icmpv6 igmp iif iifgroup iifname iiftype include index "
        + "inet insert interval ip ip6 ipsec jhash jump last limit list log lt map mark masquerade meta meter mh missing monitor ne netdev nftrace "
        + "not notrack numgen obriport obrname offload oif oifgroup oifname oiftype or osf pkttype policy position priority queue quota random "
        + "redefine redirect reject rename replace reset return rt rt0 rt2 rtclassid rule ruleset sctp secmark set size skgid skuid snat socket "
        + "srh symhash synproxy table tcp th time timeout tproxy type typeof udp udplite undefine update vlan vmap xt ";

    private static readonly SearchValues<byte> s_inNames =
        SearchValues.Create("-_./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Whether nft(8) takes a word for the name of a chain.</summary>
    public static bool IsName(ReadOnlySpan<byte> name) =>
        name is [not (>= (byte)'0' and <= (byte)'9' or (byte)'-'), ..] && !name.ContainsAnyExcept(s_inNames)
        && !Keywords.Contains($" {Encoding.ASCII.GetString(name)} ", StringComparison.Ordinal);

    /// <summary>A word that nft(8) takes, made of one that it may not take.</summary>
    public static string NameFor(ReadOnlySpan<byte> name)
    {
        StringBuilder word = new();
        foreach (byte c in name)
        {
            word.Append(s_inNames.Contains(c) ? $"{(char)c}" : $"_{c:x2}");
        }

        string made = word.ToString();
        return IsName(Encoding.ASCII.GetBytes(made)) ? made : IsName(Encoding.ASCII.GetBytes($"{made}_")) ? $"{made}_" : $"_{made}";
    }

    /// <summary>The words for a type of value, in the order of writing; for bits, the word of each.</summary>
    public static ReadOnlySpan<(string Word, byte Value)> Of(FieldType type) => type switch
    {
        FieldType.IcmpType => s_icmpTypes,
        FieldType.Icmp6Type => s_icmp6Types,
        FieldType.IcmpCode => s_icmpCodes,
        FieldType.Icmp6Code => s_icmp6Codes,
        FieldType.PacketType => s_packetTypes,
        FieldType.Direction => s_directions,
        FieldType.TcpFlags => s_tcpFlags,
        FieldType.State => s_states,
        FieldType.Status => s_statuses,
        FieldType.Ecn => s_congestion,
        _ => [],
    };
}

using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sharptables.Formats.Nft;

/// <summary>A header of packets, and its fields by nft(8)'s names.</summary>
internal sealed class NftHeader
{
    public static readonly NftHeader Ether = new("ether", "daddr:48:mac saddr:48:mac type:16:ethertype");

    /// <summary>It lies behind the Ethernet header without its type.</summary>
    public static readonly NftHeader Vlan = new("vlan", "@14 pcp:3 dei:1 id:12 type:16:ethertype");

    public static readonly NftHeader Arp = new(
        "arp",
        "htype:16 ptype:16:ethertype hlen:8 plen:8 operation:16:arpop saddr_ether:48:mac saddr_ip:32:address daddr_ether:48:mac daddr_ip:32:address");

    public static readonly NftHeader IPv4 = new(
        "ip",
        "version:4 hdrlength:4 dscp:6:dscp ecn:2:ecn length:16 id:16 frag-off:16 ttl:8 protocol:8:protocol checksum:16 saddr:32:address daddr:32:address");

    public static readonly NftHeader IPv6 = new(
        "ip6", "version:4 dscp:6:dscp ecn:2:ecn flowlabel:20 length:16 nexthdr:8:protocol hoplimit:8 saddr:128:address daddr:128:address");

    /// <summary>Two ports, of whatever protocol has them.</summary>
    public static readonly NftHeader Ports = new("th", "sport:16 dport:16");

    /// <summary>What a routing header has behind its first four bytes, if it is one of segments.</summary>
    public static readonly NftHeader SegmentRouting = new(
        "srh", "@4 last-entry:8 flags:8 tag:16 sid[1]:128:address sid[2]:128:address sid[3]:128:address sid[4]:128:address");

    private static readonly Dictionary<byte, NftHeader> s_transports = new()
    {
        [1] = new("icmp", "type:8:icmptype code:8:icmpcode checksum:16 gateway:32::redirect @6 mtu:16::destination-unreachable @4 id:16 sequence:16"),
        [2] = new("igmp", "type:8:igmptype mrt:8 checksum:16 group:32:address"),
        [6] = new(
            "tcp",
            "sport:16 dport:16 sequence:32 ackseq:32 doff:4 reserved:4 flags:8:tcpflags window:16 checksum:16 urgptr:16"),
        [17] = new("udp", "sport:16 dport:16 length:16 checksum:16"),
        [33] = new("dccp", "sport:16 dport:16 doff:8 -:8 checksum:16 -:3 type:4:dccptype"),
        [50] = new("esp", "spi:32 sequence:32"),
        [51] = new("ah", "nexthdr:8:protocol hdrlength:8 reserved:16 spi:32 sequence:32"),
        [58] = new(
            "icmpv6",
            "type:8:icmp6type code:8:icmp6code checksum:16 parameter-problem:32::parameter-problem @4 mtu:32::packet-too-big "
            + "@4 max-delay:16::mld-listener-query @4 id:16 sequence:16"),
        [108] = new("comp", "nexthdr:8:protocol flags:8:hex cpi:16"),
        [132] = new("sctp", "sport:16 dport:16 vtag:32 checksum:32"),
        [136] = new("udplite", "sport:16 dport:16 csumcov:16 checksum:16"),
    };

    private static readonly Dictionary<byte, NftHeader> s_extensions = new()
    {
        [0] = new("hbh", "nexthdr:8:protocol hdrlength:8"),
        [43] = new("rt", "nexthdr:8:protocol hdrlength:8 type:8 seg-left:8"),
        [44] = new("frag", "nexthdr:8:protocol reserved:8 frag-off:13 reserved2:2 more-fragments:1 id:32"),
        [60] = new("dst", "nexthdr:8:protocol hdrlength:8"),
        [135] = new("mh", "nexthdr:8:protocol hdrlength:8 type:8:mhtype reserved:8 checksum:16"),
    };

    private static readonly Dictionary<byte, NftHeader> s_tcpOptions = new()
    {
        [0] = new("eol", "kind:8"),
        [1] = new("nop", "kind:8"),
        [2] = new("maxseg", "kind:8 length:8 size:16"),
        [3] = new("window", "kind:8 length:8 count:8"),
        [4] = new("sack-perm", "kind:8 length:8"),
        [5] = new("sack", "kind:8 length:8 left:32 right:32"),
        [8] = new("timestamp", "kind:8 length:8 tsval:32 tsecr:32"),
        [19] = new("md5sig", "kind:8 length:8"),
        [30] = new("mptcp", "kind:8 length:8 subtype:4"),
        [34] = new("fastopen", "kind:8 length:8"),
    };

    private static readonly Dictionary<byte, NftHeader> s_ipOptions = new()
    {
        [7] = new("rr", "type:8 length:8 ptr:8 addr:32:address"),
        [131] = new("lsrr", "type:8 length:8 ptr:8 addr:32:address"),
        [137] = new("ssrr", "type:8 length:8 ptr:8 addr:32:address"),
        [148] = new("ra", "type:8 length:8 value:16"),
    };

    private static readonly string[] s_chunks =
    [
        "data", "init", "init-ack", "sack", "heartbeat", "heartbeat-ack", "abort", "shutdown", "shutdown-ack", "error", "cookie-echo", "cookie-ack",
        "ecne", "cwr", "shutdown-complete",
    ];

    private NftHeader(string name, string fields)
    {
        Name = name;
        List<NftField> all = [];
        int offset = 0;
        foreach (string field in fields.Split(' '))
        {
            if (field[0] == '@')
            {
                offset = Number(field[1..]) * 8;
                continue;
            }

            string[] parts = field.Split(':');
            all.Add(new NftField(parts[0].Replace('_', ' '), offset, Number(parts[1]), TypeNamed(parts.Length > 2 ? parts[2] : ""), parts.Length > 3 ? parts[3] : ""));
            offset += Number(parts[1]);
        }

        Fields = [.. all];
    }

    public string Name { get; }

    public NftField[] Fields { get; }

    /// <summary>The header behind that of the network of a protocol; null if nft has no fields of it.</summary>
    public static NftHeader? Transport(byte protocol) => s_transports.GetValueOrDefault(protocol);

    /// <summary>An extension header of IPv6; null if nft has no name for it.</summary>
    public static NftHeader? Extension(byte type) => s_extensions.GetValueOrDefault(type);

    /// <summary>A TCP option; null if nft has no name for it.</summary>
    public static NftHeader? TcpOption(byte kind) => s_tcpOptions.GetValueOrDefault(kind);

    /// <summary>A TCP option without a name.</summary>
    public static NftHeader OtherOption(byte kind) => new(kind.ToString(CultureInfo.InvariantCulture), "kind:8 length:8");

    /// <summary>An option of IPv4; null if nft has no name for it.</summary>
    public static NftHeader? IpOption(byte type) => s_ipOptions.GetValueOrDefault(type);

    /// <summary>A chunk of SCTP; null if nft has no name for it.</summary>
    public static NftHeader? Chunk(byte type)
    {
        string? name = type < s_chunks.Length ? s_chunks[type] : type switch { 128 => "asconf-ack", 192 => "forward-tsn", 193 => "asconf", _ => null }; // linux/sctp.h
        return name is null ? null : new NftHeader(name, "type:8 flags:8 length:16");
    }

    /// <summary>Its field in that place, or null.</summary>
    /// <param name="offset">Where it begins, in bits.</param>
    /// <param name="bits">Its width.</param>
    /// <param name="message">The type of message that it is, if that is known.</param>
    public NftField? At(int offset, int bits, string message = "") => Array.Find(
        Fields, field => field.Offset == offset && field.Bits == bits && field.Name != "-" && (field.Message.Length == 0 || field.Message == message));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static NftType TypeNamed(string name) => name switch
    {
        "address" => NftType.Address,
        "arpop" => NftType.ArpOperation,
        "dccptype" => NftType.DccpType,
        "dscp" => NftType.Dscp,
        "ecn" => NftType.Ecn,
        "ethertype" => NftType.EtherType,
        "hex" => NftType.Hex,
        "icmp6code" => NftType.Icmp6Code,
        "icmp6type" => NftType.Icmp6Type,
        "icmpcode" => NftType.IcmpCode,
        "icmptype" => NftType.IcmpType,
        "igmptype" => NftType.IgmpType,
        "mac" => NftType.Mac,
        "mhtype" => NftType.MobilityType,
        "protocol" => NftType.Protocol,
        "tcpflags" => NftType.TcpFlags,
        _ => NftType.Number,
    };
}

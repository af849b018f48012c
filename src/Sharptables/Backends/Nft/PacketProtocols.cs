using System;
using System.Collections.Generic;
using System.Globalization;
using Sharptables.Formats.Nft;

namespace Sharptables.Backends.Nft;

/// <summary>Which headers a packet has, as far as the family of a rule and its conditions tell, and the conditions that nft(8) adds by itself for them.</summary>
/// <param name="family">The number of the family (<c>NFPROTO_*</c>).</param>
internal sealed class PacketProtocols(byte family)
{
    private const int IPv4EtherType = 0x0800, ArpEtherType = 0x0806, IPv6EtherType = 0x86dd, VlanEtherType = 0x8100; // ETH_P_*, linux/if_ether.h
    private const int VlanBits = 14 * 8;

    private byte _network;
    private byte? _transport;
    private bool _isEther;
    private bool _isVlan;
    private bool _isEtherAsked;

    /// <summary>The type of message that the packet is, in words; empty when it is not known.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Forgets the conditions of a rule.</summary>
    public void Clear() => (_network, _transport, _isEther, _isVlan, _isEtherAsked, Message) =
        (family is NftFamily.IPv4 or NftFamily.IPv6 or NftFamily.Arp ? family : (byte)0, null, family is NftFamily.Bridge, false, false, "");

    /// <summary>Takes notice of a condition that a field has a value.</summary>
    public void Learn(string field, UInt128 value, string word)
    {
        switch (field)
        {
            case "meta l4proto" or "ip protocol" or "ip6 nexthdr":
                _transport = (byte)value;
                break;
            case "meta nfproto":
                _network = (byte)value;
                break;
            case "meta protocol" or "ether type" or "vlan type":
                _isVlan |= value == VlanEtherType;
                _network = (int)value switch
                {
                    IPv4EtherType => NftFamily.IPv4,
                    IPv6EtherType => NftFamily.IPv6,
                    ArpEtherType => NftFamily.Arp,
                    _ => _network,
                };
                break;
            case "icmp type" or "icmpv6 type":
                Message = word;
                break;
            case "ether saddr" or "ether daddr":
                _isEtherAsked = true;
                break;
            case "meta iiftype":
                _isEther = value == 1;
                break;
        }
    }

    /// <summary>The header in which something lies; null if that is not known.</summary>
    /// <param name="from"><c>NFT_PAYLOAD_*_HEADER</c>.</param>
    /// <param name="offset">Where, in bits.</param>
    public NftHeader? HeaderOf(uint from, int offset) => from switch
    {
        0 when offset >= VlanBits => _isVlan ? NftHeader.Vlan : null,
        0 => _isEther ? NftHeader.Ether : null,
        1 => _network switch
        {
            NftFamily.IPv4 => NftHeader.IPv4,
            NftFamily.IPv6 => NftHeader.IPv6,
            NftFamily.Arp => NftHeader.Arp,
            _ => null,
        },
        2 when _transport is { } protocol && NftHeader.Transport(protocol) is { } known => known,
        2 when offset < 32 => NftHeader.Ports,
        _ => null,
    };

    /// <summary>The family of the packet; 0 when it is not known.</summary>
    public byte Network() => _network;

    /// <summary>The conditions that nft adds for a field of a header.</summary>
    public IReadOnlyList<string> NeedsOf(NftHeader header)
    {
        string[] ether = family == NftFamily.Bridge ? [] : ["meta iiftype ether"];
        return header.Name switch
        {
            "ether" => ether,
            "vlan" => [.. ether, "ether type 8021q"],
            "ip" => Network("ip", isBehind: false),
            "ip6" => Network("ip6", isBehind: false),
            "arp" => family is NftFamily.Bridge ? ["ether type arp"] : family is NftFamily.NetDev ? ["meta protocol arp"] : [],
            "icmp" => [.. Network("ip", isBehind: true), "meta l4proto icmp"],
            "igmp" => [.. Network("ip", isBehind: true), "meta l4proto igmp"],
            "icmpv6" => [.. Network("ip6", isBehind: true), "meta l4proto ipv6-icmp"],
            "th" => [],
            "comp" => ["meta l4proto ipcomp"],
            _ => [$"meta l4proto {header.Name}"],
        };
    }

    /// <summary>The conditions that nft adds for IPv4 or IPv6.</summary>
    /// <param name="name">The header.</param>
    /// <param name="isBehind">Whether it is added for something behind that header.</param>
    public IReadOnlyList<string> Network(string name, bool isBehind) => family switch
    {
        NftFamily.Inet or NftFamily.Bridge or NftFamily.NetDev when _isVlan && !isBehind => [$"vlan type {name}"],
        NftFamily.Inet or NftFamily.NetDev when _isEtherAsked => [$"ether type {name}"],
        NftFamily.Inet => [$"meta nfproto {(name == "ip" ? "ipv4" : "ipv6")}"],
        NftFamily.Bridge => [$"{(isBehind ? "ether type" : "meta protocol")} {name}"],
        NftFamily.NetDev => [$"meta protocol {name}"],
        _ => [],
    };

    /// <summary>A place in a header by numbers.</summary>
    public static string Raw(uint from, int offset, int bits) =>
        $"@{(from switch { 0 => "ll", 1 => "nh", 2 => "th", _ => "ih" })},{offset.ToString(CultureInfo.InvariantCulture)},{bits.ToString(CultureInfo.InvariantCulture)}";
}

using System;
using System.Collections.Generic;
using System.Globalization;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Backends.Nft;

/// <summary>What expressions load, in the words of nft(8).</summary>
/// <param name="protocols">What the rule has said of the packet's headers.</param>
internal sealed class Terms(PacketProtocols protocols)
{
    private static readonly Term?[] s_meta =
    [
        new("meta length", NftType.Number, 32),
        new("meta protocol", NftType.EtherType, 16) { IsNetworkOrder = true },
        new("meta priority", NftType.Handle, 32),
        new("meta mark", NftType.Hex, 32),
        new("iif", NftType.InterfaceIndex, 32),
        new("oif", NftType.InterfaceIndex, 32),
        new("iifname", NftType.Interface, 128) { IsNetworkOrder = true },
        new("oifname", NftType.Interface, 128) { IsNetworkOrder = true },
        new("meta iiftype", NftType.Device, 16),
        new("meta oiftype", NftType.Device, 16),
        new("meta skuid", NftType.Number, 32),
        new("meta skgid", NftType.Number, 32),
        new("meta nftrace", NftType.Number, 8),
        new("meta rtclassid", NftType.Number, 32),
        new("meta secmark", NftType.Number, 32),
        new("meta nfproto", NftType.Family, 8),
        new("meta l4proto", NftType.Protocol, 8),
        new("meta ibrname", NftType.Interface, 128) { IsNetworkOrder = true },
        new("meta obrname", NftType.Interface, 128) { IsNetworkOrder = true },
        new("meta pkttype", NftType.PacketType, 8),
        new("meta cpu", NftType.Number, 32),
        new("iifgroup", NftType.Number, 32),
        new("oifgroup", NftType.Number, 32),
        new("meta cgroup", NftType.Number, 32),
        new("meta random", NftType.Number, 32) { IsNetworkOrder = true },
        new("meta ipsec", NftType.Presence, 8),
        new("meta iifkind", NftType.Text, 128) { IsNetworkOrder = true },
        new("meta oifkind", NftType.Text, 128) { IsNetworkOrder = true },
        new("meta ibrpvid", NftType.Number, 16),
        new("meta ibrvproto", NftType.EtherType, 16) { IsNetworkOrder = true },
        new("meta time", NftType.Date, 64),
        new("meta day", NftType.Day, 8),
        new("meta hour", NftType.Number, 32),
        new("meta sdif", NftType.InterfaceIndex, 32),
        new("meta sdifname", NftType.Interface, 128) { IsNetworkOrder = true },
        new("meta broute", NftType.Number, 8),
    ];

    private static readonly Term?[] s_connection =
    [
        new("state", NftType.State, 32),
        new("direction", NftType.Direction, 8),
        new("status", NftType.Status, 32),
        new("mark", NftType.Hex, 32),
        new("secmark", NftType.Number, 32),
        new("expiration", NftType.Milliseconds, 32),
        new("helper", NftType.Text, 128) { IsNetworkOrder = true },
        new("l3proto", NftType.Family, 8),
        new("saddr", NftType.Address, 128) { IsNetworkOrder = true },
        new("daddr", NftType.Address, 128) { IsNetworkOrder = true },
        new("protocol", NftType.Protocol, 8),
        new("proto-src", NftType.Number, 16) { IsNetworkOrder = true },
        new("proto-dst", NftType.Number, 16) { IsNetworkOrder = true },
        new("label", NftType.Label, 128),
        new("packets", NftType.Number, 64),
        new("bytes", NftType.Number, 64),
        new("avgpkt", NftType.Number, 64),
        new("zone", NftType.Number, 16),
        new("event", NftType.Event, 32),
        new("ip saddr", NftType.Address, 32) { IsNetworkOrder = true },
        new("ip daddr", NftType.Address, 32) { IsNetworkOrder = true },
        new("ip6 saddr", NftType.Address, 128) { IsNetworkOrder = true },
        new("ip6 daddr", NftType.Address, 128) { IsNetworkOrder = true },
        new("id", NftType.Number, 32) { IsNetworkOrder = true },
    ];

    private static readonly Term?[] s_routing =
    [
        new("rt classid", NftType.Number, 32),
        new("rt ip nexthop", NftType.Address, 32) { IsNetworkOrder = true },
        new("rt ip6 nexthop", NftType.Address, 128) { IsNetworkOrder = true },
        new("rt mtu", NftType.Number, 16),
        new("rt ipsec", NftType.Presence, 8),
    ];

    private static readonly Term?[] s_socket =
    [
        new("socket transparent", NftType.Number, 8),
        new("socket mark", NftType.Hex, 32),
        new("socket wildcard", NftType.Number, 8),
        null, // a control group by the number of its folder
    ];

    private static readonly Term?[] s_fib =
    [
        null,
        new("oif", NftType.InterfaceIndex, 32),
        new("oifname", NftType.Interface, 128) { IsNetworkOrder = true },
        new("type", NftType.AddressType, 32),
    ];

    private static readonly Term?[] s_xfrm =
    [
        null,
        new("ip daddr", NftType.Address, 32) { IsNetworkOrder = true },
        new("ip6 daddr", NftType.Address, 128) { IsNetworkOrder = true },
        new("ip saddr", NftType.Address, 32) { IsNetworkOrder = true },
        new("ip6 saddr", NftType.Address, 128) { IsNetworkOrder = true },
        new("reqid", NftType.Number, 32),
        new("spi", NftType.Number, 32) { IsNetworkOrder = true },
    ];

    private static Term? Find(Term?[] terms, uint key) => key < terms.Length ? terms[key] : null;

    public static Term? OfMeta(ReadOnlySpan<byte> data) => OfMeta((MetaKey)Number(data, NfTables.Meta.Key));

    public static Term? OfMeta(MetaKey key) => Find(s_meta, (uint)key);

    public Term? OfConnection(ReadOnlySpan<byte> data)
    {
        string direction = Has(data, NfTables.Ct.Direction) ? Number(data, NfTables.Ct.Direction) == 0 ? "original " : "reply " : "";
        return Find(s_connection, Number(data, NfTables.Ct.Key)) is { } term
            ? term with
            {
                Text = $"ct {direction}{term.Text}",
                Bits = term.Type == NftType.Address && protocols.Network() == NftFamily.IPv4 ? 32 : term.Bits,
            }
            : null;
    }

    public static Term? OfRouting(ReadOnlySpan<byte> data) => Find(s_routing, Number(data, NfTables.Route.Key));

    public static Term? OfSocket(ReadOnlySpan<byte> data) => Find(s_socket, Number(data, NfTables.Socket.Key));

    /// <summary>What the machine's routes say of an address.</summary>
    public static Term? OfFib(ReadOnlySpan<byte> data)
    {
        const uint Present = 1 << 5; // NFTA_FIB_F_PRESENT
        uint flags = Number(data, NfTables.Fib.Flags);
        List<string> asked = [];
        foreach ((string word, uint flag) in (ReadOnlySpan<(string, uint)>)[("saddr", 1), ("daddr", 2), ("mark", 4), ("iif", 8), ("oif", 16)])
        {
            if ((flags & flag) != 0)
            {
                asked.Add(word);
            }
        }

        return Find(s_fib, Number(data, NfTables.Fib.Result)) is { } term
            ? ((flags & Present) != 0 ? term with { Type = NftType.Presence, Bits = 8 } : term) with { Text = $"fib {string.Join(" . ", asked)} {term.Text}" }
            : null;
    }

    public static Term? OfXfrm(ReadOnlySpan<byte> data)
    {
        uint number = Number(data, NfTables.Xfrm.Number);
        string direction = NetlinkAttributes.Find(data, NfTables.Xfrm.Direction) is [0, ..] ? "in" : "out";
        return Find(s_xfrm, Number(data, NfTables.Xfrm.Key)) is { } term
            ? term with { Text = $"ipsec {direction} {(number > 0 ? $"spnum {number} " : "")}{term.Text}" } : null;
    }

    public static Term OfGenerator(ReadOnlySpan<byte> data)
    {
        string kind = Number(data, NfTables.Generator.Type) == 0 ? "inc" : "random";
        string modulus = string.Create(CultureInfo.InvariantCulture, $"mod {Number(data, NfTables.Generator.Modulus)}");
        return new Term($"numgen {kind} {modulus}{Offset(Number(data, NfTables.Generator.Offset))}", NftType.Number, 32);
    }

    public static string Offset(uint offset) => offset == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" offset {offset}");

    public static Term OfFingerprint(ReadOnlySpan<byte> data)
    {
        const uint WithVersion = 1; // NFT_OSF_F_VERSION
        string ttl = NetlinkAttributes.Find(data, NfTables.OsFingerprint.Ttl) is [var how and not 0, ..] ? how == 1 ? "ttl loose " : "ttl skip " : "";
        string part = (Number(data, NfTables.OsFingerprint.Flags) & WithVersion) != 0 ? "version" : "name";
        return new Term($"osf {ttl}{part}", NftType.Text, 128);
    }

    /// <summary>Part of the packet, without what is done to it.</summary>
    public Term? OfPayload(ReadOnlySpan<byte> data)
    {
        uint from = Number(data, NfTables.Payload.Base), at = Number(data, NfTables.Payload.Offset), length = Number(data, NfTables.Payload.Length);
        if (length is 0 or > 16 || at > ushort.MaxValue)
        {
            return null;
        }

        int offset = (int)at * 8;
        NftHeader? header = protocols.HeaderOf(from, offset);
        return new Term(header is null ? "" : $"{header.Name} ", NftType.Hex, (int)length * 8)
        {
            IsNetworkOrder = true,
            Place = (header, offset),
            Message = protocols.Message,
            Raw = PacketProtocols.Raw(from, offset, (int)length * 8),
            Needs = header is null ? [] : protocols.NeedsOf(header),
        };
    }

    /// <summary>Something of an extension header of IPv6, or of an option.</summary>
    public Term? OfExtensionHeader(ReadOnlySpan<byte> data)
    {
        const uint Present = 1; // NFT_EXTHDR_F_PRESENT
        const byte RoutingHeader = 43; // IPPROTO_ROUTING
        byte type = NetlinkAttributes.Find(data, NfTables.ExtensionHeader.Type) is [var first, ..] ? first : (byte)0;
        uint length = Number(data, NfTables.ExtensionHeader.Length), at = Number(data, NfTables.ExtensionHeader.Offset);
        (NftHeader? header, string kind, IReadOnlyList<string> needs) = Number(data, NfTables.ExtensionHeader.Operation) switch
        {
            0 => (type == RoutingHeader && at >= 4 ? NftHeader.SegmentRouting : NftHeader.Extension(type), "", protocols.Network("ip6", isBehind: true)),
            1 => (NftHeader.TcpOption(type) ?? NftHeader.OtherOption(type), "tcp option ", []),
            2 => (NftHeader.IpOption(type), "ip option ", protocols.Network("ip", isBehind: true)),
            3 => (NftHeader.Chunk(type), "sctp chunk ", []),
            _ => (null, "", (IReadOnlyList<string>)[]),
        };
        if (header is null || length > 16 || at > ushort.MaxValue)
        {
            return null;
        }

        return (Number(data, NfTables.ExtensionHeader.Flags) & Present) != 0
            ? new Term($"{(kind.Length == 0 ? "exthdr " : kind)}{header.Name}", NftType.Presence, 8) { Needs = needs }
            : new Term($"{kind}{header.Name} ", NftType.Hex, (int)length * 8)
            {
                IsNetworkOrder = true,
                Place = (header, (int)at * 8),
                Raw = string.Create(CultureInfo.InvariantCulture, $"{kind}@{type},{at * 8},{length * 8}"),
                Needs = needs,
            };
    }

    private static uint Number(ReadOnlySpan<byte> attributes, ushort type) => NetlinkAttributes.FindNumber(attributes, type);

    private static bool Has(ReadOnlySpan<byte> attributes, ushort type) => !NetlinkAttributes.Find(attributes, type).IsEmpty;
}

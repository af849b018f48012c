using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Editing;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Text;
using Sharptables.Translation;

namespace Sharptables.Programs;

/// <summary>Packets of IPv4 or IPv6 through a router.</summary>
/// <param name="rules">The rules.</param>
/// <param name="nft">The path of nft(8).</param>
internal sealed class IPTraffic(RuleSet rules, byte[] nft) : TranslationTraffic(rules, nft)
{
    /// <inheritdoc/>
    protected override string[] Ends => ["input", "postrouting"];

    /// <summary>What IPv6 does by itself is not to be counted.</summary>
    protected override string Noise => IsIPv6 ? "chain noise { type filter hook output priority -10000; icmpv6 type { 133, 135, 143 } drop; }\n" : "";

    /// <inheritdoc/>
    protected override byte[][] Options => [IsIPv6 ? "-6"u8.ToArray() : "-4"u8.ToArray()];

    private bool IsIPv6 => Family.HasColonsInAddresses;

    /// <inheritdoc/>
    protected override int Send(Func<string, Predicate<MadePacket>, int> send)
    {
        HashSet<string> routes = [];
        string peers = (IsIPv6 ? "mtu 1279 " : "") + "arp off up"; // with less than 1280 they have no IPv6 of their own
        StringBuilder links = new(Cables("arp off addrgenmode none up", peers, (name, number) =>
            IsIPv6 ? $"address add 2001:db8:3:{number:x}::1/128 dev {name} nodad\n" : $"address add 198.18.{number & 0xff}.1/32 dev {name}\n"));
        links.Append("route add local default dev lo\n");
        StringBuilder ways = new("route del local default dev lo\n");
        foreach (MadePacket packet in Packets)
        {
            links.Append(!packet.IsOwn && packet.In != "lo" ? RouteTo(packet.Source, packet.In) : ""); // who asks for the way back finds it
            ways.Append(!packet.Comes && packet.Out != "lo" ? RouteTo(packet.Destination, packet.Out) : "");
        }

        return send(links.ToString(), static packet => packet.Comes) + send(ways.ToString(), static packet => !packet.Comes);

        string RouteTo(ReadOnlySpan<byte> address, string device)
        {
            Output to = new(Output.Kept);
            Addresses.Write(to, address);
            string way = MessageText.Of(to.Written);
            return routes.Add(way) ? $"route add {way} dev {device}\n" : "";
        }
    }

    /// <inheritdoc/>
    protected override bool Send(PacketSender sender, MadePacket packet, string peer)
    {
        byte last = packet.In == "lo" ? (byte)0 : (byte)1, first = packet.In == "lo" ? (byte)0 : (byte)2;
        return packet.IsOwn ? sender.SendOwn(packet.Bytes, packet.Destination)
            : sender.SendFrame([first, 0, 0, 0, 0, last, first, 0, 0, 0, 0, 2, .. IsIPv6 ? (ReadOnlySpan<byte>)[0x86, 0xdd] : [8, 0], .. packet.Bytes], peer);
    }

    /// <summary>Has the kernel forward and take whatever comes, and answer as often as it is to.</summary>
    protected override void Permit()
    {
        string ipv4 = "/proc/sys/net/ipv4/", ipv6 = "/proc/sys/net/ipv6/";
        foreach ((string file, string value) in IsIPv6
            ? (ReadOnlySpan<(string, string)>)[
                ($"{ipv6}conf/default/disable_ipv6", "0"), ($"{ipv6}conf/default/accept_dad", "0"), ($"{ipv6}conf/default/accept_ra", "0"), ($"{ipv6}conf/all/forwarding", "1"),
                ($"{ipv6}icmp/ratelimit", "0"), ($"{ipv6}icmp/ratemask", "255")]
            : [
                ($"{ipv4}ip_forward", "1"), ($"{ipv4}conf/all/rp_filter", "0"), ($"{ipv4}conf/default/rp_filter", "0"), ($"{ipv4}conf/all/accept_local", "1"),
                ($"{ipv4}conf/all/route_localnet", "1"), ($"{ipv4}icmp_ratelimit", "0"), ($"{ipv4}icmp_ratemask", "0")])
        {
            Set(file, value);
        }
    }
}

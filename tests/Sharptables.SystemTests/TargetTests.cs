using System;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Sharptables.SystemTests;

/// <summary>What targets do to packets, seen on the wire on the far side, or by a program on the router.</summary>
public sealed class TargetTests
{
    private const string ToWan = "-t nat -A PREROUTING -p udp --dport 53 -j DNAT --to-destination 203.0.113.9:5353";

    /// <summary>Each row: commands, a packet, and what is then heard on which cable.</summary>
    [Theory]
    [InlineData("-A FORWARD -j ACCEPT", "lan>wan udp", "wan 192.168.1.2:40000 > 203.0.113.9:9 udp ttl=63")]
    [InlineData("-A INPUT -p udp -j REJECT", "udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/3")]
    [InlineData("-A INPUT -p udp -j REJECT --reject-with icmp-admin-prohibited", "udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/13")]
    [InlineData("-A FORWARD -j REJECT --reject-with icmp-host-unreachable", "lan>wan udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/1")]
    [InlineData("-A FORWARD -p tcp -j REJECT --reject-with tcp-reset", "lan>wan tcp dport=80",
        "lan 203.0.113.9:80 > 192.168.1.2:40000 tcp rst ack")]
    [InlineData(ToWan, "udp dport=53", "wan 192.168.1.2:40000 > 203.0.113.9:5353 udp")]
    [InlineData("-t nat -A PREROUTING -j DNAT --to-destination 203.0.113.9", "udp dport=53",
        "wan 192.168.1.2:40000 > 203.0.113.9:53 udp")]
    [InlineData("-t nat -A OUTPUT -p udp -j DNAT --to-destination 203.0.113.9:2", "router>lan udp",
        "wan 192.168.1.1:40000 > 203.0.113.9:2 udp")]
    [InlineData("-t nat -A POSTROUTING -o WAN1 -j SNAT --to-source 203.0.113.77", "lan>wan udp",
        "wan 203.0.113.77:40000 > 203.0.113.9:9 udp")]
    [InlineData("-t nat -A POSTROUTING -p udp -j SNAT --to-source 203.0.113.77:7000", "lan>wan udp",
        "wan 203.0.113.77:7000 > 203.0.113.9:9 udp")]
    [InlineData("-t nat -A POSTROUTING -o WAN1 -j MASQUERADE", "lan>wan udp", "wan 203.0.113.1:40000 > 203.0.113.9:9 udp")]
    [InlineData("-t nat -A POSTROUTING -p udp -j MASQUERADE --to-ports 7000", "lan>wan udp", "wan 203.0.113.1:7000 > 203.0.113.9:9 udp")]
    [InlineData("-t nat -A PREROUTING -d 203.0.113.0/24 -j NETMAP --to 198.51.100.0/24", "lan>wan udp",
        "wan 192.168.1.2:40000 > 198.51.100.9:9 udp")]
    [InlineData("-t nat -A POSTROUTING -s 192.168.1.0/24 -j NETMAP --to 203.0.113.0/24", "lan>wan udp",
        "wan 203.0.113.2:40000 > 203.0.113.9:9 udp")]
    [InlineData("-t mangle -A FORWARD -p tcp --syn -j TCPMSS --set-mss 1200", "lan>wan tcp mss=1460",
        "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp syn mss=1200")]
    [InlineData("ip link set WAN1 mtu 1300 ; -t mangle -A FORWARD -p tcp --syn -j TCPMSS --clamp-mss-to-pmtu", "lan>wan tcp mss=1460",
        "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp syn mss=1260")]
    [InlineData("ip rule add fwmark 7 lookup 7 ; ip route add default via 192.168.1.2 table 7 ; "
        + "-t mangle -A PREROUTING -p udp -j MARK --set-mark 7", "lan>wan udp", "lan 192.168.1.2:40000 > 203.0.113.9:9 udp")]
    [InlineData("-t mangle -A FORWARD -j TTL --ttl-set 11", "lan>wan udp", "wan 192.168.1.2:40000 > 203.0.113.9:9 udp ttl=11")]
    [InlineData("-t mangle -A FORWARD -j DSCP --set-dscp-class EF", "lan>wan udp", "wan 192.168.1.2:40000 udp tos=0xb8")]
    [InlineData("-t mangle -A FORWARD -j TOS --set-tos 0x10/0xff", "lan>wan udp", "wan 192.168.1.2:40000 udp tos=0x10")]
    [InlineData("-t mangle -A PREROUTING -i LAN1 -j TEE --gateway 203.0.113.9", "udp", "wan 192.168.1.2:40000 > 192.168.1.1:9 udp")]
    public void Sends(string commands, string packet, string heard) => Heard(v6: false, commands, packet, heard);

    [Theory]
    [InlineData("-A INPUT -p udp -j REJECT", "udp", "lan fd00:1::1 > fd00:1::2 icmp6 1/4")]
    [InlineData("-A FORWARD -j REJECT --reject-with icmp6-adm-prohibited", "lan>wan udp", "lan fd00:1::1 > fd00:1::2 icmp6 1/1")]
    [InlineData("-A FORWARD -p tcp -j REJECT --reject-with tcp-reset", "lan>wan tcp", "lan [fd00:2::9]:9 > [fd00:1::2]:40000 tcp rst ack")]
    [InlineData("-t nat -A PREROUTING -p udp -j DNAT --to-destination [fd00:2::9]:53", "udp",
        "wan [fd00:1::2]:40000 > [fd00:2::9]:53 udp")]
    [InlineData("-t nat -A POSTROUTING -j SNAT --to-source fd00:2::77", "lan>wan udp", "wan [fd00:2::77]:40000 > [fd00:2::9]:9 udp")]
    [InlineData("-t nat -A POSTROUTING -o WAN1 -j MASQUERADE", "lan>wan udp", "wan [fd00:2::1]:40000 > [fd00:2::9]:9 udp")]
    [InlineData("-t nat -A PREROUTING -d fd00:2::/64 -j NETMAP --to fd00:7::/64", "lan>wan udp",
        "wan [fd00:1::2]:40000 > [fd00:7::9]:9 udp")]
    [InlineData("-t mangle -A FORWARD -j HL --hl-set 11", "lan>wan udp", "wan [fd00:1::2]:40000 > [fd00:2::9]:9 udp ttl=11")]
    public void Sends_over_IPv6(string commands, string packet, string heard) => Heard(v6: true, commands, packet, heard);

    /// <summary>Each row: commands, a packet that they are to keep from the cable, and one that they let through.</summary>
    [Theory]
    [InlineData("-A FORWARD -p udp -j DROP", "lan>wan udp", "lan>wan tcp", "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp")]
    [InlineData("-P FORWARD DROP ; -A FORWARD -p tcp -j ACCEPT", "lan>wan udp", "lan>wan tcp", "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp")]
    [InlineData("-A FORWARD -p udp -j REJECT", "lan>wan udp", "lan>wan tcp", "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp")]
    [InlineData("-A FORWARD -p udp -j QUEUE", "lan>wan udp", "lan>wan tcp", "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp")]
    [InlineData("-A OUTPUT -p udp --dport 1 -j DROP", "router>wan udp dport=1", "router>wan udp dport=2",
        "wan 203.0.113.1:40000 > 203.0.113.9:2 udp")]
    public void Keeps_back(string commands, string packet, string other, string heard)
    {
        using var lab = new Lab();
        lab.Run(commands);
        lab.Send(packet);
        lab.Send(other);
        Assert.True(lab.Wan.Hears(heard["wan ".Length..], Lab.Patience), $"not heard: {heard}");
        Assert.Single(lab.Wan.Heard());
    }

    /// <summary>The way back through a translation: the answer reaches who asked, from the address that was asked.</summary>
    [Theory]
    [InlineData(ToWan, "udp dport=53", "wan>lan udp sport=5353 dport=40000", "lan 192.168.1.1:53 > 192.168.1.2:40000 udp")]
    [InlineData("-t nat -A POSTROUTING -o WAN1 -j MASQUERADE", "lan>wan udp", "wan>router udp sport=9 dport=40000",
        "lan 203.0.113.9:9 > 192.168.1.2:40000 udp")]
    [InlineData("-t nat -A POSTROUTING -o WAN1 -j SNAT --to-source 203.0.113.77", "lan>wan udp",
        "wan>router udp dst=203.0.113.77 sport=9 dport=40000", "lan 203.0.113.9:9 > 192.168.1.2:40000 udp")]
    public void Answer_comes_back(string commands, string question, string answer, string heard)
    {
        using var lab = new Lab();
        lab.Run(commands);
        lab.Send(question);
        Assert.True(lab.Wan.Hears("udp", Lab.Patience), "the question did not reach the other side");
        lab.Send(answer);
        Expect(lab, heard);
    }

    /// <summary>Each row: commands, a packet, and the port of a program on the router that then gets it.</summary>
    [Theory]
    [InlineData("-t nat -A PREROUTING -p udp --dport 53 -j REDIRECT --to-ports 5353", "lan>wan udp dport=53 payload=hello", 5353)]
    [InlineData("-t nat -A PREROUTING -p udp -j REDIRECT", "lan>wan udp dport=53 payload=hello", 53)]
    [InlineData("ip rule add fwmark 1 lookup 100 ; ip route add local default dev lo table 100 ; "
        + "-t mangle -A PREROUTING -p udp --dport 53 -j TPROXY --on-port 9053 --tproxy-mark 1", "lan>wan udp dport=53 payload=hello", 9053)]
    public void Delivers(string commands, string packet, int port)
    {
        using var lab = new Lab();
        using Socket socket = lab.Listen(port, transparent: true);
        lab.Run(commands);
        lab.Send(packet);
        byte[] buffer = new byte[100];
        Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer)));
    }

    /// <summary>What later rules see of what an earlier one did: the last rule of the chain counts the packets.</summary>
    [Theory]
    [InlineData("-t mangle -A PREROUTING -j MARK --set-xmark 0xf0/0xff ; -A FORWARD -m mark --mark 0xf0", 1, "lan>wan udp")]
    [InlineData("-t mangle -A PREROUTING -j MARK --set-mark 0xf0 ; -t mangle -A PREROUTING -j MARK --and-mark 0x30"
        + " ; -t mangle -A PREROUTING -j MARK --or-mark 1 ; -A FORWARD -m mark --mark 0x31", 1, "lan>wan udp")]
    [InlineData("-t mangle -A PREROUTING -p udp --dport 53 -j MARK --set-mark 9 ; "
        + "-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --save-mark ; -A FORWARD -m connmark --mark 9", 2,
        "lan>wan udp dport=53", "wan>lan udp sport=53 dport=40000")]
    [InlineData("-t mangle -A PREROUTING -j CONNMARK --restore-mark ; -t mangle -A POSTROUTING -p udp --dport 53 -j CONNMARK --set-mark 9"
        + " ; -A FORWARD -m mark --mark 9", 1, "lan>wan udp dport=53", "wan>lan udp sport=53 dport=40000")]
    [InlineData("-t raw -A PREROUTING -p udp -j CT --notrack ; -A FORWARD -m conntrack --ctstate UNTRACKED", 1,
        "lan>wan udp", "lan>wan tcp")]
    [InlineData("-t raw -A PREROUTING -p udp -j NOTRACK ; -A FORWARD -m conntrack --ctstate UNTRACKED", 1, "lan>wan udp", "lan>wan tcp")]
    // The answer belongs to no connection of its own zone.
    [InlineData("-t raw -A PREROUTING -i LAN1 -j CT --zone 5 ; -A FORWARD -m conntrack --ctstate NEW", 2,
        "lan>wan udp", "wan>lan udp sport=9 dport=40000")]
    [InlineData("ipset create knocked hash:ip ; -A INPUT -p udp --dport 7 -j SET --add-set knocked src"
        + " ; -A INPUT -m set --match-set knocked src", 2, "udp", "udp dport=7", "udp")]
    [InlineData("ipset create left hash:ip ; ipset add left 192.168.1.2 ; -A INPUT -p udp --dport 7 -j SET --del-set left src"
        + " ; -A INPUT -m set --match-set left src", 1, "udp", "udp dport=7", "udp")]
    public void Later_rule_counts(string commands, int count, params string[] packets)
    {
        string last = commands[(commands.LastIndexOf(" ; ", StringComparison.Ordinal) + 3)..];
        string chain = last.Split(' ')[1];
        using var lab = new Lab();
        lab.Run(commands + $" ; -A {chain}");
        long[] counters = [];
        for (int i = 0; i < packets.Length; i++)
        {
            lab.Send(packets[i]);
            Assert.True(Lab.Eventually(() => (counters = lab.Counters("filter", chain))[^1] == i + 1),
                $"'{packets[i]}' never got to {chain}");
        }

        Assert.Equal(count, counters[^2]);
    }

    [Fact]
    public void SET_adds_the_source_to_the_set()
    {
        using var lab = new Lab();
        lab.Run("ipset create seen hash:ip ; -A INPUT -j SET --add-set seen src");
        lab.Send("udp");
        Assert.True(Lab.Eventually(() => lab.Output("ipset", "list", "seen").Contains("192.168.1.2", StringComparison.Ordinal)));
    }

    [Fact]
    public void NFLOG_hands_the_packet_with_its_prefix_to_the_group()
    {
        using var lab = new Lab();
        lab.Run("-A INPUT -j NFLOG --nflog-group 5 --nflog-prefix \"seen by five\"");
        using LogGroup group = lab.ListenToLog(5);
        lab.Send("udp payload=hello");
        (string prefix, byte[] packet) = group.Receive();
        Assert.Equal("seen by five", prefix);
        Assert.Equal("hello", Encoding.ASCII.GetString(packet, 28, packet.Length - 28));
    }

    [Fact]
    public void NFLOG_size_cuts_the_packet_short()
    {
        using var lab = new Lab();
        lab.Run("-A INPUT -j NFLOG --nflog-group 6 --nflog-size 28");
        using LogGroup group = lab.ListenToLog(6);
        lab.Send("udp payload=hello");
        Assert.Equal(28, group.Receive().Packet.Length);
    }

    private static void Heard(bool v6, string commands, string packet, string heard)
    {
        using var lab = new Lab(v6);
        lab.Run(commands);
        lab.Send(packet);
        Expect(lab, heard);
    }

    private static void Expect(Lab lab, string heard)
    {
        Cable cable = heard.StartsWith("lan ", StringComparison.Ordinal) ? lab.Lan : lab.Wan;
        Assert.True(cable.Hears(heard[4..], Lab.Patience),
            $"not heard: {heard}\nlan: {string.Join("; ", lab.Lan.Heard())}\nwan: {string.Join("; ", lab.Wan.Heard())}");
    }
}

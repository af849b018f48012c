using System.Net.Sockets;
using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Targets;

/// <summary>Where a packet goes on after a rule: which rules of which chains count it.</summary>
public sealed class VerdictTests
{
    /// <summary>A UDP packet from the LAN to the router, and then what the rules of each chain have counted, in order.</summary>
    [Theory]
    [InlineData("-A INPUT -j ACCEPT ; -A INPUT", "INPUT 1 0")]
    [InlineData("-A INPUT -j DROP ; -A INPUT", "INPUT 1 0")]
    [InlineData("-A INPUT -p tcp -j DROP ; -A INPUT", "INPUT 0 1")]
    [InlineData("-N X ; -A X ; -A INPUT -j X ; -A INPUT", "X 1, INPUT 1 1")]
    [InlineData("-N X ; -A X -j RETURN ; -A X ; -A INPUT -j X ; -A INPUT", "X 1 0, INPUT 1 1")]
    [InlineData("-N X ; -A X -j ACCEPT ; -A INPUT -j X ; -A INPUT", "X 1, INPUT 1 0")]
    [InlineData("-A INPUT -j RETURN ; -A INPUT", "INPUT 1 0")]
    [InlineData("-N X ; -N Y ; -A Y ; -A X -j Y ; -A X ; -A INPUT -j X ; -A INPUT", "Y 1, X 1 1, INPUT 1 1")]
    // A chain reached by a goto returns to the last jump, not to the goto.
    [InlineData("-N X ; -N Y ; -A Y ; -A X -g Y ; -A X ; -A INPUT -j X ; -A INPUT", "Y 1, X 1 0, INPUT 1 1")]
    [InlineData("-N Y ; -A Y ; -A INPUT -g Y ; -A INPUT", "Y 1, INPUT 1 0")]
    [InlineData("-A INPUT -j LOG --log-prefix x ; -A INPUT", "INPUT 1 1")]
    [InlineData("-A INPUT -j NFLOG --nflog-group 3 ; -A INPUT", "INPUT 1 1")]
    [InlineData("-A INPUT -j REJECT ; -A INPUT", "INPUT 1 0")]
    [InlineData("-A INPUT -j NFQUEUE --queue-num 5 ; -A INPUT", "INPUT 1 0")]
    public void Packet_goes(string commands, string counts)
    {
        using Lab lab = new();
        lab.Run("-t raw -A PREROUTING ; " + commands);
        lab.Send("udp");
        Settle(lab, 1);
        string actual = string.Join(", ", counts.Split(", ").Select(c => c.Split(' ')[0])
            .Select(chain => string.Join(' ', (IEnumerable<string>)[chain, .. lab.Counters("filter", chain).Select(static n => $"{n}")])));
        Assert.Equal(counts, actual);
    }

    /// <summary>Nobody takes packets off the queue, so they are dropped. Over nf_tables a kernel built without its queue has no such verdict.</summary>
    [Trait("Interface", "legacy")]
    [Fact]
    public void Queue_keeps_back()
    {
        Packet_goes("-A INPUT -j QUEUE ; -A INPUT", "INPUT 1 0");
        Program_hears("-A INPUT -p udp --dport 5000 -j QUEUE", "yes");
        Keeps_back("-A FORWARD -p udp -j QUEUE", "lan>wan udp", "lan>wan tcp", "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp");
    }

    /// <summary>What reaches a program on the router, of two datagrams: "no" to port 5000, then "yes" to port 5001.</summary>
    [Theory]
    [InlineData("-P INPUT ACCEPT", "no yes")]
    [InlineData("-P INPUT DROP", "")]
    [InlineData("-P INPUT DROP ; -A INPUT -p udp --dport 5001 -j ACCEPT", "yes")]
    [InlineData("-A INPUT -p udp --dport 5000 -j DROP", "yes")]
    [InlineData("-A INPUT -p udp --dport 5000 -j REJECT", "yes")]
    // Nobody takes packets off the queue, so they are dropped.
    [InlineData("-A INPUT -p udp --dport 5000 -j NFQUEUE --queue-num 5", "yes")]
    [InlineData("-A INPUT -p udp --dport 5000 -j NFQUEUE --queue-num 5 --queue-bypass", "no yes")]
    [InlineData("-A INPUT -p udp --dport 5000 -j LOG", "no yes")]
    [InlineData("-N X ; -A X -p udp --dport 5000 -j RETURN ; -A X -j ACCEPT ; -A INPUT -j X ; -A INPUT -j DROP", "yes")]
    [InlineData("-t raw -A PREROUTING -p udp --dport 5000 -j DROP", "yes")]
    public void Program_hears(string commands, string heard)
    {
        using Lab lab = new();
        using Socket first = lab.Listen(5000);
        using Socket second = lab.Listen(5001);
        lab.Run("-t raw -A PREROUTING ; " + commands);
        lab.Send("udp dport=5000 payload=no");
        lab.Send("udp dport=5001 payload=yes");
        Settle(lab, 2);
        List<string> words = new();
        foreach (var (socket, word) in new[] { (first, "no"), (second, "yes") })
        {
            if (socket.Available > 0)
            {
                words.Add(word);
            }
        }

        Assert.Equal(heard, string.Join(' ', words));
    }

    [Shows("-j REJECT", "each kind of answer on the wire; the packet itself does not arrive")]
    [Theory]
    [InlineData(4, "-A FORWARD -p udp -j REJECT", "lan>wan udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/3")]
    [InlineData(4, "-A INPUT -j REJECT --reject-with icmp-net-unreachable", "udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/0")]
    [InlineData(4, "-A FORWARD -j REJECT --reject-with icmp-host-unreachable", "lan>wan udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/1")]
    [InlineData(4, "-A INPUT -j REJECT --reject-with icmp-proto-unreachable", "udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/2")]
    [InlineData(4, "-A INPUT -j REJECT --reject-with icmp-net-prohibited", "udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/9")]
    [InlineData(4, "-A INPUT -j REJECT --reject-with icmp-host-prohibited", "udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/10")]
    [InlineData(4, "-A INPUT -p udp -j REJECT --reject-with icmp-admin-prohibited", "udp", "lan 192.168.1.1 > 192.168.1.2 icmp 3/13")]
    [InlineData(4, "-A FORWARD -p tcp -j REJECT --reject-with tcp-reset", "lan>wan tcp dport=80",
        "lan 203.0.113.9:80 > 192.168.1.2:40000 tcp rst ack")]
    [InlineData(6, "-A FORWARD -p udp -j REJECT", "lan>wan udp", "lan fd00:1::1 > fd00:1::2 icmp6 1/4")]
    [InlineData(6, "-A FORWARD -j REJECT --reject-with icmp6-no-route", "lan>wan udp", "lan fd00:1::1 > fd00:1::2 icmp6 1/0")]
    [InlineData(6, "-A FORWARD -j REJECT --reject-with icmp6-adm-prohibited", "lan>wan udp", "lan fd00:1::1 > fd00:1::2 icmp6 1/1")]
    [InlineData(6, "-A FORWARD -j REJECT --reject-with icmp6-addr-unreachable", "lan>wan udp", "lan fd00:1::1 > fd00:1::2 icmp6 1/3")]
    [InlineData(6, "-A FORWARD -j REJECT --reject-with icmp6-policy-fail", "lan>wan udp", "lan fd00:1::1 > fd00:1::2 icmp6 1/5")]
    [InlineData(6, "-A FORWARD -j REJECT --reject-with icmp6-reject-route", "lan>wan udp", "lan fd00:1::1 > fd00:1::2 icmp6 1/6")]
    [InlineData(6, "-A FORWARD -p tcp -j REJECT --reject-with tcp-reset", "lan>wan tcp",
        "lan [fd00:2::9]:9 > [fd00:1::2]:40000 tcp rst ack")]
    public void Reject_answers(int ip, string commands, string packet, string heard) => Lab.Sends(ip, commands, packet, heard);

    /// <summary>The line itself, from a namespace, goes to the kernel's log only when net.netfilter.nf_log_all_netns says so.</summary>
    [Shows("-j LOG", "the packet goes on to the next rule")]
    [Theory]
    [InlineData(4, "-A INPUT -j LOG --log-prefix x --log-level info --log-ip-options ; -A INPUT", "+ udp")]
    [InlineData(6, "-A INPUT -j LOG --log-prefix x --log-uid ; -A INPUT", "+ udp")]
    public void Log_lets_the_packet_go_on(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);

    [Fact]
    public void Accept_forwards() => Lab.Sends(4, "-P FORWARD DROP ; -A FORWARD -j ACCEPT", "lan>wan udp",
        "wan 192.168.1.2:40000 > 203.0.113.9:9 udp ttl=63");

    /// <summary>Each row: commands, a packet that they do not let through, and one that they let through.</summary>
    [Theory]
    [InlineData("-A FORWARD -p udp -j DROP", "lan>wan udp", "lan>wan tcp", "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp")]
    [InlineData("-P FORWARD DROP ; -A FORWARD -p tcp -j ACCEPT", "lan>wan udp", "lan>wan tcp", "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp")]
    [InlineData("-A FORWARD -p udp -j REJECT", "lan>wan udp", "lan>wan tcp", "wan 192.168.1.2:40000 > 203.0.113.9:9 tcp")]
    [InlineData("-A OUTPUT -p udp --dport 1 -j DROP", "router>wan udp dport=1", "router>wan udp dport=2",
        "wan 203.0.113.1:40000 > 203.0.113.9:2 udp")]
    public void Keeps_back(string commands, string packet, string other, string heard)
    {
        using Lab lab = new();
        lab.Run(commands);
        lab.Send(packet);
        lab.Send(other);
        lab.Expect(heard);
        Assert.Single(lab.Wan.Heard());
    }

    /// <summary>
    /// Waits until so many packets have come to the hook before the rules in question, and then long enough for the last of
    /// them to have passed those, which it does in microseconds.
    /// </summary>
    private static void Settle(Lab lab, int packets)
    {
        Assert.True(Lab.Eventually(() => lab.Counters("raw", "PREROUTING")[0] == packets),
            "the packets did not come");
        Thread.Sleep(20);
    }
}

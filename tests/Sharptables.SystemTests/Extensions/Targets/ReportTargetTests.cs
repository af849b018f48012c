using System.Text;
using Sharptables.SystemTests.Packets;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Targets;

/// <summary>Targets that send a packet, or a copy of it, to another program or host.</summary>
public sealed class ReportTargetTests
{
    [Shows("-j NFLOG", "the packet with its prefix read from the group, and cut to the size")]
    [Theory]
    [InlineData(4, 28)]
    [InlineData(6, 48)]
    public void NfLog(int ip, int heads)
    {
        using Lab lab = new(ip == 6);
        lab.Run("-A INPUT -p udp -j NFLOG --nflog-group 5 --nflog-prefix \"seen by five\""
            + $" ; -A INPUT -p udp -j NFLOG --nflog-group 6 --nflog-size {heads}");
        using LogGroup five = lab.ListenToLog(5), six = lab.ListenToLog(6);
        lab.Send("udp payload=hello");
        (string prefix, byte[] packet, _) = five.Receive();
        Assert.Equal("seen by five", prefix);
        Assert.Equal("hello", Encoding.ASCII.GetString(packet, heads, packet.Length - heads));
        Assert.Equal(heads, six.Receive().Packet.Length);
    }

    /// <summary>The kernel reports a traced packet through the logger of its family, which can be a group of NFLOG's.</summary>
    [Shows("-j TRACE", "each rule and policy that the packet meets, from the kernel's log for packets")]
    [Trait("Interface", "legacy")] // nf_tables tells it in messages of its own: MonitorTests
    [Theory]
    [InlineData(4, 2)]
    [InlineData(6, 10)]
    public void Trace(int ip, int addressFamily)
    {
        using Lab lab = new(ip == 6);
        lab.Setting($"netfilter/nf_log/{addressFamily}", "nfnetlink_log");
        lab.Run("-t raw -A PREROUTING -p udp --dport 53 -j TRACE ; -N DNS ; -A DNS -p udp -j RETURN"
            + " ; -A INPUT -p tcp -j DROP ; -A INPUT -p udp -j DNS");
        using LogGroup log = lab.ListenToLog(0);
        lab.Send("udp dport=54");
        lab.Send("udp dport=53");
        Assert.Equal(["raw:PREROUTING:policy:2", "filter:INPUT:rule:2", "filter:DNS:rule:1", "filter:INPUT:policy:3"],
            Enumerable.Range(0, 4).Select(_ => log.Receive().Prefix.Split(' ')[1]));
    }

    [Shows("-j NFQUEUE", "a program decides about each packet; clients are spread over queues; without a program, dropped or let through")]
    [Theory]
    [InlineData(4, "203.0.113.9:2")]
    [InlineData(6, "[fd00:2::9]:2")]
    public void NfQueue(int ip, string second)
    {
        using Lab lab = new(ip == 6);
        lab.Run("-A FORWARD -p udp -j NFQUEUE --queue-num 5");
        using PacketQueue queue = lab.TakeFromQueue(5);
        lab.Send("lan>wan udp dport=1 payload=first");
        lab.Send("lan>wan udp dport=2 payload=second");
        uint first = Take("first"), last = Take("second");
        Assert.DoesNotContain(lab.Wan.Heard(), static line => FrameText.Fits(line, "udp"));
        queue.Decide(first, accept: false);
        queue.Decide(last, accept: true);
        lab.Expect($"wan > {second} udp");
        Assert.Single(lab.Wan.Heard(), static line => FrameText.Fits(line, "udp"));

        uint Take(string payload)
        {
            (uint id, byte[] packet) = queue.Receive();
            Assert.EndsWith(payload, Encoding.ASCII.GetString(packet), StringComparison.Ordinal);
            return id;
        }
    }

    /// <summary>
    /// 32 clients, who all get into one queue with a probability of 10^-9. How many wait in each is in the third column of
    /// nfnetlink_queue.
    /// </summary>
    [Theory]
    [InlineData(4, "192.168.1.")]
    [InlineData(6, "fd00:1::")]
    public void Queue_balance_spreads_clients_over_queues(int ip, string clients)
    {
        using Lab lab = new(ip == 6);
        lab.Run("-A FORWARD -p udp -j NFQUEUE --queue-balance 4:5");
        using PacketQueue four = lab.TakeFromQueue(4), five = lab.TakeFromQueue(5);
        for (int n = 0; n < 32; n++)
        {
            lab.Send($"lan>wan udp src={clients}{10 + n}");
        }

        int[] waiting = [];
        Assert.True(Lab.Eventually(() => (waiting = Waiting()).Sum() == 32), string.Join(' ', waiting));
        Assert.All(waiting, static n => Assert.NotEqual(0, n));

        int[] Waiting() => [.. lab.Output("cat", "/proc/net/netfilter/nfnetlink_queue").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2], null))];
    }

    [Shows("-j TEE", "a copy on the wire to the gateway, and the packet itself where it was going")]
    [Theory]
    [InlineData(4, "203.0.113.9", "192.168.1.2:40000 > 192.168.1.1:9")]
    [InlineData(6, "fd00:2::9", "[fd00:1::2]:40000 > [fd00:1::1]:9")]
    public void Tee(int ip, string gateway, string packet)
    {
        using Lab lab = new(ip == 6);
        lab.Run($"-t mangle -A PREROUTING -i LAN1 -j TEE --gateway {gateway} ; -A INPUT -p udp");
        lab.Send("udp");
        lab.Expect($"wan {packet} udp");
        Assert.True(Lab.Eventually(() => lab.Counters("filter", "INPUT")[0] == 1), "the packet itself has not come");
    }
}

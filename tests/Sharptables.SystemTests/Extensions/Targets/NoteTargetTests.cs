using System.Globalization;
using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Targets;

/// <summary>
/// What targets note about a packet or a flow, as later rules and other parts of the kernel see it. Each row, if it says nothing
/// else: the version of IP, commands of which the last adds a rule, and packets with a + if that rule is to count it, - if not.
/// </summary>
public sealed class NoteTargetTests
{
    private const string Restore = "-t mangle -A PREROUTING -j CONNMARK --restore-mark ; ";
    private const string Marked = " -m mark --mark ";

    [Shows("-j MARK", "what -m mark sees later, each way to change it; and a route chosen by the mark")]
    [Theory]
    [InlineData(4, "-t mangle -A PREROUTING -j MARK --set-xmark 0xf0/0xff ; -A FORWARD" + Marked + "0xf0", "+ lan>wan udp")]
    [InlineData(4, "-t mangle -A PREROUTING -j MARK --set-mark 0xf0 ; -t mangle -A PREROUTING -j MARK --and-mark 0x30"
        + " ; -t mangle -A PREROUTING -j MARK --or-mark 1 ; -A FORWARD" + Marked + "0x31", "+ lan>wan udp")]
    [InlineData(4, "-t mangle -A PREROUTING -j MARK --set-mark 0xf0 ; -t mangle -A PREROUTING -p udp -j MARK --xor-mark 0xff"
        + " ; -A FORWARD" + Marked + "0x0f", "+ lan>wan udp", "- lan>wan tcp")]
    [InlineData(6, "-t mangle -A PREROUTING -p udp -j MARK --set-mark 0xf0 ; -A FORWARD" + Marked + "0xf0",
        "+ lan>wan udp", "- lan>wan tcp")]
    public void Mark(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Fact]
    public void Mark_chooses_the_route() => Lab.Sends(4, "ip rule add fwmark 7 lookup 7 ; ip route add default via 192.168.1.2 table 7 ; "
        + "-t mangle -A PREROUTING -p udp -j MARK --set-mark 7", "lan>wan udp", "lan 192.168.1.2:40000 > 203.0.113.9:9 udp");

    [Shows("-j CONNMARK", "the mark of the connection saved, set, and restored to the answer, with masks")]
    [Theory]
    [InlineData(4, "-t mangle -A PREROUTING -p udp --dport 53 -j MARK --set-mark 9 ; "
        + "-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --save-mark ; -A FORWARD -m connmark --mark 9",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=54")]
    [InlineData(4, Restore + "-t mangle -A POSTROUTING -p udp --dport 53 -j CONNMARK --set-mark 9 ; -A FORWARD" + Marked + "9",
        "- lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000")]
    // The connection's 0x11 becomes 0x01 under its mask, then 0x31 with 0x30 of the packet; of that the answer gets 0x30.
    [InlineData(4, "-t mangle -A PREROUTING -i LAN1 -j MARK --set-mark 0x37 ; -t mangle -A PREROUTING -i LAN1 -j CONNMARK --set-mark 0x11"
        + " ; -t mangle -A PREROUTING -i LAN1 -j CONNMARK --save-mark --nfmask 0xf0 --ctmask 0x10"
        + " ; -t mangle -A PREROUTING -i WAN1 -j CONNMARK --restore-mark --mask 0xf0 ; -A FORWARD" + Marked + "0x30",
        "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(6, Restore + "-t mangle -A POSTROUTING -p udp --dport 53 -j CONNMARK --set-mark 9 ; -A FORWARD" + Marked + "9",
        "- lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000")]
    public void ConnMark(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    /// <summary>The marks of 32 flows: with so many, one mark for all has a probability of 10^-31.</summary>
    [Shows("-j HMARK", "flows get marks of the range, each always the same, not all the same one")]
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void HMark(int ip)
    {
        using Lab lab = new(ip == 6);
        lab.Run("-t mangle -A PREROUTING -p udp -j HMARK --hmark-tuple src,dst,sport,dport --hmark-mod 10 --hmark-offset 100 --hmark-rnd 1"
            + " ; -A FORWARD -j NFLOG --nflog-group 7");
        using LogGroup group = lab.ListenToLog(7);
        uint[] first = Marks(), second = Marks();
        Assert.Equal(first, second);
        Assert.All(first, static mark => Assert.InRange(mark, 100u, 109u));
        Assert.NotEqual(1, first.Distinct().Count());

        uint[] Marks() => [.. Enumerable.Range(1000, 32).Select(port =>
        {
            lab.Send($"lan>wan udp sport={port}");
            return group.Receive().Mark;
        })];
    }

    [Shows("-j CLASSIFY", "the class of the queueing discipline that sends the packet")]
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Classify(int ip)
    {
        using Lab lab = new(ip == 6);
        lab.Run("tc qdisc add dev WAN1 root handle 1: htb default 2 ; tc class add dev WAN1 parent 1: classid 1:1 htb rate 1gbit"
            + " ; tc class add dev WAN1 parent 1: classid 1:2 htb rate 1gbit"
            + " ; -t mangle -A POSTROUTING -p udp --dport 53 -j CLASSIFY --set-class 1:1");
        lab.Send("lan>wan udp dport=53");
        lab.Send("lan>wan udp dport=54");
        Assert.True(Lab.Eventually(() => Sent("1:1") == 1 && Sent("1:2") >= 1), lab.Output("tc", "-s", "class", "show", "dev", "WAN1"));

        // " Sent 42 bytes 1 pkt (dropped 0, …" stands under "class htb 1:1 root …".
        int Sent(string name)
        {
            string[] words = lab.Output("tc", "-s", "class", "show", "dev", "WAN1").Split($"class htb {name} ")[1].Split(' ');
            return int.Parse(words[Array.IndexOf(words, "pkt") - 1], CultureInfo.InvariantCulture);
        }
    }

    [Shows("-j SET", "the address in the set, or out of it")]
    [Theory]
    [InlineData(4, "ipset create knocked hash:ip ; -A INPUT -p udp --dport 7 -j SET --add-set knocked src"
        + " ; -A INPUT -m set --match-set knocked src", "- udp", "+ udp dport=7", "+ udp")]
    [InlineData(4, "ipset create left hash:ip ; ipset add left 192.168.1.2 ; -A INPUT -p udp --dport 7 -j SET --del-set left src"
        + " ; -A INPUT -m set --match-set left src", "+ udp", "- udp dport=7", "- udp")]
    [InlineData(6, "ipset create knocked hash:ip family inet6 ; -A INPUT -p udp --dport 7 -j SET --add-set knocked src"
        + " ; -A INPUT -m set --match-set knocked src", "- udp", "+ udp dport=7", "+ udp")]
    [InlineData(4, "ipset create marked hash:ip skbinfo ; ipset add marked 192.168.1.2 skbmark 0x9"
        + " ; -t mangle -A PREROUTING -j SET --map-set marked src --map-mark ; -A FORWARD" + Marked + "9",
        "+ lan>wan udp", "- lan>wan udp src=192.168.1.3")]
    public void Set(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Fact]
    public void Set_has_the_time_that_the_rule_says()
    {
        using Lab lab = new();
        lab.Run("ipset create seen hash:ip timeout 0 ; -A INPUT -j SET --add-set seen src --timeout 900");
        lab.Send("udp");
        Assert.True(Lab.Eventually(() => lab.Output("ipset", "list", "seen").Contains("192.168.1.2 timeout ", StringComparison.Ordinal)));
    }

    /// <summary>The estimator needs some intervals to see a rate; the packets go on until it does.</summary>
    [Shows("-j RATEEST", "the rate that -m rateest sees")]
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void RateEst(int ip)
    {
        using Lab lab = new(ip == 6);
        lab.Run("-A INPUT -p udp -j RATEEST --rateest-name in --rateest-interval 250ms --rateest-ewmalog 500ms"
            + " ; -A INPUT -m rateest --rateest in --rateest-gt --rateest-pps 1");
        Assert.Equal(0, lab.Counters("filter", "INPUT")[1]);
        bool seen = Lab.Eventually(() =>
        {
            for (int n = 0; n < 50; n++)
            {
                lab.Send("udp");
            }

            return lab.Counters("filter", "INPUT")[1] > 0;
        });
        Assert.True(seen, "no rate");
    }

    /// <summary>The kernel shows the seconds that are left in a file. Namespaces share timers, so each run has a name of its own.</summary>
    [Shows("-j IDLETIMER", "the timer runs out, and a packet winds it up")]
    [Theory]
    [InlineData(4, "")]
    [InlineData(4, " --alarm")]
    [InlineData(6, "")]
    public void IdleTimer(int ip, string alarm)
    {
        using Lab lab = new(ip == 6);
        string label = $"lab{Environment.ProcessId}.{ip}{alarm.Trim()}";
        lab.Run($"-A INPUT -p udp -j IDLETIMER --timeout 2 --label {label}{alarm}");
        string file = "/sys/class/xt_idletimer/timers/" + label;
        Assert.True(Lab.Eventually(() => File.ReadAllText(file) == "0\n"), File.ReadAllText(file));
        Assert.True(Lab.Eventually(() =>
        {
            lab.Send("udp");
            return File.ReadAllText(file) == "1\n";
        }), File.ReadAllText(file));
    }
}

using Sharptables.Analysis;
using Sharptables.Hints;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Tests.Hints;
using Sharptables.Tests.Packets;
using Xunit;
using Packet = Sharptables.Packets.Packet;

namespace Sharptables.Tests.Analysis;

public sealed class ContradictionTests
{
    private const int Pairs = 100; // of the rules that take a packet

    [Theory]
    [InlineData("-p tcp --dport 22 -m multiport ! --dports 22", "dport")]
    [InlineData("-p udp --sport 1000:2000 -m multiport --sports 53,123", "sport")]
    [InlineData("-m mark --mark 1 -m mark --mark 2", "mark")]
    [InlineData("-m mark --mark 0x10/0xf0 -m mark ! --mark 0x10/0x30", "mark")]
    [InlineData("-m conntrack --ctstate NEW -m conntrack ! --ctstate NEW,INVALID", "ct state")]
    [InlineData("-m conntrack --ctstate NEW -m state --state ESTABLISHED,RELATED", "ct state")]
    [InlineData("-m ttl --ttl-lt 5 -m ttl --ttl-gt 9", "ttl")]
    [InlineData("-m ttl --ttl-lt 0", "ttl")]
    [InlineData("-p tcp --syn -m tcp ! --syn", "flags")]
    [InlineData("-p tcp --tcp-flags SYN SYN -m tcp --tcp-flags SYN,ACK ACK", "flags")]
    [InlineData("-s 10.0.0.0/8 -m iprange --src-range 192.0.2.1-192.0.2.9", "saddr")]
    [InlineData("! -s 192.0.2.0/24 -m iprange --src-range 192.0.2.1-192.0.2.9", "saddr")]
    [InlineData("-m length --length 100:200 -m length ! --length 1:1500", "meta length")]
    [InlineData("-p icmp --icmp-type 8 -m icmp --icmp-type 0", "type")]
    [InlineData("-p tcp --dport 22 -m multiport --dports 22,80", null)]
    [InlineData("-p tcp --dport 22 -m multiport ! --sports 22", null)]
    [InlineData("-p tcp --dport 22 -m multiport ! --ports 80", null)]
    [InlineData("-m mark --mark 1/1 -m mark --mark 2/2", null)]
    [InlineData("-m conntrack --ctstate NEW,DNAT -m conntrack ! --ctstate NEW", null)]
    [InlineData("-m conntrack --ctstate NEW -m conntrack --ctstate DNAT", null)]
    [InlineData("-s 10.0.0.0/8 -m iprange --src-range 10.255.255.255-192.0.2.9", null)]
    [InlineData("-s 10.0.0.1,192.0.2.1 -m iprange --src-range 192.0.2.1-192.0.2.9", null)]
    [InlineData("-i eth+ -m physdev ! --physdev-in eth0", null)]
    [InlineData("-p tcp --tcp-option 2 -m tcp --tcp-option 3", null)]
    public void What_excludes_each_other_is_found(string rule, string? field)
    {
        Rehearsal read = Rehearsal.Of(["-A", "INPUT", .. rule.Split(' ')], Family.IPv4, new NoNames(), null);
        Assert.Null(read.Error);
        Assert.Equal(field, Contradiction.In(read.Command.Rule)?.Name);
    }

    /// <summary>A packet that takes a rule is the proof that its conditions do not exclude each other; nor do those of all rules that take it, together.</summary>
    [Fact]
    public void No_packet_takes_what_is_said_to_match_nothing()
    {
        List<DeclaredRule> rules = [.. DeclaredRule.All];
        List<Packet> packets = [.. rules.SelectMany(static rule => rule.Case!.Packets).Select(static packet => SpecPacketTests.Known(packet.Packet))];
        Random random = new(1);
        int most = 0;
        foreach (Packet packet in packets)
        {
            List<DeclaredRule> takers = rules.FindAll(rule => rule.Family == packet.Family && rule.Ask(packet) == Answer.Yes);
            List<Condition> all = [.. takers.SelectMany(static rule => rule.Conditions)];
            Assert.Null(Contradiction.In(all)?.Name);
            for (int i = 0; i < Pairs && takers.Count > 0; i++)
            {
                DeclaredRule one = takers[random.Next(takers.Count)], other = takers[random.Next(takers.Count)];
                Assert.True(Contradiction.In([.. one.Conditions, .. other.Conditions]) is null, $"{one}\n{other}");
            }

            most = Math.Max(most, takers.Count);
        }

        Assert.True(packets.Count > 50 && most > 20, $"{packets.Count} packets, of which one is taken by {most} rules");
    }
}

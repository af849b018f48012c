using Xunit;

namespace Sharptables.LibraryTests;

/// <summary>What becomes of a packet is asked of rules in memory.</summary>
public sealed class ExplainTests
{
    private const string Saved = """
        *filter
        :INPUT DROP [0:0]
        :FORWARD DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
        -A INPUT -p udp -m udp --dport 53 -j ACCEPT
        COMMIT

        """;

    [Fact]
    public void The_rule_that_decides_is_named()
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        Explanation answer = rules.Explain(new Packet("-p udp --dport 53 --ctstate NEW") { Route = PacketRoute.Input });
        ExplanationCase only = Assert.Single(answer.Cases);
        Assert.Equal((true, true, "ACCEPT", "filter", "INPUT", 2), (answer.Passes, answer.IsComplete, only.Verdict, only.Table, only.Chain, only.RuleNumber));
        Assert.Equal("-A INPUT -p udp -m udp --dport 53 -j ACCEPT", only.Rule);
        Assert.Equal([only.Rule!], only.RulesMet);
        Assert.Empty(only.If);
    }

    [Fact]
    public void Bytes_are_a_packet_too()
    {
        byte[] dns = Convert.FromHexString("4500001c000040004011b66ac0000201c63364019c40003500080000");
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        Assert.Equal(true, rules.Explain(new Packet(dns, "--ctstate NEW") { Route = PacketRoute.Input }).Passes);
        Assert.Equal(false, rules.Explain(new Packet(dns, "--ctstate NEW -i lan0") { Route = PacketRoute.Forward }).Passes);
    }

    [Fact]
    public void What_is_not_known_makes_cases_and_each_says_what_must_be_so()
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        Explanation answer = rules.Explain(new Packet("-p tcp --dport 22") { Route = PacketRoute.Input });
        Assert.Null(answer.Passes);
        Assert.Equal("ACCEPT by rule 1 of INPUT (filter): -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT, if --ctstate ESTABLISHED\n"
            + "DROP by the policy of INPUT (filter), if ! --ctstate ESTABLISHED", answer.ToString());
    }

    [Theory]
    [InlineData("-p tcp --dport 22x", "invalid port/service `22x' specified")]
    [InlineData("-j DROP", "a packet has no target: leave out -j and -g")]
    [InlineData("--limit 3/s", "--limit")]
    public void Words_that_are_no_packet_are_refused(string words, string reason)
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        Assert.Contains(reason, Assert.Throws<FirewallException>(() => rules.Explain(new Packet(words))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60000000000811400000000000000000000000000000000100000000000000000000000000000001" + "9c40003500080000")]
    [InlineData("4500")]
    public void Bytes_that_are_no_packet_of_the_rules_family_are_refused(string bytes)
    {
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        Assert.Throws<FirewallException>(() => rules.Explain(new Packet(Convert.FromHexString(bytes))));
    }
}

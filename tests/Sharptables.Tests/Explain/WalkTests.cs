using System.Text;
using Sharptables.Editing;
using Sharptables.Explain;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;
using Xunit;
using Packet = Sharptables.Packets.Packet;

namespace Sharptables.Tests.Explain;

/// <summary>What becomes of packets that are told by words; whether the kernel does the same is what the oracle's tests ask.</summary>
public sealed class WalkTests
{
    private const string Rules = """
        *filter
        :INPUT DROP [0:0]
        :FORWARD DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        :ssh - [0:0]
        -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 22 -j ssh
        -A INPUT -p tcp -m multiport --dports 80,443 -j ACCEPT
        -A INPUT -m limit --limit 3/min -j LOG
        -A FORWARD -i lan0 -j ACCEPT
        -A FORWARD -d 10.0.0.7/32 -p tcp -m tcp --dport 80 -j ACCEPT
        -A ssh -s 10.0.0.0/8 -j ACCEPT
        -A ssh -m limit --limit 3/min -j ACCEPT
        -A ssh -j REJECT
        COMMIT
        *nat
        :PREROUTING ACCEPT [0:0]
        :POSTROUTING ACCEPT [0:0]
        -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.0.0.7:80
        COMMIT

        """;

    [Theory]
    [InlineData("-p tcp --dport 443 --ctstate NEW", "ACCEPT by rule 3 of INPUT (filter)")]
    [InlineData("-p tcp --dport 25 --ctstate NEW", "DROP by the policy of INPUT (filter)")]
    [InlineData("-s 10.1.2.3 -p tcp --dport 22 --ctstate NEW", "ACCEPT by rule 1 of ssh (filter)")]
    [InlineData("-p udp --dport 22 --ctstate ESTABLISHED", "ACCEPT by rule 1 of INPUT (filter)")]
    [InlineData("-s 192.0.2.1 -p tcp --dport 22 --ctstate NEW", "ACCEPT by rule 2 of ssh (filter)|REJECT by rule 3 of ssh (filter)")]
    [InlineData("-p tcp --dport 443", "ACCEPT by rule 3 of INPUT (filter)|ACCEPT by rule 1 of INPUT (filter)")]
    [InlineData("-s 10.0.0.0/8 -p tcp --dport 22 --ctstate NEW", "ACCEPT by rule 1 of ssh (filter)")]
    public void It_says_which_rule_or_policy_decides_in_each_case(string packet, string expected)
    {
        Explanation explanation = Explain(packet, new GivenRoutes(new(RouteWay.Local)));
        Assert.Equal(expected.Split('|').Order(), explanation.Endings.Select(ExplanationText.Verdict).Order());
        Assert.True(explanation.IsWhole);
    }

    [Fact]
    public void A_mapped_destination_is_what_later_rules_and_the_route_see()
    {
        Explanation explanation = Explain(
            "-i wan0 -s 203.0.113.5 -d 192.0.2.1 -p tcp --dport 8080 --ctstate NEW", RoutesFile.Parse("local 192.0.2.1 dev wan0\n10.0.0.0/8 dev lan0\n"));
        Ending ending = Assert.Single(explanation.Endings);
        Assert.Equal("ACCEPT by rule 2 of FORWARD (filter)", ExplanationText.Verdict(ending));
        Assert.Equal(["destination 10.0.0.7", "destination port 80"], FieldText.Changes(ending.Packet).Where(static change => change.StartsWith("destination", StringComparison.Ordinal)));
        Assert.Equal("lan0", InterfaceNumber.NameOf(ending.Packet.Find(Field.Meta.OutInterface)!.Value));
    }

    [Fact]
    public void What_decides_is_named_and_what_is_assumed_is_not_asked()
    {
        const string Packet = "-s 192.0.2.1 -p tcp --dport 22 --ctstate NEW";
        Ending rejected = Assert.Single(Explain(Packet, new GivenRoutes(new(RouteWay.Local))).Endings, static ending => ending.Fate is Fate.Reject);
        Assert.Equal(["! -m limit --limit 3/min"], rejected.Premises.Select(static premise => premise.ToString()));
        Explanation assumed = Explain(Packet, new GivenRoutes(new(RouteWay.Local)), ("-m limit --limit 3/min", false));
        Assert.Equal(false, assumed.Passes);
    }

    [Fact]
    public void A_rule_that_changes_nothing_makes_no_case()
    {
        Explanation explanation = Explain("-p udp --ctstate NEW", new GivenRoutes(new(RouteWay.Local)));
        Ending ending = Assert.Single(explanation.Endings);
        Assert.Contains(ending.Steps, static step => step is Step.Takes { IsSure: false, Rule.Number: 4 });
    }

    [Fact]
    public void A_hundred_independent_questions_are_not_followed_to_the_end_of_time()
    {
        StringBuilder rules = new("*filter\n:INPUT ACCEPT [0:0]\n");
        for (int i = 0; i < 100; i++)
        {
            rules.Append(System.Globalization.CultureInfo.InvariantCulture, $"-A INPUT -m statistic --mode random --probability 0.{i + 1:d3} -j MARK --set-xmark {1 << (i % 30)}/{1 << (i % 30)}\n");
        }

        Explanation explanation = Explain("-p udp", new GivenRoutes(new(RouteWay.Local)), rules: rules.Append("COMMIT\n").ToString());
        Assert.False(explanation.IsWhole);
        Assert.Null(explanation.Passes);
    }

    [Theory]
    [InlineData("-j")]
    [InlineData("-g")]
    public void Chains_that_jump_to_each_other_end(string jump)
    {
        string loop = $"*filter\n:INPUT ACCEPT [0:0]\n:a - [0:0]\n:b - [0:0]\n-A INPUT -j a\n-A a {jump} b\n-A b {jump} a\nCOMMIT\n";
        Assert.Null(Explain("-p udp", new GivenRoutes(new(RouteWay.Local)), rules: loop).Passes);
    }

    [Fact]
    public void A_packet_that_is_told_by_words_is_no_fragment_unless_that_is_said()
    {
        const string Fragments = "*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -f -j DROP\nCOMMIT\n";
        Assert.Equal(true, Explain("-p udp", new GivenRoutes(new(RouteWay.Local)), rules: Fragments).Passes);
        Assert.Equal(false, Explain("-p udp -f", new GivenRoutes(new(RouteWay.Local)), rules: Fragments).Passes);
    }

    private static Explanation Explain(string words, IRoutes routes, (string Text, bool Holds)? assumed = null, string rules = Rules)
    {
        using RuleSet set = RuleSet.Parse(Encoding.UTF8.GetBytes(rules), Family.IPv4, SystemNames.Instance);
        AskedTables tables = new(Family.IPv4);
        foreach (Table table in set.Tables)
        {
            tables.Add(table, set.Extensions, KernelInterface.Legacy);
        }

        Packet packet = new(Family.IPv4);
        new PacketWords(set.Extensions).Tell([.. words.Split(' ').Select(Encoding.UTF8.GetBytes)], packet);
        return new Walk(tables, routes) { Assumed = assumed is { } one ? [one] : [] }.Explain(packet, isLocal: false);
    }
}

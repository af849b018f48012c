using System.Text;
using Sharptables.Analysis;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Tests.Formats.Iptables;
using Xunit;

namespace Sharptables.Tests.Analysis;

/// <summary>What the kernel would refuse is found before it is asked: the rule, its number, and why.</summary>
public sealed class UsageCheckTests
{
    [Fact]
    public void A_good_table_has_no_finding() => Assert.Null(Find(
        "filter", "-N a", "-N b", "-A INPUT -j a", "-A a -j b", "-A FORWARD -g b", "-A b -p tcp --dport 1 -j REJECT", "-A OUTPUT -m owner --uid-owner 0"));

    [Theory]
    [InlineData("filter", "-A INPUT -j MASQUERADE", "INPUT", 1, "target MASQUERADE is only for the table nat, not for filter")]
    [InlineData("mangle", "-A INPUT -j REJECT --reject-with icmp-port-unreachable", "INPUT", 1,
        "target REJECT is only for the table filter, not for mangle")]
    [InlineData("filter", "-A INPUT -m owner --uid-owner 0", "INPUT", 1,
        "match owner may be reached only from OUTPUT, POSTROUTING, and this rule is reached from INPUT")]
    [InlineData("nat", "-A INPUT -j DNAT --to-destination 1.2.3.4", "INPUT", 1,
        "target DNAT may be reached only from PREROUTING, OUTPUT, and this rule is reached from INPUT")]
    [InlineData("filter", "-A INPUT -m tcp --dport 1", "INPUT", 1, "match tcp needs -p tcp in the same rule")]
    [InlineData("filter", "-A INPUT ! -p tcp -m tcp --dport 1", "INPUT", 1, "match tcp needs -p tcp in the same rule")]
    [InlineData("filter", "-A INPUT -p udp -m tcp --dport 1", "INPUT", 1, "match tcp needs -p tcp in the same rule")]
    public void A_match_or_target_out_of_its_place_is_found(string table, string rule, string chain, int number, string reason)
    {
        Finding finding = Assert.IsType<Finding>(Find(table, rule));
        Assert.Equal((chain, number, reason), (Encoding.UTF8.GetString(finding.Chain.Name), finding.Number, finding.Reason));
        Assert.Equal(rule, finding.Rule);
        Assert.Equal($"rule {number} of chain {chain}: {reason}", finding.ToString());
    }

    [Fact]
    public void Hooks_count_through_chains_of_users()
    {
        Finding? finding = Find(
            "filter", "-N a", "-N b", "-A OUTPUT -j a", "-A a -s 1.2.3.4 -j RETURN", "-A a -j b", "-A b -m owner --uid-owner 0", "-A FORWARD -g a");
        Assert.NotNull(finding);
        Assert.Equal("rule 1 of chain b: match owner may be reached only from OUTPUT, POSTROUTING, and this rule is reached from FORWARD",
            finding.ToString());
    }

    [Fact]
    public void A_chain_that_nothing_reaches_may_hold_what_has_no_place_there() =>
        Assert.Null(Find("filter", "-N a", "-A a -m owner --uid-owner 0"));

    [Fact]
    public void The_table_counts_even_where_no_packet_comes() => Assert.NotNull(Find("filter", "-N a", "-A a -j MASQUERADE"));

    [Theory]
    [InlineData("-A a -j a", "a", 1)]
    [InlineData("-A a -g a", "a", 1)]
    [InlineData("-A a -j b;-A b -s 1.2.3.4 -j RETURN;-A b -j c;-A c -j a", "c", 1)]
    [InlineData("-A a -j b;-A b -p tcp -j DROP;-A b -j a", "b", 2)]
    public void A_loop_is_found_at_the_rule_that_closes_it(string rules, string chain, int number)
    {
        Finding? finding = Find("filter", ["-N a", "-N b", "-N c", "-A INPUT -j a", .. rules.Split(';')]);
        Assert.NotNull(finding);
        Assert.Equal((chain, number), (Encoding.UTF8.GetString(finding.Chain.Name), finding.Number));
        Assert.EndsWith("from which this rule is reached: a loop", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loop_that_no_packet_reaches_is_none_to_the_kernel() => Assert.Null(Find("filter", "-N a", "-A a -j a"));

    [Theory]
    [InlineData("-A a -j RETURN;-A a -j a")]
    [InlineData("-A a -j DROP;-A a -m owner --uid-owner 0")]
    [InlineData("-A INPUT -j ACCEPT;-A INPUT -m owner --uid-owner 0")]
    public void What_stands_behind_a_verdict_on_all_packets_is_reached_from_no_hook(string rules) =>
        Assert.Null(Find("filter", ["-N a", .. rules.Split(';'), "-A OUTPUT -j a"]));

    [Fact]
    public void Two_ways_to_one_chain_are_no_loop() =>
        Assert.Null(Find("filter", "-N a", "-N b", "-N c", "-A INPUT -j a", "-A INPUT -j b", "-A a -j c", "-A b -j c", "-A FORWARD -j c"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Chains_may_be_nested_ten_thousand_deep(bool isLoop)
    {
        const int Depth = 10_000;
        using TableUnderTest test = new("filter", Family.IPv4);
        Chain[] chains = [.. Enumerable.Range(0, Depth).Select(i => test.Table.AddChain(Encoding.ASCII.GetBytes($"c{i}")))];
        test.Run("-A INPUT -j c0");
        for (int i = 0; i < Depth; i++)
        {
            if (i + 1 < Depth || isLoop)
            {
                test.Run($"-A c{i} -j c{(i + 1) % Depth}");
            }
        }

        test.Run($"-A c{Depth - 1} -m owner --uid-owner 0");
        Finding? finding = new UsageCheck(test.Table, test.Extensions).FindFirst();
        Assert.NotNull(finding);
        Assert.Same(chains[Depth - 1], finding.Chain);
        Assert.Equal(isLoop, finding.Reason.EndsWith("a loop", StringComparison.Ordinal));
    }

    [Fact]
    public void Ladders_of_chains_take_no_longer_than_they_have_rungs()
    {
        // 2^60 ways from top to bottom.
        using TableUnderTest test = new("filter", Family.IPv4);
        for (int i = 0; i < 60; i++)
        {
            test.Run($"-N c{i}");
        }

        test.Run("-A INPUT -j c0");
        for (int i = 0; i < 59; i++)
        {
            test.Run($"-A c{i} -j c{i + 1}");
            test.Run($"-A c{i} -p tcp -j DROP");
            test.Run($"-A c{i} -j c{i + 1}");
        }

        Assert.Null(new UsageCheck(test.Table, test.Extensions).FindFirst());
    }

    [Fact]
    public void What_the_kernel_lacks_is_found_when_it_is_asked()
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        test.Run("-A INPUT -p tcp --dport 1 -j LOG");
        List<string> asked = [];
        Finding? finding = new UsageCheck(test.Table, test.Extensions).FindFirst(e =>
        {
            asked.Add(e.Name);
            return e.Name != "LOG";
        });
        Assert.Equal(["tcp", "LOG"], asked);
        Assert.Equal("this kernel has no target LOG of revision 0", finding?.Reason);
    }

    [Fact]
    public void The_first_rule_that_is_wrong_is_told_with_its_line()
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        test.Run("-A INPUT -j ACCEPT", line: 3);
        test.Run("-A INPUT -s 1.2.3.4 -j SNAT --to-source 1.2.3.4", line: 17);
        test.Run("-A INPUT -m tcp", line: 18);
        Finding? finding = new UsageCheck(test.Table, test.Extensions).FindFirst();
        Assert.Equal((17, 2, "-A INPUT -s 1.2.3.4/32 -j SNAT --to-source 1.2.3.4"), (finding?.Line, finding?.Number, finding?.Rule));
    }

    [Fact]
    public void It_holds_for_IPv6_too()
    {
        using TableUnderTest test = new("filter", Family.IPv6);
        test.Run("-A INPUT -j REJECT --reject-with tcp-reset");
        Assert.NotNull(new UsageCheck(test.Table, test.Extensions).FindFirst());
        test.Run("-F");
        test.Run("-A INPUT -p tcp -j REJECT --reject-with tcp-reset");
        Assert.Null(new UsageCheck(test.Table, test.Extensions).FindFirst());
    }

    private static Finding? Find(string table, params string[] commands)
    {
        using TableUnderTest test = new(table, Family.IPv4);
        foreach (string command in commands)
        {
            test.Run(command);
        }

        return new UsageCheck(test.Table, test.Extensions).FindFirst();
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Model;
using Sharptables.Testing;
using Sharptables.Tests.Formats.Iptables;
using Xunit;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>The expressions of nf_tables that are written for a rule.</summary>
public sealed partial class RuleWriterTests
{
    /// <summary>Where 1.8.10 is wrong, and so another thing is written.</summary>
    private static readonly Dictionary<string, string> s_differs = new()
    {
        ["-p udp ! --sport 5 ! --dport 6"] = "neither port, not just not both",
        ["-p tcp ! --sport 5 ! --dport 6"] = "neither port, not just not both",
        ["-p tcp ! --sport :"] = "no port at all, not any",
        ["-p udp --sport 5:3"] = "an empty range is refused",
        ["-j MARK -d 0.0.0.0/8 --set-mark 1"] = "the mark is set, not xored",
        ["-s 1.2.3.4,5.6.7.8 -j ACCEPT"] = "two rules, which the file has as one",
    };

    /// <summary>What iptables 1.8.10 has put into the kernel for its own rule cases, when <c>SHARED</c> names them.</summary>
    [Fact]
    public void The_expressions_of_the_original_s_rule_cases_are_written()
    {
        if (Workspace.Shared is null)
        {
            return;
        }

        List<string> wrong = [];
        HashSet<string> differing = [];
        int right = 0;
        foreach ((Family family, string table, string chains, string rule, string[] expected) in Cases(Path.Combine(Workspace.Shared, "conformance", "nft-expressions.txt")))
        {
            foreach (string chain in chains.Split(','))
            {
                string[] actual;
                try
                {
                    actual = Write(family, table, chain, ShellWords.Split(rule)!);
                }
                catch (UsageException e)
                {
                    actual = [e.Message];
                }

                if (actual.SequenceEqual(expected))
                {
                    right++;
                }
                else if (s_differs.ContainsKey(rule))
                {
                    differing.Add(rule);
                }
                else
                {
                    wrong.Add($"{family} -t {table} -A {chain} {rule}\n  original:\n    {string.Join("\n    ", expected)}\n  ours:\n    {string.Join("\n    ", actual)}");
                }
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong, {right} right:\n{string.Join("\n", wrong)}");
        Assert.Equal(s_differs.Keys.Order(), differing.Order());
        Assert.True(right > 1000, $"only {right}");
    }

    /// <summary>The head of a rule, in the order of writing.</summary>
    [Theory]
    [InlineData("-s 10.0.0.0/8", "payload load 1b @ network header + 12 => reg 1", "cmp eq reg 1 0x0000000a")]
    [InlineData("! -d 10.1.2.0/24", "payload load 3b @ network header + 16 => reg 1", "cmp neq reg 1 0x0002010a")]
    [InlineData("-s 1.2.3.4", "payload load 4b @ network header + 12 => reg 1", "cmp eq reg 1 0x04030201")]
    [InlineData("-s 1.2.0.0/15", "payload load 4b @ network header + 12 => reg 1", "bitwise reg 1 = ( reg 1 & 0x0000feff ) ^ 0x00000000", "cmp eq reg 1 0x00000201")]
    [InlineData("-s 1.0.3.0/255.0.255.0", "payload load 4b @ network header + 12 => reg 1", "bitwise reg 1 = ( reg 1 & 0x00ff00ff ) ^ 0x00000000", "cmp eq reg 1 0x00030001")]
    [InlineData("-s 0.0.0.0/0 -p all -i +")]
    [InlineData("! -s 0.0.0.0/0", "payload load 4b @ network header + 12 => reg 1", "bitwise reg 1 = ( reg 1 & 0x00000000 ) ^ 0x00000000", "cmp neq reg 1 0x00000000")]
    [InlineData("-i lo", "meta load iifname => reg 1", "cmp eq reg 1 0x00006f6c")]
    [InlineData("! -i eth+", "meta load iifname => reg 1", "cmp neq reg 1 0x00687465")]
    [InlineData("! -i +", "meta load iifname => reg 1", "cmp eq reg 1 0x41564e49 0x00442f4c")]
    [InlineData("! -p udp", "payload load 1b @ network header + 9 => reg 1", "cmp neq reg 1 0x00000011")]
    [InlineData("-f", "payload load 2b @ network header + 6 => reg 1", "bitwise reg 1 = ( reg 1 & 0x0000ff1f ) ^ 0x00000000", "cmp neq reg 1 0x00000000")]
    [InlineData("! -f", "payload load 2b @ network header + 6 => reg 1", "bitwise reg 1 = ( reg 1 & 0x0000ff1f ) ^ 0x00000000", "cmp eq reg 1 0x00000000")]
    public void A_head_is_conditions_on_fields(string rule, params string[] expressions) =>
        Assert.Equal([.. expressions, "counter pkts 0 bytes 0"], Text(Family.IPv4, rule));

    [Theory]
    [InlineData("-s 2001:db8::/32", "payload load 4b @ network header + 8 => reg 1", "cmp eq reg 1 0xb80d0120")]
    [InlineData("! -d fe80::/64", "payload load 8b @ network header + 24 => reg 1", "cmp neq reg 1 0x000080fe 0x00000000")]
    [InlineData("-p tcp", "meta load l4proto => reg 1", "cmp eq reg 1 0x00000006")]
    public void A_head_of_IPv6_has_other_places(string rule, params string[] expressions) =>
        Assert.Equal([.. expressions, "counter pkts 0 bytes 0"], Text(Family.IPv6, rule));

    /// <summary>Those that have expressions of their own: behind the two for the protocol.</summary>
    [Theory]
    [InlineData("--sport 5", "payload load 2b @ transport header + 0 => reg 1", "cmp eq reg 1 0x00000500")]
    [InlineData("! --dport 5", "payload load 2b @ transport header + 2 => reg 1", "cmp neq reg 1 0x00000500")]
    [InlineData("--dport 5:7", "payload load 2b @ transport header + 2 => reg 1", "range eq reg 1 0x00000500 0x00000700")]
    [InlineData("! --dport 5:7", "payload load 2b @ transport header + 2 => reg 1", "range neq reg 1 0x00000500 0x00000700")]
    [InlineData("--sport 5 --dport 6", "payload load 4b @ transport header + 0 => reg 1", "cmp eq reg 1 0x06000500")]
    [InlineData("! --sport 5 ! --dport 6", "payload load 2b @ transport header + 0 => reg 1", "cmp neq reg 1 0x00000500",
        "payload load 2b @ transport header + 2 => reg 1", "cmp neq reg 1 0x00000600")]
    [InlineData("! --sport 0:65535", "payload load 2b @ transport header + 0 => reg 1", "range neq reg 1 0x00000000 0x0000ffff")]
    [InlineData("--sport 0:65535 --dport 5", "payload load 2b @ transport header + 2 => reg 1", "cmp eq reg 1 0x00000500")]
    [InlineData("--dport 22 ! --syn", "payload load 1b @ transport header + 13 => reg 1", "bitwise reg 1 = ( reg 1 & 0x00000017 ) ^ 0x00000000",
        "cmp neq reg 1 0x00000002", "payload load 2b @ transport header + 2 => reg 1", "cmp eq reg 1 0x00001600")]
    [InlineData("-m tcp", "match name tcp rev 0")]
    [InlineData("--tcp-flags NONE NONE", "match name tcp rev 0")]
    [InlineData("--dport 5 --tcp-option 3", "match name tcp rev 0")]
    [InlineData("-m mark --mark 5", "meta load mark => reg 1", "cmp eq reg 1 0x00000005")]
    [InlineData("-m mark ! --mark 5/0xff", "meta load mark => reg 1", "bitwise reg 1 = ( reg 1 & 0x000000ff ) ^ 0x00000000", "cmp neq reg 1 0x00000005")]
    [InlineData("-m limit --limit 3/min --limit-burst 7", "limit rate 3/minute burst 7 type packets flags 0x0")]
    [InlineData("-m comment --comment x", "match name comment rev 0")]
    public void A_match_is_expressions_or_itself(string rule, params string[] expressions) =>
        Assert.Equal(
            ["payload load 1b @ network header + 9 => reg 1", "cmp eq reg 1 0x00000006", .. expressions, "counter pkts 0 bytes 0"],
            Text(Family.IPv4, $"-p tcp {rule}"));

    /// <summary>A target, or a verdict, stands behind the counter.</summary>
    [Theory]
    [InlineData("-j ACCEPT", "immediate reg 0 accept")]
    [InlineData("-j DROP", "immediate reg 0 drop")]
    [InlineData("-j RETURN", "immediate reg 0 return")]
    [InlineData("-j QUEUE", "queue num 0")]
    [InlineData("-j a", "immediate reg 0 jump -> a")]
    [InlineData("-g a-chain-of-a-longer-name", "immediate reg 0 goto -> a-chain-of-a-longer-name")]
    [InlineData("-j MARK --set-mark 1", "target name MARK rev 2")]
    [InlineData("-j TRACE", "immediate reg 9 0x00000001", "meta set nftrace with reg 9")]
    [InlineData("-j NFLOG", "log group 0 snaplen 0 qthreshold 0")]
    [InlineData("-j NFLOG --nflog-prefix ab --nflog-group 3 --nflog-size 50 --nflog-threshold 4", "log prefix ab group 3 snaplen 50 qthreshold 4")]
    public void A_target_is_expressions_or_itself(string rule, params string[] expressions) =>
        Assert.Equal(["counter pkts 3 bytes 4", .. expressions], Text(Family.IPv4, $"-c 3 4 {rule}"));

    [Theory]
    [InlineData("-j ACCEPT", "compat proto 0 flags 0")]
    [InlineData("-p udp", "compat proto 17 flags 0")]
    [InlineData("! -p 200", "compat proto 200 flags 2")]
    public void The_protocol_is_told_to_extensions(string rule, string compat) => Assert.Equal(compat, Write(Family.IPv4, "filter", "INPUT", rule.Split(' '))[0]);

    /// <summary>What is in the kernel's structs stays as it is, with its padding.</summary>
    [Fact]
    public void The_payload_of_a_match_is_written_whole() =>
        Assert.Contains("[ match name icmp rev 0 info 8 0800ff0000000000 ]", Write(Family.IPv4, "filter", "INPUT", "-p icmp --icmp-type 8".Split(' ')));

    public static IEnumerable<object[]> Specs => SpecFile.Cases.Select(static c => c.File).Distinct().Select(static f => new object[] { f });

    /// <summary>Each rule that is understood has one counter, and what is written of it can be read.</summary>
    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_rule_is_written(string spec)
    {
        foreach (SpecCase each in SpecFile.Cases.Where(c => c.File == spec && c.IsWellFormed && c.Words() is not null))
        {
            string[] written = Write(each.IsIPv6 ? Family.IPv6 : Family.IPv4, each.Table, each.Chain, each.Words()!);
            Assert.True(written.Count(static line => line == "[ counter pkts 0 bytes 0 ]") == written.Count(static line => line.StartsWith("compat ", StringComparison.Ordinal)), $"{each}");
        }
    }

    /// <summary>The expressions of a rule, as <c>nft --debug=netlink</c> has them, without the brackets and what is behind them.</summary>
    private static string[] Text(Family family, string rule) =>
        [.. Write(family, "raw", "PREROUTING", rule.Split(' ')).Skip(1).Select(static line => TextPattern().Match(line).Groups[1].Value)];

    private static string[] Write(Family family, string table, string chain, IEnumerable<string> rule)
    {
        using TableUnderTest test = new(table, family);
        test.Table.AddChain("a"u8);
        test.Table.AddChain("a-chain-of-a-longer-name"u8);
        test.Run(["-A", chain, .. rule]);
        return [.. WrittenExpressions.Of(test.Table, test.Extensions, test.Table.Get(Encoding.ASCII.GetBytes(chain))).SelectMany(static lines => lines)];
    }

    private static IEnumerable<(Family Family, string Table, string Chains, string Rule, string[] Expected)> Cases(string file)
    {
        Family? family = null;
        string[] lines = File.ReadAllLines(file);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("## ", StringComparison.Ordinal))
            {
                family = Array.Find(Family.All(), family => lines[i].EndsWith($" {family.NftName}", StringComparison.Ordinal));
            }
            else if (family is not null && CasePattern().Match(lines[i]) is { Success: true } found && !lines[i].Contains("=> exit ", StringComparison.Ordinal))
            {
                string[] expected = [.. lines.Skip(i + 1).TakeWhile(static line => line.StartsWith("  ", StringComparison.Ordinal))
                    .Select(static line => line.Trim()).Where(static line => !line.StartsWith("saved:", StringComparison.Ordinal))];
                if (expected.Any(static line => line.StartsWith("set ", StringComparison.Ordinal)))
                {
                    continue; // with a set of its own, which is made in front of it: SetWriterTests
                }

                yield return (family, found.Groups["table"].Value, found.Groups["chains"].Value, found.Groups["rule"].Value.Trim(), expected);
            }
        }
    }

    [GeneratedRegex(@"^-t (?<table>\S+) -A (?<chains>\S+)(?<rule>.*)$")]
    private static partial Regex CasePattern();

    [GeneratedRegex(@"^\[ (.*?)(?: info .*)? \]")]
    private static partial Regex TextPattern();
}

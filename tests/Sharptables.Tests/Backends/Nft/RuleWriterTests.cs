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

    private static string[] Write(Family family, string table, string chain, IEnumerable<string> rule)
    {
        using TableUnderTest test = new(table, family);
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
                family = lines[i].EndsWith(" ip", StringComparison.Ordinal) ? Family.IPv4 : lines[i].EndsWith(" ip6", StringComparison.Ordinal) ? Family.IPv6 : null;
            }
            else if (family is not null && CasePattern().Match(lines[i]) is { Success: true } found && !lines[i].Contains("=> exit ", StringComparison.Ordinal))
            {
                string[] expected = [.. lines.Skip(i + 1).TakeWhile(static line => line.StartsWith("  ", StringComparison.Ordinal))
                    .Select(static line => line.Trim()).Where(static line => !line.StartsWith("saved:", StringComparison.Ordinal))];
                yield return (family, found.Groups["table"].Value, found.Groups["chains"].Value, found.Groups["rule"].Value.Trim(), expected);
            }
        }
    }

    [GeneratedRegex(@"^-t (?<table>\S+) -A (?<chains>\S+)(?<rule>.*)$")]
    private static partial Regex CasePattern();
}

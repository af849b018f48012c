using System.Text.RegularExpressions;
using Sharptables.Packets;
using Sharptables.Tests.Formats.Nft;
using Xunit;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>The expressions of every rule of a <c>.spec</c> that is nothing but conditions.</summary>
public sealed partial class ConditionWriterTests
{
    private const string Tables = "add table ip t\nadd chain ip t c\nadd table ip6 t\nadd chain ip6 t c\n";
    private const int TableLines = 4;

    /// <summary>So words and expressions mean the same, as nft(8) judges.</summary>
    [Fact]
    public void Nft_makes_the_same_expressions_of_our_words()
    {
        // nft compares the milliseconds that the kernel has with whole seconds; and it joins what two matches load.
        List<TranslatedRule> rules = [.. TranslatedRule.All.Where(static rule => !string.IsNullOrEmpty(rule.Text) && rule.Rule.Matches.Count == 1
            && rule.Rule.Conditions.All(static condition => condition.Field != Field.Ct.Expiration))];
        string[] output = RunNft(rules, out List<TranslatedRule> refused);
        Assert.All(refused, static rule => Assert.True(rule.Text == rule.Original, $"{rule}: nft does not know our {rule.Text}"));

        List<string> theirs = ReadExpressions(output);
        Assert.Equal(rules.Count, theirs.Count);
        List<(TranslatedRule Rule, string Ours, string Theirs)> both = [.. rules.Zip(theirs, static (rule, theirs) => (rule, rule.Expressions, theirs))
            .Where(static each => each.Expressions is not null).Select(static each => (each.rule, string.Join('\n', each.Expressions!), each.theirs))];
        Assert.True(both.Count > 300, $"only {both.Count} rules");
        List<string> wrong = [.. both.Where(static each => each.Ours != each.Theirs)
            .Select(static each => $"{each.Rule}: {each.Rule.Text}\n  nft:\n{each.Theirs}\n  ours:\n{each.Ours}")];
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {both.Count} wrong:\n{string.Join("\n", wrong)}");
    }

    /// <summary>What iptables 1.8.10 puts into the kernel stands behind <c>expr:</c>.</summary>
    [Fact]
    public void A_rule_has_the_expressions_that_are_written()
    {
        TranslatedRule[] written = [.. TranslatedRule.All.Where(static rule => rule.Rule.Case!.Known.ContainsKey("expr"))];
        Assert.NotEmpty(written);
        Assert.All(written, static rule => Assert.Equal(rule.Rule.Case!.Known["expr"], string.Join(' ', rule.Expressions!)));
    }

    /// <summary>The kernel has milliseconds; a second holds a thousand of them.</summary>
    [Theory]
    [InlineData(10, 20, "[ range eq reg 1 0x10270000 0x07520000 ]")]
    [InlineData(10, 10, "[ range eq reg 1 0x10270000 0xf72a0000 ]")]
    [InlineData(10, uint.MaxValue, "[ range eq reg 1 0x10270000 0xffffffff ]")]
    public void Seconds_of_a_connection_are_milliseconds_of_the_kernel(uint first, uint last, string range)
    {
        string[]? expressions = WrittenExpressions.Of([new(Field.Ct.Expiration, Values.Between(first, last), IsInverted: false)]);
        Assert.Equal(["[ ct load expiration => reg 1 ]", "[ byteorder reg 1 = hton(reg 1, 4, 4) ]", range], expressions!);
    }

    /// <summary>Has nft compile the rules; removes those that it refuses.</summary>
    private static string[] RunNft(List<TranslatedRule> rules, out List<TranslatedRule> refused)
    {
        refused = [];
        while (true)
        {
            string[] output = NftProgram.Run(Tables + string.Join('\n', rules.Select(static rule => rule.Command)) + "\n", "nft", "-c", "--debug=netlink");
            int[] wrong = [.. output.Select(static line => ErrorPattern().Match(line)).Where(static match => match.Success)
                .Select(static match => int.Parse(match.Groups[1].Value, null) - TableLines - 1).Distinct()];
            if (wrong.Length == 0)
            {
                return output;
            }

            refused.AddRange(wrong.Select(i => rules[i]));
            foreach (int i in wrong.OrderDescending())
            {
                rules.RemoveAt(i);
            }
        }
    }

    /// <summary>The expressions of each rule that nft prints, without the test of the protocol that is in front.</summary>
    private static List<string> ReadExpressions(string[] output)
    {
        List<string> rules = [];
        List<string> rule = [];
        foreach (string line in output)
        {
            if (line.StartsWith("  [", StringComparison.Ordinal))
            {
                rule.Add(line.Trim());
            }
            else if (line.Length == 0 && rule.Count > 0)
            {
                if (rule[0] == "[ meta load l4proto => reg 1 ]")
                {
                    rule.RemoveRange(0, 2);
                }

                string text = RangePattern().Replace(string.Join('\n', rule), static range => range.Groups[1].Value == range.Groups[2].Value
                    ? $"[ cmp eq reg 1 {range.Groups[1].Value} ]"
                    : $"[ range eq reg 1 {range.Groups[1].Value} {range.Groups[2].Value} ]");
                rules.Add(text);
                rule = [];
            }
        }

        return rules;
    }

    [GeneratedRegex(@"^\S+?:(\d+):\d+-\d+: Error")]
    private static partial Regex ErrorPattern();

    [GeneratedRegex(@"\[ cmp gte reg 1 (.*) \]\n\[ cmp lte reg 1 (.*) \]")]
    private static partial Regex RangePattern();
}

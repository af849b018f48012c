using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Sharptables.Backends.Nft;
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
        Assert.True(rules.Count > 300, $"only {rules.Count} rules");
        List<string> wrong = [.. rules.Zip(theirs).Where(static pair => Text(pair.First.Expressions) != pair.Second)
            .Select(static pair => $"{pair.First}: {pair.First.Text}\n  nft:\n{pair.Second}\n  ours:\n{Text(pair.First.Expressions)}")];
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {rules.Count} wrong:\n{string.Join("\n", wrong)}");
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
        List<Expression> expressions = [];
        Assert.True(new ConditionWriter(expressions).TryWrite(new(Field.Ct.Expiration, Values.Between(first, last), IsInverted: false)));
        Assert.Equal(["[ ct load expiration => reg 1 ]", "[ byteorder reg 1 = hton(reg 1, 4, 4) ]", range], expressions.Select(static e => e.ToString()));
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
        string set = "";
        foreach (string line in output)
        {
            if (line.StartsWith("\telement", StringComparison.Ordinal))
            {
                set = string.Join('\n', Elements(line));
            }
            else if (line.StartsWith("  [", StringComparison.Ordinal))
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
                rules.Add(set.Length == 0 ? text : $"{text}\n{set}");
                (rule, set) = ([], "");
            }
        }

        return rules;
    }

    private static string? Text(IReadOnlyList<Expression>? expressions) => expressions is null ? null
        : string.Join('\n', expressions.Select(static each => each is Expression.Lookup lookup ? $"{each}\n{string.Join('\n', Elements(lookup))}" : each.ToString()));

    /// <summary>The ports of a set one by one, or its pairs of ranges.</summary>
    private static IEnumerable<string> Elements(Expression.Lookup lookup) => (lookup.Elements[0].First.Length > 2
        ? lookup.Elements.Select(static each => $"{Convert.ToHexString(each.First)}-{Convert.ToHexString(each.Last)}")
        : lookup.Elements.SelectMany(static each => Ports(BinaryPrimitives.ReadUInt16BigEndian(each.First), BinaryPrimitives.ReadUInt16BigEndian(each.Last)))).Distinct().Order();

    /// <summary>The same of what nft prints: pairs as <c>from - to</c>, and else the start of each range and, marked, what is behind its end.</summary>
    private static IEnumerable<string> Elements(string line)
    {
        List<string> elements = [];
        int start = -1;
        foreach (Match element in ElementPattern().Matches(line))
        {
            if (element.Groups["last"].Success)
            {
                elements.Add($"{Key(element.Groups["first"].Value)}-{Key(element.Groups["last"].Value)}");
                continue;
            }

            int value = BinaryPrimitives.ReadUInt16BigEndian(Convert.FromHexString(Key(element.Groups["first"].Value)));
            bool isEnd = element.Groups["flag"].Value == "1";
            if (start >= 0)
            {
                elements.AddRange(Ports(start, line.Contains(" : 1 ", StringComparison.Ordinal) ? value - 1 : start));
            }

            start = isEnd ? -1 : value;
        }

        elements.AddRange(start < 0 ? [] : Ports(start, line.Contains(" : 1 ", StringComparison.Ordinal) ? ushort.MaxValue : start));
        return elements.Distinct().Order();
    }

    /// <summary>Words of registers as bytes.</summary>
    private static string Key(string words) =>
        string.Concat(words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static word => Convert.ToHexString([.. Enumerable.Reverse(Convert.FromHexString(word))])));

    private static IEnumerable<string> Ports(int first, int last) => Enumerable.Range(first, last - first + 1).Select(static port => $"{port:d5}");

    [GeneratedRegex(@"^\S+?:(\d+):\d+-\d+: Error")]
    private static partial Regex ErrorPattern();

    [GeneratedRegex(@"\[ cmp gte reg 1 (.*) \]\n\[ cmp lte reg 1 (.*) \]")]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"element (?<first>[0-9a-f ]+?)(?:  - (?<last>[0-9a-f ]+?))?  : (?<flag>\d)")]
    private static partial Regex ElementPattern();
}

using System.Diagnostics;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Testing;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Formats.Iptables;

/// <summary>
/// Whatever a value is, a rule that has it is refused, or is saved as one line that makes the same rule again. Every option of every
/// extension is tried, in each rule of its <c>.spec</c> that has it.
/// </summary>
public sealed class SavedValueTests
{
    private static readonly string[] s_awkward =
    [
        "", " ", "\t", "a b", " a", "a ", "\"", "\"\"", "a\"b", "a\"", "\"a", "\\", "\\\\", "a\\", "\\a", "\\\"", "\"\\", "'", "a'b", "#", "#a", "a#",
        "!", "!a", "! a", "-", "--", "-a", "-j", "--jump", "[", "[0:0]", "*filter", ":INPUT", "COMMIT", "|", "|0a|", "|0a", "\r", "a\r", "\r\r", "\u001b[2J",
        "+", "a+", "++", "%", "$(id)", "`id`", "\u00c3\u00a9", "\u00e9", "\" -j ACCEPT", "x\" -j ACCEPT \"", "ipt_x", "0", "00", "0x0a", "netfilter-",
    ];

    public static TheoryData<string> Extensions => [.. SpecFile.Cases.Select(static c => c.File).Distinct()];

    private static IEnumerable<string> Values
    {
        get
        {
            for (int c = 1; c <= 255; c++)
            {
                yield return $"{(char)c}";
                yield return $"a{(char)c}b";
            }

            foreach (string value in s_awkward)
            {
                yield return value;
                yield return value + new string('z', 9);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_value_is_refused_or_comes_back(string spec)
    {
        List<string> wrong = [];
        foreach ((SpecCase rule, int word) in OneRuleForEachOption(spec))
        {
            // An option that takes no letters takes nothing harmful; and looking up names takes time.
            if (!TakesText(rule, word))
            {
                continue;
            }

            foreach (string value in Values)
            {
                try
                {
                    if (Difference(rule, With(rule, word, value)) is { } difference)
                    {
                        wrong.Add($"{rule} with {Shown(value)} as word {word}: {difference}");
                    }
                }
                catch (UsageException)
                {
                    // Refused.
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(30)));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_line_end_is_refused_wherever_it_could_not_be_saved(string spec)
    {
        List<string> wrong = [];
        foreach ((SpecCase rule, int word) in OneRuleForEachOption(spec))
        {
            string good = rule.Words()![word];
            foreach (string value in (string[])[good + "\n", "\n" + good, "x\n-I INPUT -s 203.0.113.66/32 -j ACCEPT\n-A INPUT -m comment --comment y", "\n"])
            {
                try
                {
                    string? difference = Difference(rule, With(rule, word, value));
                    if (difference is not null || !IsSavedInHexadecimal(rule, word))
                    {
                        wrong.Add($"{rule} with {Shown(value)} as word {word} is taken: {difference}");
                    }
                }
                catch (UsageException e)
                {
                    Assert.DoesNotContain('\n', e.Message.TrimEnd('\n')); // what was typed does not make lines of its own
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(30)));
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void A_word_of_128_KB_is_answered_at_once(string spec)
    {
        Stopwatch watch = new();
        foreach ((SpecCase rule, int word) in OneRuleForEachOption(spec))
        {
            foreach (string value in (string[])[new('a', 131_071), new('1', 131_071), string.Concat(Enumerable.Repeat("1,", 65_535))])
            {
                watch.Restart();
                try
                {
                    _ = Difference(rule, With(rule, word, value));
                }
                catch (UsageException e)
                {
                    Assert.InRange(e.Message.Length, 1, 3000);
                }

                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{rule}, word {word}: {watch.Elapsed}");
            }
        }
    }

    [Fact]
    public void The_refusal_of_a_line_end_names_the_option_and_the_reason()
    {
        using TableUnderTest test = new("filter", Family.IPv4);
        UsageException error = Assert.Throws<UsageException>(() => test.Run(["-A", "INPUT", "-m", "comment", "--comment", "x\ny"]));
        Assert.Equal("comment: the value of option \"--comment\" has a line end in it", error.Message);
        Assert.Contains("iptables-save", error.Hint, StringComparison.Ordinal);
        error = Assert.Throws<UsageException>(() => test.Run(["-A", "INPUT", "-i", "x\ny"]));
        Assert.Equal("interface name `x\\x0ay' has a line end in it", error.Message);
    }

    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void The_name_of_an_interface_is_refused_or_comes_back(string familyName)
    {
        Family family = Family.Named(familyName);
        foreach (string value in Values)
        {
            foreach (string[] words in (string[][])[["-i", value], ["!", "-i", value], ["-i", value, "-j", "DROP"]])
            {
                using TableUnderTest typed = new("filter", family);
                try
                {
                    typed.Run(["-A", "INPUT", .. words]);
                }
                catch (UsageException)
                {
                    continue;
                }

                Assert.Null(Difference(typed, "filter", family));
            }
        }
    }

    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void The_name_of_a_chain_is_refused_or_comes_back(string familyName)
    {
        Family family = Family.Named(familyName);
        int taken = 0;
        foreach (string value in Values)
        {
            using TableUnderTest typed = new("filter", family);
            try
            {
                typed.Run(["-N", value]);
                typed.Run(["-A", value, "-j", "DROP"]);
                typed.Run(["-A", "INPUT", "-j", value]);
                typed.Run(["-A", "INPUT", "-g", value]);
            }
            catch (UsageException)
            {
                continue;
            }

            taken++;
            Assert.Null(Difference(typed, "filter", family));
        }

        Assert.True(taken > 400, $"{taken}");
    }

    /// <summary>The word behind each option that takes one, in the first rule that has it; for every option that there is.</summary>
    private static IEnumerable<(SpecCase Rule, int Word)> OneRuleForEachOption(string spec)
    {
        foreach (bool isIPv6 in (bool[])[false, true])
        {
            SpecCase[] rules = [.. SpecFile.Cases.Where(c => c.File == spec && c.IsIPv6 == isIPv6 && c.IsWellFormed && c.Words() is not null)];
            foreach (Extension extension in rules.Length == 0 ? [] : OfSpec(spec, isIPv6 ? Family.IPv6 : Family.IPv4))
            {
                foreach (Option option in extension.Options.Where(static o => o.Words > 0))
                {
                    (SpecCase Rule, int At) use = rules.Select(r => (r, r.Words()!.IndexOf($"--{option.Name}")))
                        .FirstOrDefault(use => use.Item2 >= 0 && use.Item2 + option.Words < use.r.Words()!.Count);
                    bool needNotBeThere = option.MayLackWord || option.IsShorthand || extension.References.Length > 0; // these rules need the machine's sets
                    Assert.True(use.Rule is not null || needNotBeThere, $"no rule in {spec}.spec has --{option.Name}");
                    for (int word = 1; use.Rule is not null && word <= option.Words; word++)
                    {
                        yield return (use.Rule, use.At + word);
                    }
                }
            }
        }
    }

    private static IEnumerable<Extension> OfSpec(string spec, Family family)
    {
        ExtensionSet extensions = new(family);
        return ExtensionList.Matches.ToArray().Select(entry => extensions.Find(Encoding.ASCII.GetBytes(entry.Name), isTarget: false))
            .Concat(ExtensionList.Targets.ToArray().Select(entry => extensions.Find(Encoding.ASCII.GetBytes(entry.Name), isTarget: true)))
            .OfType<Extension>().Where(e => e.GetType().Name.Split('`')[0] == spec);
    }

    private static bool TakesText(SpecCase rule, int word)
    {
        try
        {
            return Difference(rule, With(rule, word, "qxzj")) is null;
        }
        catch (UsageException)
        {
            return false;
        }
    }

    private static bool IsSavedInHexadecimal(SpecCase rule, int word) => rule.Words()![word - 1] is "--string" or "--hex-string";

    private static List<string> With(SpecCase rule, int word, string value)
    {
        List<string> words = rule.Words()!;
        words[word] = value;
        return words;
    }

    private static string? Difference(SpecCase rule, List<string> words)
    {
        Family family = rule.IsIPv6 ? Family.IPv6 : Family.IPv4;
        using TableUnderTest typed = new(rule.Table, family);
        typed.Run(["-A", rule.Chain, .. words]);
        return Difference(typed, rule.Table, family);
    }

    /// <summary>What a save, a restore and a second save change, line by line.</summary>
    private static string? Difference(TableUnderTest typed, string table, Family family)
    {
        (string saved, string? unreadable) = Save(typed);
        if (unreadable is not null)
        {
            return unreadable;
        }

        using TableUnderTest again = new(table, family);
        try
        {
            again.Restore(saved);
        }
        catch (UsageException e)
        {
            return $"{Shown(saved)} is refused: {e.Message}";
        }

        if (Save(again).Text != saved)
        {
            return $"{Shown(saved)} becomes {Shown(Save(again).Text)}";
        }

        return typed.Table.Chains.Zip(again.Table.Chains).All(pair => AreAlike(typed.Bytes(pair.First), again.Bytes(pair.Second), again)) ? null
            : $"{Shown(saved)} makes another rule";
    }

    private static bool AreAlike(List<byte[]> first, List<byte[]> second, TableUnderTest table)
    {
        RuleComparison comparison = new(table.Table, table.Extensions);
        return first.Count == second.Count && first.Zip(second).All(pair =>
            comparison.AreSame(new Rule(pair.First, table.Extensions.Family.Layout), new Rule(pair.Second, table.Extensions.Family.Layout)));
    }

    private static (string Text, string? Unreadable) Save(TableUnderTest from)
    {
        Output output = new(descriptor: -1);
        string? unreadable = SaveText.Write(from.Table, from.Extensions, "tests", showCounters: false, output);
        string text = Encoding.Latin1.GetString(output.Written);
        return (string.Concat(text.Split('\n').Where(static l => !l.StartsWith('#')).Select(static l => l + "\n")), unreadable);
    }

    private static string Shown(string text) => $"\"{MessageText.Of(Encoding.Latin1.GetBytes(text))}\"";
}

using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Backends.Nft;
using Sharptables.Names;
using Sharptables.Testing;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>Rules that nft(8) has put into the kernel, in our words: they are nft's own, and nft makes the same rule of them.</summary>
public sealed class RuleWordsTests
{
    /// <summary>The chains of each family, from a place where most rules may stand to places where only some may.</summary>
    private static readonly string[] s_chains =
    [
        "type filter hook prerouting priority -300", "type filter hook output priority 0", "type nat hook prerouting priority 0",
        "type nat hook postrouting priority 0", "type filter hook input priority 0", "type filter hook ingress device lo priority 0",
    ];

    [Theory]
    [InlineData("ip")]
    [InlineData("ip6")]
    [InlineData("inet")]
    [InlineData("arp")]
    [InlineData("bridge")]
    [InlineData("netdev")]
    public void A_rule_has_the_words_of_nft(string family)
    {
        byte number = Enumerable.Range(0, 20).Select(static i => (byte)i).Single(i => NftFamily.NameOf(i) == family);
        using NftRules nft = new(number);
        string address = family == "ip6" ? "ipv6_addr" : "ipv4_addr";
        Assert.Equal("", nft.Load($$"""
            table {{family}} t {
                set s { type {{address}}; }
                set dyn { type {{address}}; size 100; flags dynamic,timeout; }
                set conc { type {{address}} . inet_service; size 100; flags dynamic,timeout; }
                counter cn { }
                quota qn { 100 bytes }
                limit ln { rate 5/second }
                chain ch { }
            }

            """));
        if (family is "ip" or "ip6" or "inet")
        {
            Assert.Equal("", nft.Load($"table {family} t {{ ct helper h {{ type \"ftp\" protocol tcp; }}\n}}\n"));
        }

        Dictionary<string, string> ours = [];
        string[] rules = [.. RulesOf(family).Select(line =>
        {
            string[] parts = line.Split(" => ");
            if (parts.Length > 1)
            {
                ours[parts[0]] = parts[1];
            }

            return parts[0];
        })];
        List<string> wrong = [];
        int count = 0;
        foreach (string hook in s_chains)
        {
            string chain = $"c{Array.IndexOf(s_chains, hook)}";
            if (nft.Load($"table {family} t {{ chain {chain} {{ {hook}; }}\n}}\n").Length > 0)
            {
                continue; // the family has no such chain
            }

            List<string> left = [];
            foreach (string[] some in rules.Chunk(50)) // of many at once nft forgets sets when it lists them
            {
                List<string> loaded = nft.LoadRules($"t {chain}", some, static rule => rule);
                left.AddRange(some.Except(loaded));
                count += loaded.Count;
                CheckWords(nft, number, chain, loaded, ours, wrong);
            }

            rules = [.. left];
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count} wrong:\n{string.Join("\n", wrong)}\nnot loaded:\n{string.Join("\n", rules)}");
    }

    private static void CheckWords(
        NftRules nft, byte family, string chain, List<string> loaded, Dictionary<string, string> expected, List<string> wrong)
    {
        string[] theirs = Listed(nft.List("table", NftFamily.NameOf(family), "t"), chain);
        RuleWords words = new(family, SystemNames.Instance, nft.Sets("t"));
        (string Words, string Expressions)[] first = [.. nft.Read(chain).Select(rule => Written(words, rule))];
        Assert.Equal(loaded.Count, theirs.Length);
        Assert.Equal(loaded.Count, first.Length);
        Assert.Equal("", nft.Load($"flush chain {NftFamily.NameOf(family)} t {chain}\n"));
        int[] again = [.. nft.LoadRules($"t {chain}", [.. Enumerable.Range(0, first.Length)], i => first[i].Words)];
        Dictionary<int, (string Words, string Expressions)> second = again.Zip(nft.Read(chain).Select(rule => Written(words, rule)))
            .ToDictionary(static pair => pair.First, static pair => pair.Second);
        Assert.Equal("", nft.Load($"flush chain {NftFamily.NameOf(family)} t {chain}\n"));
        for (int i = 0; i < loaded.Count; i++)
        {
            bool isSame = second.TryGetValue(i, out (string, string) now) && now == first[i];
            bool isTheirs = Sorted(first[i].Words) == Sorted(expected.GetValueOrDefault(loaded[i], InSeconds(theirs[i])));
            if (!isSame || !isTheirs)
            {
                wrong.Add($"{chain} {loaded[i]}\n   nft    {theirs[i]}\n   ours   {first[i].Words}{(isSame ? "" : $"\n   was    {first[i]}\n   is now {now}")}");
            }
        }
    }

    private static string[] RulesOf(string family)
    {
        string[] lines = File.ReadAllLines(Workspace.PathOf("tests", "Sharptables.Tests", "Backends", "Nft", "NftRules.txt"), Encoding.Latin1);
        string[] all = [.. lines.SkipWhile(line => line != $"@family {family}").Skip(1).TakeWhile(static line => !line.StartsWith("@family", StringComparison.Ordinal))
            .Where(static line => line.Length > 0)];
        return Workspace.Shared is not { } shared ? all : [.. all
            .Concat(Directory.GetFiles(Path.Combine(shared, "conformance"), "*.txlate").SelectMany(File.ReadAllLines)
                .Select(line => Regex.Match(line, $"^nft '(?:add|insert) rule {family} \\S+ \\S+ (.*)'$"))
                .Where(static match => match.Success).Select(static match => match.Groups[1].Value))
            .Distinct()];
    }

    private static (string Ours, string Expressions) Written(RuleWords words, (byte[] Expressions, byte[] UserData) rule)
    {
        Output text = new(Output.Kept);
        words.Write(rule.Expressions, rule.UserData, text);
        string ours = Encoding.Latin1.GetString(text.Written);
        text.Clear();
        new ExpressionText(text) { IsWhole = true }.WriteLines(rule.Expressions, " "u8);
        return (ours, Regex.Replace(Encoding.Latin1.GetString(text.Written).Replace("\n", "", StringComparison.Ordinal), @"__(set|map)\d+", "__$1"));
    }

    /// <summary>The rules of a chain that nft has listed, each on one line.</summary>
    private static string[] Listed(string table, string chain)
    {
        string[] lines = [.. table.Split('\n').SkipWhile(line => line != $"\tchain {chain} {{").Skip(2)
            .TakeWhile(static line => line != "\t}")];
        return lines.Length == 0 ? [] : Regex.Replace(string.Join('\n', lines), @",\n\s+", ", ").Split('\n', StringSplitOptions.TrimEntries);
    }

    /// <summary>Times in seconds and UTC: what nft writes depends on the machine's zone.</summary>
    private static string InSeconds(string rule) => Regex.Replace(
        rule,
        @"""(\d+-\d+-\d+ )?(\d+:\d+(:\d+)?)""",
        static time => (time.Groups[1].Success
            ? new DateTimeOffset(DateTime.Parse(time.Value.Trim('"'), null), TimeSpan.Zero).ToUnixTimeSeconds()
            : (long)TimeSpan.Parse(time.Groups[2].Value, null).TotalSeconds).ToString(null as IFormatProvider));

    /// <summary>The elements of sets in one order: nft has that of the kernel's memory.</summary>
    private static string Sorted(string rule) =>
        Regex.Replace(rule, @"\{ ([^{}]*) \}", static set => $"{{ {string.Join(", ", set.Groups[1].Value.Split(", ").Order(StringComparer.Ordinal))} }}");
}

using System.Text;
using Sharptables.Editing;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Testing;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Editing;

/// <summary>A file of rules becomes tables in memory, and the same text again, without a kernel.</summary>
public sealed class RuleSetTests
{
    private static readonly string[] s_files =
        [.. Directory.GetFiles(Workspace.PathOf("tests", "rulesets"), "*.rules").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Files => [.. s_files];

    public static TheoryData<string> Specs => [.. SpecFile.Cases.Select(static c => c.File).Distinct()];

    /// <summary>The differential tests compare what a kernel makes of each.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_rules_that_was_written_gives_its_text_back(string file)
    {
        using RuleSet set = Parse(string.Join('\n', Lines(file)) + "\n", FamilyOf(file));
        Assert.Empty(set.Warnings);
        foreach (bool showCounters in (bool[])[false, true])
        {
            string[] text = TextOf(set, showCounters);
            using RuleSet again = Parse(string.Join('\n', text) + "\n", FamilyOf(file));
            Assert.Equal(text, TextOf(again, showCounters));
            Assert.Equal(Lines(file).Count(static line => line[0] != '#'), text.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Every_rule_of_a_spec_gives_its_text_back(string spec)
    {
        List<string> wrong = [];
        foreach (SpecCase each in SpecFile.Cases.Where(c => c.File == spec && c.IsWellFormed && c.Words() is not null))
        {
            string rule = $"-A {each.Chain} {each.Saved}".TrimEnd();
            try
            {
                using RuleSet set = Parse($"*{each.Table}\n{rule}\nCOMMIT\n", each.IsIPv6 ? Family.IPv6 : Family.IPv4);
                string[] text = [.. TextOf(set, showCounters: false).Where(static line => line[0] == '-')];
                if (text.Length != 1 || text[0] != rule)
                {
                    wrong.Add($"{each}\n    {rule}\n    {string.Join(" | ", text)}");
                }
            }
            catch (RestoreException e)
            {
                wrong.Add($"{each}\n    {e.Message}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join("\n", wrong)}");
    }

    [Fact]
    public void Nothing_is_asked_of_the_kernel()
    {
        (string Text, Family Family)[] texts =
        [
            .. s_files.Select(static file => (string.Join('\n', Lines(file)) + "\n", FamilyOf(file))),
            ("*filter\n-A INPUT -m set --match-set friends src -j SET --add-set strangers src\n-A INPUT -m bpf --object-pinned /sys/fs/bpf/none\nCOMMIT\n", Family.IPv4),
        ];
        List<string> before = Parse(); // loads what the runtime reads from files
        List<string>? within = null;
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                ForbiddenCalls.Forbid();
                within = Parse();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
        Assert.Equal(before, within);

        List<string> Parse() => [.. texts.SelectMany(static each =>
        {
            using RuleSet set = RuleSetTests.Parse(each.Text, each.Family);
            return TextOf(set, showCounters: true);
        })];
    }

    [Fact]
    public void What_the_kernel_has_a_number_for_keeps_its_name()
    {
        const string Rules = "-A INPUT -m set --match-set friends src -m set ! --match-set \"old friends\" src,dst -j SET --add-set seen src --map-set friends src --map-mark\n"
            + "-A INPUT -m bpf --object-pinned /sys/fs/bpf/none -j DROP\n";
        using RuleSet set = Parse($"*mangle\n{Rules}COMMIT\n");
        Assert.Equal(Rules, string.Concat(TextOf(set, showCounters: false).Where(static line => line[0] == '-').Select(static line => line + "\n")));
    }

    [Fact]
    public void Policies_and_counters_may_be_left_out()
    {
        using RuleSet set = Parse("*filter\n:FORWARD DROP\n:own -\n-A INPUT -j own\n[1:60] -A own -j DROP\nCOMMIT\n");
        Assert.Equal(
            ["*filter", ":INPUT ACCEPT [0:0]", ":FORWARD DROP [0:0]", ":OUTPUT ACCEPT [0:0]", ":own - [0:0]", "[0:0] -A INPUT -j own", "[1:60] -A own -j DROP", "COMMIT"],
            TextOf(set, showCounters: true));
    }

    [Fact]
    public void A_rule_knows_the_line_that_it_comes_from()
    {
        using RuleSet set = Parse("*filter\n\n# a comment\n-A INPUT -j DROP\nCOMMIT\n");
        Table table = set.Find("filter"u8)!;
        foreach (Rule rule in table.Rules(table.Get("INPUT"u8)))
        {
            Assert.Equal(4, rule.Line);
        }
    }

    [Fact]
    public void The_table_that_comes_last_counts_when_there_are_two_of_a_name()
    {
        using RuleSet set = Parse("*raw\nCOMMIT\n*filter\n-A INPUT -j DROP\nCOMMIT\n*raw\n-A OUTPUT -j DROP\nCOMMIT\n");
        Assert.Equal(["raw", "filter"], set.Tables.Select(static table => Encoding.ASCII.GetString(table.Name)));
        Assert.Contains("-A OUTPUT -j DROP", TextOf(set, showCounters: false));
    }

    [Theory]
    [InlineData("*filter\n-A INPUT -j NOWHERE\nCOMMIT\n", 2, 13, "-A INPUT -j NOWHERE", "NOWHERE")]
    [InlineData("*filter\n\n[1:2] -A INPUT --nonsense\nCOMMIT\n", 3, 16, "[1:2] -A INPUT --nonsense", "unknown option \"--nonsense\"")]
    [InlineData("*filter\n[1 -A INPUT\nCOMMIT\n", 2, 1, "[1 -A INPUT", "Bad line 2: need ]")]
    [InlineData("*filter\n:INPUT DENY [0:0]\nCOMMIT\n", 2, 13, ":INPUT DENY [0:0]", "Bad policy name")]
    [InlineData("*filtre\nCOMMIT\n", 1, 2, "*filtre", "unable to initialize table 'filtre'")]
    [InlineData("-A INPUT\n", 1, 1, "-A INPUT", "line 1 failed")]
    [InlineData("*filter\n", 2, 0, "", "COMMIT expected at line 2")]
    public void An_error_names_line_column_text_and_reason(string text, int line, int column, string shown, string reason)
    {
        RestoreException e = Assert.Throws<RestoreException>(() => Parse(text).Dispose());
        Assert.Equal((line, column, shown), (e.Line, e.Column, Encoding.ASCII.GetString(e.Text)));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_there_is_none_of_is_told_with_those_that_there_are()
    {
        RestoreException e = Assert.Throws<RestoreException>(() => Parse("*filtre\nCOMMIT\n").Dispose());
        Assert.Equal("The tables are filter, nat, mangle, raw and security.\nwrite: *filter", e.Error.Hint);
    }

    [Fact]
    public void A_change_that_fails_leaves_the_ruleset_as_it_was()
    {
        using RuleSet set = Parse("*filter\n:gone - [0:0]\n:own - [0:0]\n-A INPUT -j own\nCOMMIT\n*raw\nCOMMIT\n");
        Change(set, "*filter\n-X gone\n-A OUTPUT -j own\nCOMMIT\n");
        string[] changed = TextOf(set, showCounters: false);
        Assert.Equal(
            ["*filter", ":INPUT ACCEPT [0:0]", ":FORWARD ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", ":own - [0:0]", "-A INPUT -j own", "-A OUTPUT -j own", "COMMIT"],
            changed.TakeWhile(static line => line != "*raw"));
        Assert.Throws<RestoreException>(() => Change(set, "*filter\n-F INPUT\n-A INPUT -j NOWHERE\nCOMMIT\n"));
        Assert.Equal(changed, TextOf(set, showCounters: false));
    }

    private static void Change(RuleSet set, string text)
    {
        using Restore restore = new(set, new RestoreOptions("tests") { KeepsRules = true }, new Output(Output.Nowhere), static _ => { }, takeLock: null);
        restore.Run(new LineReader(Encoding.ASCII.GetBytes(text)));
    }

    private static RuleSet Parse(string text, Family? family = null) => RuleSet.Parse(Encoding.Latin1.GetBytes(text), family ?? Family.IPv4);

    private static string[] TextOf(RuleSet set, bool showCounters)
    {
        Output output = new(descriptor: -1);
        set.Write(output, showCounters);
        return Encoding.Latin1.GetString(output.Written).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] Lines(string file) =>
        File.ReadAllText(Workspace.PathOf("tests", "rulesets", file), Encoding.Latin1).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Family FamilyOf(string file) => file.EndsWith(".v6.rules", StringComparison.Ordinal) ? Family.IPv6 : Family.IPv4;
}

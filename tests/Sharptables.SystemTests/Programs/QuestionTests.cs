using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>
/// <c>sharptables check</c>: questions to the rulesets of real firewalls, and of the scenarios, whose answers are known from what these firewalls are for
/// (tests/questions); and what it says when an answer is another.
/// </summary>
public sealed partial class QuestionTests
{
    private const int Least = 200;

    public static TheoryData<string> Files() =>
        new(Directory.GetFiles(Workspace.PathOf("tests", "questions"), "*.check").Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_firewall_does_what_it_is_for(string file)
    {
        CommandResult result = new Command(Path.Combine(Workspace.Sbin, "sharptables"), "check", Workspace.PathOf("tests", "questions", file)).Run();
        Assert.True(result.ExitStatus == 0, result.Stdout + result.Stderr);
        Assert.Equal("", result.Stderr);
    }

    [Fact]
    public void There_are_hundreds_of_questions() =>
        Assert.True(Directory.GetFiles(Workspace.PathOf("tests", "questions"), "*.check").Sum(static file => Question().Count(File.ReadAllText(file))) >= Least);

    [Fact]
    public void An_answer_that_is_not_as_expected_is_shown_in_tap_and_in_junits_xml()
    {
        using TemporaryFolder folder = new();
        folder.Write("rules", "*filter\n:INPUT DROP [0:0]\nCOMMIT\n");
        string file = folder.Write("questions", "--rules rules --to-local\nDROP -p tcp   # closed\nACCEPT -p tcp # <open> & wide\nDROP -p nothing\n");
        CommandResult tap = new Command(Path.Combine(Workspace.Sbin, "sharptables"), "check", file).Run();
        Assert.Equal((1, ""), (tap.ExitStatus, tap.Stderr));
        Assert.Equal(
            """
            TAP version 13
            1..3
            ok 1 - closed
            not ok 2 - <open> & wide
              ---
              line: 3
              expected: ACCEPT
              answer: |
                DROP by the policy of INPUT (filter)
                  for this machine
                  filter INPUT
                    policy of INPUT: DROP
              ...
            not ok 3 - DROP -p nothing
              ---
              line: 4
              expected: DROP
              answer: |
                error: unknown protocol "nothing" specified
              ...
            # 1 passed, 2 failed

            """,
            tap.Stdout);
        XElement suite = XElement.Parse(new Command(Path.Combine(Workspace.Sbin, "sharptables"), "check", "--junit", file).Run().Stdout);
        Assert.Equal(("3", "2"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value));
        Assert.Equal("<open> & wide", suite.Elements("testcase").ElementAt(1).Attribute("name")!.Value);
    }

    [Theory]
    [InlineData("MAYBE -p tcp\n", "sharptables check v1.8.10: line 1: \"MAYBE\" is not what becomes of a packet: ACCEPT, DROP, REJECT, BLOCK, UNKNOWN")]
    [InlineData("--rules nowhere\nDROP -p tcp\n", "sharptables check v1.8.10: line 2: cannot open")]
    [InlineData("DROP --number x -p tcp\n", "sharptables check v1.8.10: line 1: sharptables explain: --number x: it is a number from 1")]
    [InlineData("# nothing\n", "sharptables check v1.8.10: there is no question")]
    public void A_file_that_cannot_be_asked_has_status_3(string text, string error)
    {
        using TemporaryFolder folder = new();
        CommandResult result = new Command(Path.Combine(Workspace.Sbin, "sharptables"), "check", folder.Write("questions", text)).Run();
        Assert.Equal(3, result.ExitStatus);
        Assert.StartsWith(error, result.FirstError, StringComparison.Ordinal);
    }

    [GeneratedRegex("^(ACCEPT|DROP|REJECT|BLOCK|UNKNOWN)\\b", RegexOptions.Multiline)]
    private static partial Regex Question();
}

using System.Text.RegularExpressions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Programs;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Docs;

/// <summary>README.md lists what there is: no more, no less.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string s_path = Workspace.PathOf("README.md");
    private static readonly string[] s_lines = File.ReadAllLines(s_path);

    [Fact]
    public void All_matches_are_listed() => HasLine(Listing("Matches", ExtensionList.Matches));

    [Fact]
    public void All_targets_are_listed() => HasLine(Listing("Targets", ExtensionList.Targets));

    /// <summary>Every link that <c>make</c> sets up is spoken of.</summary>
    [Fact]
    public void All_programs_are_listed()
    {
        string[] names = [.. ProgramList.All.SelectMany(static program => program.Links)];
        Assert.Equal([], names.Except(Row("Programs")));
    }

    private static void HasLine(string line)
    {
        int row = Array.FindIndex(s_lines, other => other.StartsWith(line[..(line.IndexOf('|', 1) + 1)], StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1" && row >= 0)
        {
            s_lines[row] = line;
            File.WriteAllLines(s_path, s_lines);
        }

        Assert.True(s_lines.Contains(line), $"README.md needs this line (UPDATE_DOCS=1 puts it there):\n{line}");
    }

    private static string Listing(string title, ReadOnlySpan<ExtensionEntry> entries)
    {
        List<string> names = [];
        foreach (ExtensionEntry entry in entries)
        {
            names.Add($"`{entry.Name}`");
        }

        return $"| {title} | {string.Join(' ', names)} |";
    }

    /// <summary>The words in backquotes in a row of a table.</summary>
    private static string[] Row(string title)
    {
        string row = Assert.Single(s_lines, line => line.StartsWith($"| {title} |", StringComparison.Ordinal));
        return [.. QuotedPattern().Matches(row).Select(static found => found.Groups[1].Value)];
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex QuotedPattern();
}

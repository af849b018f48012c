using System.Text;
using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.Tests.Docs;

/// <summary>What the tests let differ from the C original is in docs/differences.md.</summary>
public sealed partial class DifferencesTests
{
    private static readonly string s_page = Normalise(File.ReadAllText(Workspace.PathOf("docs", "differences.md")));

    /// <summary>Every reason behind <c>differs:</c> of a <c>.spec</c> or a <c>.cases</c> file, once, and the first place.</summary>
    public static IEnumerable<object[]> Reasons =>
        Files("*.spec", "src", "Sharptables", "Extensions")
            .Concat(Files("*.cases", "tests", "Sharptables.DifferentialTests", "Cases"))
            .SelectMany(static file => File.ReadLines(file, Encoding.Latin1)
                .Select(line => DiffersPattern().Match(line))
                .Where(static found => found.Success)
                .Select(found => (Reason: found.Groups[1].Value.Trim(), File: Path.GetFileName(file))))
            .DistinctBy(static found => found.Reason)
            .Select(static found => new object[] { found.Reason, found.File });

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_to_differ_is_on_the_page(string reason, string file) =>
        Assert.True(
            s_page.Contains(Normalise(reason), StringComparison.OrdinalIgnoreCase),
            $"{file}: \"differs: {reason}\" is not in docs/differences.md; put it there in these words, with an example");

    [Fact]
    public void There_are_reasons_in_both_kinds_of_file()
    {
        string[] files = [.. Reasons.Select(static row => (string)row[1])];
        Assert.Contains(files, static file => file.EndsWith(".spec", StringComparison.Ordinal));
        Assert.Contains(files, static file => file.EndsWith(".cases", StringComparison.Ordinal));
    }

    private static string[] Files(string pattern, params string[] folder) =>
        [.. Directory.GetFiles(Workspace.PathOf(folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Markdown's marks and line breaks do not count.</summary>
    private static string Normalise(string text) => BlankPattern().Replace(text.Replace("`", "", StringComparison.Ordinal), " ");

    [GeneratedRegex(@"^(?:~|[ \t]+) ?differs: (.+)$")]
    private static partial Regex DiffersPattern();

    [GeneratedRegex(@"\s+")]
    private static partial Regex BlankPattern();
}

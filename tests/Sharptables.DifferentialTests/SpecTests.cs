using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>Every line of every extension's <c>.spec</c>: as it is written, and as the C original does it.</summary>
public sealed class SpecTests
{
    private static readonly Dictionary<(string File, int Line, string Family), SpecCase> s_lines =
        SpecFile.Cases
            .ToDictionary(static l => (Path.GetFileName(l.File), l.Line, l.Family));

    public static IEnumerable<object[]> Rows =>
        s_lines.Values.Select(static l => new object[] { l.File, l.Line, l.Family, l.Rule });

    private static readonly Dictionary<string, List<SpecCase>> s_frameLines =
        SpecFile.FrameCases.GroupBy(static l => l.File).ToDictionary(static file => file.Key, static file => file.ToList());

    public static IEnumerable<object[]> FrameSpecs => s_frameLines.Keys.Select(static file => new object[] { file });

    public static IEnumerable<object[]> Specs =>
        s_lines.Values.Select(static l => l.File).Distinct().Select(static f => new object[] { f });

    [Theory]
    [MemberData(nameof(Rows))]
    public void Rule(string spec, int line, string family, string rule)
    {
        Assert.Equal(rule, s_lines[(spec, line, family)].Rule);
        Report.None(SpecRunner.Difference(s_lines[(spec, line, family)]));
    }

    /// <summary>A rule that the original misreads is in force on machines that it has set up.</summary>
    [Theory]
    [MemberData(nameof(Specs))]
    public void What_the_original_makes_otherwise_is_saved_and_restored(string spec) => Report.None([.. s_lines.Values
        .Where(l => l.File == spec && l.Known.ContainsKey("differs"))
        .Select(SpecRunner.RoundTripDifference).OfType<string>()]);

    [Theory]
    [MemberData(nameof(Specs))]
    public void All_rules_over_nf_tables_are_the_originals(string spec) => Report.None([.. s_lines.Values.Where(l => l.File == spec)
        .GroupBy(static l => l.Family).SelectMany(static family => SpecRunnerOverNft.Differences([.. family]))]);

    [Theory]
    [MemberData(nameof(FrameSpecs))]
    public void All_rules_of_arptables_and_ebtables_are_the_originals(string spec) => Report.None([.. s_frameLines[spec]
        .GroupBy(static l => l.Family).SelectMany(static family => SpecRunnerOverNft.Differences([.. family]))]);

    [Theory]
    [MemberData(nameof(Specs))]
    public void All_rules_together_are_listed_alike(string spec) =>
        Report.None(SpecRunner.ListingDifference(spec, s_lines.Values.Where(l => l.File == spec)));
}

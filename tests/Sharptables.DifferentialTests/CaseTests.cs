using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>Every case of <c>Cases/*.cases</c>: same output, same exit status, same first error, same bytes in the kernel.</summary>
public sealed class CaseTests
{
    private static readonly Dictionary<(string File, string Name), Case> s_cases =
        Directory.GetFiles(Workspace.PathOf("tests", "Sharptables.DifferentialTests", "Cases"), "*.cases")
            .Order(StringComparer.Ordinal)
            .SelectMany(CaseFile.Read)
            .ToDictionary(static c => (c.File, c.Name));

    /// <summary>Those of programs that use both interfaces of the kernel.</summary>
    public static IEnumerable<object[]> RowsOfBoth => s_cases.Where(static row => !row.Value.IsOnlyOverNft).Select(static row => new object[] { row.Key.File, row.Key.Name });

    public static IEnumerable<object[]> Rows => s_cases.Keys.Select(static k => new object[] { k.File, k.Name });

    [Theory]
    [MemberData(nameof(RowsOfBoth))]
    public void Does_what_the_original_does(string file, string name) => Report.None(CaseRunner.Difference(s_cases[(file, name)]));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Does_what_the_original_does_over_nf_tables(string file, string name) =>
        Report.None(CaseRunner.DifferenceOverNft(s_cases[(file, name)]));
}

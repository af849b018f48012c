using Xunit;

namespace Sharptables.DifferentialTests.Running;

/// <summary>Fails a test with a report, line for line as it was written.</summary>
public static class Report
{
    public static void None(string? report)
    {
        if (report is not null)
        {
            Assert.Fail("\n" + report);
        }
    }

    /// <summary>Fails with the first few of many reports.</summary>
    public static void None(IReadOnlyCollection<string> reports)
    {
        if (reports.Count > 0)
        {
            Assert.Fail($"\n{reports.Count} differences:\n{string.Join('\n', reports.Take(10))}");
        }
    }
}

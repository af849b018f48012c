using System.Globalization;
using System.Text.RegularExpressions;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>The iptables project's own rule cases, when <c>SHARED</c> names them, by the runner that comes with them.</summary>
public sealed partial class ConformanceTests
{
    private static string Folder => Path.Combine(Workspace.Shared!, "conformance");

    public static IEnumerable<object[]> FilesOfBoth => Files.Where(static row => !OnlyOverNft().IsMatch((string)row[0]));

    public static IEnumerable<object[]> Files => Workspace.Shared is null
        ? []
        : Directory.GetFiles(Folder, "*.t").Select(static f => Path.GetFileName(f))
            .Where(static f => NamePattern().IsMatch(f))
            .Order(StringComparer.Ordinal)
            .Select(static f => new object[] { f });

    [SharedTheory]
    [MemberData(nameof(FilesOfBoth))]
    public void All_cases_hold(string file) => Hold(file, "legacy", ProgramSet.Ours, ProgramSet.Reference);

    [SharedTheory]
    [MemberData(nameof(Files))]
    public void All_cases_hold_over_nf_tables(string file) => Hold(file, "nft", ProgramSet.OursOverNft, ProgramSet.NextReferenceOverNft);

    private static void Hold(string file, string backend, ProgramSet ours, ProgramSet reference)
    {
        using Machine machine = new(ours);
        CommandResult result = machine.Shell(
            $"cd '{Folder}' && python3 run.py --backend {backend} --bin '{ours.Folder}' --against '{reference.Folder}' --family ip,ip6{(backend == "nft" ? ",arp,eb" : "")} "
            + $"--list-fails {file}",
            timeoutSeconds: 300);
        Match sum = SumPattern().Match(result.Stdout);
        Assert.True(sum.Success, result.Stdout + result.Stderr);
        Assert.True(int.Parse(sum.Groups[2].Value, CultureInfo.InvariantCulture) == 0, "\n" + result.Stdout);
        Assert.True(
            int.Parse(sum.Groups[1].Value, CultureInfo.InvariantCulture) > 0 || result.Stdout.Contains("the reference does not hold them here", StringComparison.Ordinal),
            "no case ran\n" + result.Stdout);
    }

    [GeneratedRegex(@"^lib(?:ip|ip6|x|arp|eb)t_\w+\.t$")]
    private static partial Regex NamePattern();

    /// <summary>Those of arptables and ebtables.</summary>
    [GeneratedRegex("^lib(?:arp|eb)t_")]
    private static partial Regex OnlyOverNft();

    [GeneratedRegex(@"^(\d+) passed, (\d+) failed$", RegexOptions.Multiline)]
    private static partial Regex SumPattern();
}

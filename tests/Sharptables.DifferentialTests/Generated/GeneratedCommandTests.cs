using System.Diagnostics;
using System.Text.RegularExpressions;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests.Generated;

/// <summary>
/// Random rows of commands, good and bad, on both sides. The seeds are the same in every run, unless <c>FUZZ_SEED</c> names the first;
/// <c>FUZZ_SECONDS</c> makes it go on for so long. What differs is printed with its seed, shrunk to what is needed to see it.
/// </summary>
public sealed class GeneratedCommandTests
{
    private const int DefaultSeeds = 1200;
    private const int DefaultSeedsOverNft = 300;
    private const int DefaultFrameSeeds = 150;
    private const int CommandsPerSeed = 10;
    private const int MostReports = 6;

    private static readonly string[] s_kinds = ["stdout", "stderr", "exit status", "table", "nf_tables", "timed out"];

    private static readonly Regex[] s_wrongOverNft =
    [
        new(@"! (-s|-d|--source|--src|--destination|--dst) \S*/0(\.0\.0\.0)?( |$)"), // no address at all
        new(@" -[DRZ] [A-Z]+ \d"), // the number of a rule in a built-in chain that is not there
        new(" -X$"), // deletes empty built-in chains, too
        new("^ip6tables .* -c "), // counters are lost
        new(@"-m (tcp|udp) .*-m \1( |$)"), // comes back as one match
        new("! --tcp-f[a-z]* NONE NONE"), // is lost
        new("-m eui64"), // is not listed
        new(@"--queue-b\S*[ =]\d*:(65535)?( |$)"), // to another last queue
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Random_commands_do_what_the_original_does(bool overNft) =>
        Report.None(Differences(Compose, overNft ? DefaultSeedsOverNft : DefaultSeeds, overNft));

    [Fact]
    public void Random_commands_of_arptables_and_ebtables_do_what_the_original_does() =>
        Report.None(Differences(static seed => new FrameCommandGenerator(seed).All(CommandsPerSeed), DefaultFrameSeeds, overNft: true));

    private static List<string> Differences(Func<int, List<List<string>>> compose, int seeds, bool overNft)
    {
        int first = FirstSeed.Value;
        int seconds = Workspace.Setting("FUZZ_SECONDS", 0);
        Stopwatch watch = Stopwatch.StartNew();
        List<string> reports = [];
        HashSet<string> shrunk = [];
        int tried = 0;
        for (int seed = first; seconds > 0 ? watch.Elapsed.TotalSeconds < seconds : tried < seeds; seed++, tried++)
        {
            List<List<string>> commands = compose(seed);

            // What differs does so again: both programs do the same each time. What all namespaces share, such as IDLETIMER's labels, may
            // for a moment still be as another run left it.
            if (Difference(commands, overNft) is null || Difference(commands, overNft) is not { } found)
            {
                continue;
            }

            // The smallest must differ in the same way, or every find would shrink to the commonest one.
            List<List<string>> smallest = Shrinking.Smallest(
                commands, fewer => fewer.TrueForAll(HasCommand) && Difference(fewer, overNft) is { } other && Kind(other) == Kind(found));
            string words = string.Concat(smallest.Select(static c => $"    {string.Join(' ', c)}\n"));
            if (shrunk.Add(words.Replace("ip6tables", "iptables", StringComparison.Ordinal)))
            {
                reports.Add($"FUZZ_SEED={seed}, shrunk to:\n{words}{Difference(smallest, overNft) ?? "  (did not show again)\n"}");
            }

            if (reports.Count == MostReports)
            {
                break;
            }
        }

        Assert.True(tried > 0 || reports.Count > 0, "no commands ran");
        return reports;
    }

    private static List<List<string>> Compose(int seed)
    {
        CommandGenerator generator = new(seed, validOnly: false);
        List<List<string>> commands = [[generator.Program, "-N", "u1"]];
        for (int i = 0; i < CommandsPerSeed; i++)
        {
            commands.Add(generator.Next());
        }

        foreach (ExtensionSample extension in CommandGenerator.Samples.Where(e => commands.Any(c => c.Contains(e.Name))))
        {
            commands.InsertRange(0, extension.Before.Select(static line => new List<string> { line }));
        }

        commands.Add([generator.Program + "-save", "-c"]);
        foreach (string table in (string[])["filter", "nat", "mangle", "raw"])
        {
            if (commands.Any(c => c.Contains(table)) || table == "filter")
            {
                commands.Add([generator.Program, "-t", table, "-L", "-n", "-v"]);
            }
        }

        return commands;
    }

    private static string? Difference(List<List<string>> commands, bool overNft) =>
        overNft ? CaseRunner.DifferenceOverNft(ToCase(commands.FindAll(static command => !IsWrongOverNft(command)))) : CaseRunner.Difference(ToCase(commands));

    /// <summary>Where ours differs over nf_tables, by docs/differences.md.</summary>
    private static bool IsWrongOverNft(List<string> command) =>
        FrameCommandGenerator.IsKnownToDiffer(command) || Array.Exists(s_wrongOverNft, pattern => pattern.IsMatch(string.Join(' ', command)));

    /// <summary>Whether its words still are a command, and not only options.</summary>
    private static bool HasCommand(List<string> words) =>
        words[0] is not ("arptables" or "ebtables") || words.Exists(static word => word is ['-', >= 'A' and <= 'Z'] or "--check");

    /// <summary>In what a report finds the first difference: stdout, exit status, a table, or stderr and what both say there.</summary>
    private static string Kind(string report)
    {
        string[] lines = [.. report.Split('\n').Select(static l => l.Trim())];
        int at = Array.FindIndex(lines, static l => s_kinds.Any(k => l.StartsWith(k, StringComparison.Ordinal)));
        return lines[at].StartsWith("stderr", StringComparison.Ordinal) ? lines[at + 1] + lines[at + 2] : lines[at].Split(' ', ',', ':')[0];
    }

    private static Case ToCase(List<List<string>> commands) =>
        new("generated", "generated", [.. commands.Select(static (words, i) => new CaseCommand(FrameCommandGenerator.LineOf(words), i + 1))]);
}

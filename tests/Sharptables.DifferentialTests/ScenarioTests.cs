using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>Firewall scripts that people run: afterwards the kernel holds, and save prints, what the original makes of them.</summary>
public sealed class ScenarioTests
{
    private static readonly string[][] s_rows =
        [["masquerading-router.sh"], ["personal-firewall.sh"], ["masquerading-router.sh", "busybox.sh"]];

    public static IEnumerable<object[]> Rows =>
        from place in Workspace.Shared is null ? ["own"] : (string[])["own", "shared"]
        from scripts in s_rows
        select new object[] { place, string.Join(" + ", scripts) };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Gives_the_rules_the_original_gives(string place, string scripts)
    {
        using Machine ours = new(ProgramSet.Ours);
        using Machine reference = new(ProgramSet.Reference);
        foreach (string text in Texts(place, scripts))
        {
            CommandResult mine = ours.Shell("sh -s", text);
            CommandResult their = reference.Shell("sh -s", Modern(text));
            Assert.Equal(0, their.ExitStatus);
            Assert.True(mine.ExitStatus == 0, mine.Stderr);
            Assert.DoesNotContain("iptables v", Warnings(their.Stderr), StringComparison.Ordinal);
        }

        Assert.Equal(Saved(reference), Saved(ours));
        RulesInMemory.AssertSame(ours.Shell("iptables-save -c").Stdout, "iptables");
        RulesInMemory.AssertSame(ours.Shell("ip6tables-save").Stdout, "ip6tables");
        Report.None(RawTable.Difference(ours.ReadTables(), reference.ReadTables(), counters: true));
    }

    /// <summary>The scripts of a row.</summary>
    internal static IEnumerable<string> Texts(string place, string scripts) => scripts.Split(" + ").Select(script =>
        File.ReadAllText(Path.Combine(place == "own" ? Workspace.PathOf("tests") : Workspace.Shared!, "scenarios", script)));

    /// <summary>The two old spellings that ours takes and the original no longer does.</summary>
    internal static string Modern(string script) => script
        .Replace("-i ! WAN1", "! -i WAN1", StringComparison.Ordinal)
        .Replace("-o ! WAN1", "! -o WAN1", StringComparison.Ordinal)
        .Replace("-I INPUT 0 ", "-I INPUT 1 ", StringComparison.Ordinal);

    private static string Warnings(string stderr) =>
        string.Join('\n', stderr.Split('\n').Where(static l => !l.Contains("modprobe", StringComparison.Ordinal)));

    private static string Saved(Machine machine)
    {
        CommandResult saved = machine.Shell("iptables-save && ip6tables-save");
        Assert.Equal(0, saved.ExitStatus);
        Assert.Contains("\n-A ", saved.Stdout, StringComparison.Ordinal);
        return Normalise.Output(saved.Stdout);
    }
}

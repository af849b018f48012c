using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>Whole rulesets and scripts over nf_tables: ours does what one of two versions of the original does.</summary>
public sealed class RulesetOverNftTests
{
    public static IEnumerable<object[]> Names => RulesetTests.Names;

    public static IEnumerable<object[]> RefusedNames => RulesetTests.RefusedNames;

    [Theory]
    [MemberData(nameof(Names))]
    public void Loads_saves_and_reloads_as_the_original_over_nf_tables(string name)
    {
        string program = RulesetFiles.Family(name);
        string rules = RulesetFiles.Text(RulesetFiles.All[name]);
        AssertLikeOne(machine =>
        [
            machine.Shell($"{program}-restore", rules), machine.Shell($"{program}-restore", rules),
            machine.Shell($"{program}-save -c | {program}-restore -c"), machine.Shell($"{program}-save -c"),
            machine.Shell($"{program} -L -n -v --line-numbers; {program} -S"), machine.Shell($"{program} -t nat -L -n; {program} -t mangle -S"),
        ]);
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void Is_refused_over_nf_tables_and_nothing_changes(string name)
    {
        string program = RulesetFiles.Family(name);
        AssertLikeOne(machine =>
        {
            CommandResult refused = machine.Shell($"{program}-restore", RulesetFiles.Text(RulesetFiles.Refused[name]));
            Assert.NotEqual(0, refused.ExitStatus);
            Assert.DoesNotContain(machine.ReadRules(counters: true), static line => line.Contains(" rule ", StringComparison.Ordinal));
            return [refused with { Stderr = refused.FirstError }]; // the original's next line has the number of the COMMIT
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Either_program_reads_what_the_other_wrote_over_nf_tables(string name)
    {
        string program = RulesetFiles.Family(name);
        foreach ((ProgramSet writer, ProgramSet other) in
            ((ProgramSet, ProgramSet)[])[(ProgramSet.OursOverNft, ProgramSet.ReferenceOverNft), (ProgramSet.ReferenceOverNft, ProgramSet.OursOverNft)])
        {
            using Machine machine = new(writer);
            CommandResult loaded = machine.Shell($"{program}-restore", RulesetFiles.Text(RulesetFiles.All[name]));
            Assert.True(loaded.ExitStatus == 0, $"{writer.Label} cannot load: {loaded.Stderr}");
            string save = $"{program}-save -c";
            Report.None(Unlike(save, machine.ShellWith(ProgramSet.OursOverNft, save), machine.ShellWith(ProgramSet.ReferenceOverNft, save)));

            // A change by the other program must leave everything else unchanged.
            IReadOnlyList<string> before = machine.ReadRules(counters: true);
            CommandResult changed = machine.ShellWith(other, $"{program} -I INPUT -j ACCEPT && {program} -D INPUT 1");
            Assert.True(changed.ExitStatus == 0, $"{other.Label} cannot change: {changed.Stderr}");
            Report.None(NftRules.Difference(machine.ReadRules(counters: true), before));
        }
    }

    [Theory]
    [MemberData(nameof(ScenarioTests.Rows), MemberType = typeof(ScenarioTests))]
    public void Script_gives_the_rules_the_original_gives_over_nf_tables(string place, string scripts)
    {
        AssertLikeOne(machine =>
        {
            foreach (string text in ScenarioTests.Texts(place, scripts))
            {
                CommandResult played = machine.Shell("sh -s", machine.Programs == ProgramSet.OursOverNft ? text : ScenarioTests.Modern(text));
                Assert.True(played.ExitStatus == 0, played.Stderr);
            }

            return [machine.Shell("iptables-save"), machine.Shell("ip6tables-save")];
        });
    }

    private static void AssertLikeOne(Func<Machine, CommandResult[]> play)
    {
        (CommandResult[] Said, IReadOnlyList<string> Rules)[] all =
            [.. new[] { ProgramSet.OursOverNft, ProgramSet.ReferenceOverNft, ProgramSet.NextReferenceOverNft }.AsParallel().AsOrdered().Select(programs =>
            {
                using Machine machine = new(programs);
                return (play(machine), machine.ReadRules(counters: true));
            })];
        for (int i = 0; i < all[0].Said.Length; i++)
        {
            string[] wrong = [.. all[1..].Select(their => Unlike($"command {i + 1}", all[0].Said[i], their.Said[i])).OfType<string>()];
            Assert.True(wrong.Length < 2, string.Join("\n", wrong));
        }

        Report.None(NftRules.Difference(all[0].Rules, all[1].Rules, all[2].Rules));
    }

    private static string? Unlike(string what, CommandResult ours, CommandResult their)
    {
        List<string> wrong = CaseRunner.Compare(new CaseCommand(what, 0), Normalise.WithoutProtocols(ours), Normalise.WithoutProtocols(their));
        return wrong.Count == 0 ? null : $"{what}:\n  {string.Join("\n  ", wrong)}";
    }
}

using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>ipset takes any name of up to 31 bytes. Whatever it is, a rule with the set is saved so that it can be restored.</summary>
public sealed class SetNameTests
{
    /// <summary>A char stands for a byte.</summary>
    public static TheoryData<string> Names => new(
        "", " ", "a b", " a", "a ", "a\tb", "\"", "a\"b", "\\", "a\\b", "a\\", "\\\"", "'", "a'b", "#a", "-a", "--src", "-j", "!", "! a", "*filter", "[0:0]",
        "COMMIT", "a,b", "$a", "\u00c3\u00a9", "\u00ff", "\u0001", "\u001b[2J", new string('n', 31), new string('"', 31));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_comes_back_whatever_its_set_is_called(string name)
    {
        using Machine machine = new(ProgramSet.Ours);
        foreach (string program in (string[])["iptables", "ip6tables"])
        {
            string add = Rule(program, "-A", name);
            Made(machine.Shell($"ipset create -! {Quoted(name)} bitmap:port range 1-9; {add}"));
            Made(machine.ShellWith(ProgramSet.Reference, add));
            IReadOnlyDictionary<string, RawTable> before = machine.ReadTables();
            CommandResult saved = machine.Shell($"{program}-save");
            Made(saved);
            Made(machine.Shell($"{program}-restore", saved.Stdout));
            Assert.Null(RawTable.Difference(machine.ReadTables(), before, counters: true));
            Made(machine.Shell($"{Rule(program, "-C", name)} && {Rule(program, "-D", name)} && {Rule(program, "-D", name)} && {program} -S INPUT"));
        }
    }

    [Fact]
    public void A_name_with_a_line_end_is_refused_and_one_that_is_in_force_is_not_saved()
    {
        using Machine machine = new(ProgramSet.Ours);
        string add = Rule("iptables", "-A", "a\nb");
        Made(machine.Shell($"ipset create {Quoted("a\nb")} bitmap:port range 1-9"));
        Assert.Equal(2, machine.Shell(add).ExitStatus);
        Made(machine.ShellWith(ProgramSet.Reference, add));
        CommandResult saved = machine.Shell("iptables-save");
        Assert.Equal(1, saved.ExitStatus);
        Assert.Contains("-A [cannot be restored: INPUT -m set ", saved.Stdout, StringComparison.Ordinal);
    }

    private static string Rule(string program, string command, string set) =>
        $"{program} {command} INPUT -m set --match-set {Quoted(set)} src -j SET --add-set {Quoted(set)} src";

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static void Made(CommandResult result) => Assert.Equal((0, ""), (result.ExitStatus, result.Stderr));
}

using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>
/// Commands by which programs ask what is there, and may compare all of standard error: it is the original's, and has no hint that a
/// person would get is not there. docs/differences.md lists them.
/// </summary>
public sealed class AnswerTests
{
    private const string SetUp = "-N full; -A full -j DROP; -N used; -A full -j used; -N empty";

    public static TheoryData<string> Answers => new(
        "-C INPUT -j DROP", "-D INPUT -j DROP", "-C INPUT -j LOG", "-D INPUT -p tcp -j LOG", "-C nosuch -j DROP", "-D nosuch -j DROP",
        "-D nosuch 1", "-A nosuch -j DROP", "-I nosuch -j DROP", "-R nosuch 1 -j DROP", "-L nosuch", "-S nosuch", "-F nosuch", "-Z nosuch",
        "-X nosuch", "-E nosuch other", "-P nosuch DROP", "-N full", "-N INPUT", "-E full used", "-X full", "-X used", "-X", "-X INPUT",
        "-E INPUT other", "-P full DROP", "-I full 9 -j DROP", "-R full 9 -j DROP", "-D full 9", "-Z full 9", "-C INPUT -j nosuch",
        "-D INPUT -j nosuch", "-A INPUT -j nosuch", "-C INPUT -g nosuch", "-A INPUT -m set --match-set nosuch src -j DROP",
        "-C INPUT -m set ! --match-set nosuch src", "-A INPUT -j SET --add-set nosuch src", "-A INPUT -j standard");

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_is_the_originals_text_and_nothing_more(string words)
    {
        foreach (string program in (string[])["iptables", "ip6tables"])
        {
            CommandResult theirs = Ask(ProgramSet.Reference, program, words);
            CommandResult ours = Ask(ProgramSet.Ours, program, words);
            Assert.NotEqual(0, theirs.ExitStatus);
            Assert.Equal((theirs.ExitStatus, Normalise.Errors(theirs)), (ours.ExitStatus, Normalise.Errors(ours)));
        }
    }

    [Theory]
    [InlineData("-A INPUT -j accept")]
    [InlineData("-A INPUT -m tpc")]
    [InlineData("-A INPUT --dport 22")]
    [InlineData("-P INPUT REJECT")]
    [InlineData("-A INPUT -j FORWARD")]
    [InlineData("-t nosuch -S")]
    [InlineData("-A INPUT -j MASQUERADE")]
    public void A_mistake_keeps_its_hint(string words)
    {
        CommandResult theirs = Ask(ProgramSet.Reference, "iptables", words);
        CommandResult ours = Ask(ProgramSet.Ours, "iptables", words);
        Assert.StartsWith(Normalise.Errors(theirs) + "Hint: ", Normalise.Errors(ours), StringComparison.Ordinal);
    }

    private static CommandResult Ask(ProgramSet programs, string program, string words)
    {
        using Machine machine = new(programs);
        Assert.Equal(0, machine.Shell(string.Join("; ", SetUp.Split("; ").Select(words => $"{program} {words}"))).ExitStatus);
        return machine.Program(program, words.Split(' '));
    }
}

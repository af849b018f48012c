using System.Text.RegularExpressions;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>
/// What go-iptables, the library below CNI's plugins and many others, makes of the programs: by the exact comparisons of its releases.
/// Until v0.4.3 an error meant "does not exist" only when its text was one of two, to the letter; later ones look for these anywhere.
/// Its sequences of calls, beside the original, are in clients.cases; ClientTests runs CNI's plugins themselves.
/// </summary>
public sealed partial class GoIptablesTests
{
    public static TheoryData<string, string> Questions => new()
    {
        { "-C INPUT -j DROP", "a rule" },
        { "-D INPUT -j DROP", "a rule" },
        { "-C INPUT -p tcp -m comment --comment x -j LOG", "a rule with a target" },
        { "-C nosuch -j DROP", "a chain" },
        { "-D nosuch -j DROP", "a chain" },
        { "-S nosuch", "a chain" },
        { "-S nosuch 1", "a chain" },
        { "-L nosuch -n -v -x", "a chain" },
        { "-F nosuch", "a chain" },
        { "-X nosuch", "a chain" },
        { "-A nosuch -j DROP", "a chain" },
        { "-I nosuch 1 -j DROP", "a chain" },
        { "-E nosuch other", "a chain" },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void What_does_not_exist_is_known_by_all_of_standard_error(string words, string what)
    {
        foreach (string program in (string[])["iptables", "ip6tables"])
        {
            CommandResult result = Run(program, words);
            Assert.True(
                IsNotExist(program, result), $"{program} {words}: {what} that is not there, and {result.ExitStatus}: {result.Stderr}");
        }
    }

    [Theory]
    [InlineData("-C INPUT --nosuch")]
    [InlineData("-C INPUT -m nosuch")]
    [InlineData("-N INPUT")]
    [InlineData("-I INPUT 5 -j DROP")]
    [InlineData("-t nosuch -S INPUT")]
    public void Any_other_error_is_none_of_that(string words)
    {
        CommandResult result = Run("iptables", words);
        Assert.NotEqual(0, result.ExitStatus);
        Assert.False(IsNotExist("iptables", result), result.Stderr);
    }

    /// <summary>NewChain and ClearChain: status 1 says that it is there already.</summary>
    [Fact]
    public void A_chain_that_is_there_already_is_status_1()
    {
        CommandResult result = Run("iptables", "-N INPUT");
        Assert.Equal((1, "iptables: Chain already exists.\n"), (result.ExitStatus, result.Stderr));
    }

    /// <summary>The version decides which options it uses: -C (1.4.11), --wait (1.4.20), --wait N (1.6.0), --random-fully (1.6.2).</summary>
    [Theory]
    [InlineData("iptables")]
    [InlineData("ip6tables")]
    public void The_version_is_one_that_can_all_it_asks_for(string program)
    {
        Match match = VersionPattern().Match(Run(program, "--version").Stdout);
        Assert.True(match.Success);
        Assert.True(new Version(match.Groups[1].Value) >= new Version(1, 6, 2));
        Assert.Equal("legacy", match.Groups[2].Value);
    }

    private static CommandResult Run(string program, string words)
    {
        using Machine machine = new(ProgramSet.Ours);
        return machine.Program(program, [.. words.Split(' '), .. words == "--version" ? [] : (string[])["--wait"]]);
    }

    private static bool IsNotExist(string program, CommandResult result) => result.ExitStatus == 1 && (
        result.Stderr == $"{program}: Bad rule (does a matching rule exist in that chain?).\n"
        || result.Stderr == $"{program}: No chain/target/match by that name.\n");

    [GeneratedRegex(@"v([0-9]+\.[0-9]+\.[0-9]+)(?:\s+\((\w+))?")]
    private static partial Regex VersionPattern();
}

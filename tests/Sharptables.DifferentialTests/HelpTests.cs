using System.Text.RegularExpressions;
using Sharptables.DifferentialTests.Running;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>What <c>-h</c> prints is in our own words; but the options that it names, and their order, are the original's.</summary>
public sealed partial class HelpTests
{
    private static readonly string s_list = File.ReadAllText(
        Path.Combine(Workspace.Repository, "src", "Sharptables", "Extensions", "ExtensionList.cs"));

    private static readonly int s_targets = s_list.IndexOf("s_targets", StringComparison.Ordinal);

    public static IEnumerable<object[]> Extensions =>
        from Match line in Entry().Matches(s_list)
        from program in (string[])["iptables", "ip6tables"]
        where line.Groups[2].Value is "Both" || line.Groups[2].Value == (program == "iptables" ? "IPv4" : "IPv6")
        select new object[] { program, line.Index < s_targets ? "-m" : "-j", line.Groups[1].Value };

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Options_of_an_extension_are_in_the_originals_order(string program, string flag, string name)
    {
        string[] theirs = Options(ProgramSet.Reference, program, flag, name);
        string[] ours = Options(ProgramSet.Ours, program, flag, name);
        Assert.Equal(theirs, ours.Where(theirs.Contains));
    }

    [Theory]
    [InlineData("iptables")]
    [InlineData("ip6tables")]
    public void The_programs_own_options_are_in_the_originals_order(string program)
    {
        string[] theirs = [.. Word().Matches(Commands(ProgramSet.Reference, program)).Select(static m => m.Value).Distinct()];
        Assert.True(theirs.Length > 50, $"only {theirs.Length} options");

        // Theirs are cut short here and there: --new for --new-chain. Beyond them, ours tells of -h and -M.
        IEnumerable<string?> ours = Word().Matches(Commands(ProgramSet.Ours, program))
            .Select(word => theirs.Contains(word.Value) ? word.Value : Array.Find(theirs, their => their.Length > 2 && word.Value.StartsWith(their, StringComparison.Ordinal)));
        Assert.Equal(theirs, ours.OfType<string>().Distinct());
    }

    private static string[] Options(ProgramSet programs, string program, string flag, string name)
    {
        string help = Help(programs, program, flag, name);
        string own = Help(programs, program);
        Assert.True(help.Length > own.Length, $"{program} {flag} {name} -h says no more than {program} -h");
        return [.. LongName().Matches(help[own.Length..]).Select(static m => m.Value).Distinct()];
    }

    private static string Commands(ProgramSet programs, string program)
    {
        string help = Help(programs, program);
        return help[help.IndexOf("\nCommands:", StringComparison.Ordinal)..];
    }

    private static string Help(ProgramSet programs, string program, params string[] words)
    {
        using NetworkNamespace space = new(programs);
        CommandResult result = space.Program(program, [.. words, "-h"]);
        Assert.Equal(0, result.ExitStatus);
        return result.Stdout;
    }

    [GeneratedRegex("""new\("([^"]+)", (Both|IPv4|IPv6),""")]
    private static partial Regex Entry();

    [GeneratedRegex("(?<![a-z0-9-])--[a-z0-9][a-z0-9-]*")]
    private static partial Regex LongName();

    [GeneratedRegex("(?<![A-Za-z0-9-])-(?:-[a-z0-9][a-z0-9-]*|[A-Za-z0-9](?![A-Za-z0-9-]))")]
    private static partial Regex Word();
}

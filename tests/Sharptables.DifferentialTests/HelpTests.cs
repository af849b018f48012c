using System.Text.RegularExpressions;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>
/// What <c>-h</c> prints is in our own words, but programs read some of it. Which lines are facts, and so the original's, is decided
/// by <see cref="FactLines"/> and <see cref="Values"/>; the sentences are ours.
/// </summary>
public sealed partial class HelpTests
{
    private static readonly string s_list = File.ReadAllText(
        Workspace.PathOf("src", "Sharptables", "Extensions", "Catalogue", "ExtensionList.cs"));

    private static readonly int s_targets = s_list.IndexOf("s_targets", StringComparison.Ordinal);

    public static IEnumerable<object[]> Extensions =>
        from Match line in Entry().Matches(s_list)
        from program in (string[])["iptables", "ip6tables"]
        where line.Groups[2].Value is "Both" || line.Groups[2].Value == (program == "iptables" ? "IPv4" : "IPv6")
        select new object[] { program, line.Index < s_targets ? "-m" : "-j", line.Groups[1].Value };

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Facts_of_an_extension_are_the_originals(string program, string flag, string name)
    {
        string theirs = ExtensionHelp(ProgramSet.Reference, program, flag, name);
        string ours = ExtensionHelp(ProgramSet.Ours, program, flag, name);
        Assert.Contains(" option", theirs, StringComparison.Ordinal);
        AreFactsOf(theirs, ours);
        string[] options = [.. LongName().Matches(theirs).Select(static m => m.Value).Distinct()];
        Assert.Equal(options, LongName().Matches(ours).Select(static m => m.Value).Distinct().Where(options.Contains));
    }

    [Theory]
    [InlineData("iptables", 12)]
    [InlineData("ip6tables", 12)]
    [InlineData("iptables-restore", 1)]
    [InlineData("ip6tables-restore", 1)]
    [InlineData("iptables-apply", 2)]
    [InlineData("nfnl_osf", 1)]
    public void Facts_of_a_program_are_the_originals(string program, int lines)
    {
        string theirs = Said(ProgramSet.Reference, program);
        Assert.Equal(lines, FactLines(theirs).Count());
        AreFactsOf(theirs, Said(ProgramSet.Ours, program));
    }

    [Theory]
    [InlineData("iptables-restore")]
    [InlineData("iptables-xml")]
    public void Options_of_a_program_are_the_originals_and_some_more(string program)
    {
        string[] theirs = [.. LongName().Matches(Said(ProgramSet.Reference, program)).Select(static m => m.Value)];
        Assert.True(theirs.Length >= 3, string.Join(' ', theirs));
        Assert.Equal(theirs, LongName().Matches(Said(ProgramSet.Ours, program)).Select(static m => m.Value).Where(theirs.Contains));
    }

    /// <summary>firewalld asks so, and takes every word below the heading, to the end of the output, for a type to block.</summary>
    [Theory]
    [InlineData("iptables", "icmp", "Valid ICMP Types:", new string[0])]
    [InlineData("ip6tables", "ipv6-icmp", "Valid ICMPv6 Types:",
        new[] { "mld-listener-query", "mld-listener-report", "mld-listener-done", "mld-listener-reduction" })] // 1.8.9 does not know them
    public void Firewalld_reads_the_types_of_icmp(string program, string protocol, string heading, string[] newer)
    {
        string[] Types(ProgramSet programs) =>
            [
                .. Help(programs, program, "-p", protocol).Split(heading)[1]
                    .Split([' ', '\n', '(', ')'], StringSplitOptions.RemoveEmptyEntries),
            ];
        string[] theirs = Types(ProgramSet.Reference);
        Assert.True(theirs.Length > 20, string.Join(' ', theirs));
        Assert.Equal(theirs, Types(ProgramSet.Ours).Except(newer));
    }

    [Theory]
    [InlineData("iptables")]
    [InlineData("ip6tables")]
    public void The_programs_own_options_are_in_the_originals_order(string program)
    {
        string[] theirs = [.. Word().Matches(Commands(ProgramSet.Reference, program)).Select(static m => m.Value).Distinct()];
        Assert.True(theirs.Length > 50, $"only {theirs.Length} options");

        // Some of theirs are abbreviated: --new for --new-chain. Ours has -h and -M as well.
        IEnumerable<string?> ours = Word().Matches(Commands(ProgramSet.Ours, program))
            .Select(word => theirs.Contains(word.Value) ? word.Value : Array.Find(theirs, their => their.Length > 2 && word.Value.StartsWith(their, StringComparison.Ordinal)));
        Assert.Equal(theirs, ours.OfType<string>().Distinct());
    }

    /// <summary>
    /// The lines of help that are facts: those of usage, the headings, and below a heading of values the values, each with its other
    /// name in brackets. The rest of the line explains, and is no fact.
    /// </summary>
    private static IEnumerable<string> FactLines(string help)
    {
        bool isUsage = false;
        bool isList = false;
        foreach (string line in help.Split('\n').Select(static line => line.TrimEnd()))
        {
            Match heading = Heading().Match(line);
            isUsage = line.StartsWith("Usage:", StringComparison.Ordinal) || (isUsage && line.StartsWith(' '));
            isList = line.StartsWith("Valid ", StringComparison.Ordinal) || (isList && line.Length > 0 && !heading.Success);
            if (isUsage && line != "Usage:")
            {
                yield return Usage().Replace(line, "");
            }
            else if (heading.Success)
            {
                yield return heading.Groups[1].Value + heading.Groups[2].Value; // without a colon, which only some have
            }
            else if (isList)
            {
                yield return line[^1] == ':' ? line : Value().Match(line).Value;
            }
        }
    }

    /// <summary>Values of an option that the original names in passing: ours has them all somewhere.</summary>
    private static IEnumerable<string> Values(string help) =>
        Alternatives().Matches(help).SelectMany(static m => m.Value.Split(['|', ',', ' '], StringSplitOptions.RemoveEmptyEntries))
            .Concat(Table().Matches(help).SelectMany(static m => m.Groups[1].Value.Split(' ')));

    private static void AreFactsOf(string theirs, string ours)
    {
        string[] facts = [.. FactLines(theirs)];
        Assert.Equal(facts, FactLines(ours).Where(facts.Contains));
        HashSet<string> words = [.. AnyWord().Matches(ours).Select(static m => m.Value)];
        Assert.Superset(Values(theirs).ToHashSet(), words);
    }

    private static string ExtensionHelp(ProgramSet programs, string program, string flag, string name)
    {
        string help = Help(programs, program, flag, name);
        string own = Help(programs, program);
        Assert.True(help.Length > own.Length, $"{program} {flag} {name} -h says no more than {program} -h");
        return help[own.Length..];
    }

    private static string Said(ProgramSet programs, string program)
    {
        using Machine machine = new(programs);
        string linked = Path.Combine(programs.Folder, program);
        CommandResult result = machine.Shell($"{(File.Exists(linked) ? linked : Path.Combine(programs.Source, program))} -h");
        return result.Stdout + result.Stderr;
    }

    private static string Commands(ProgramSet programs, string program)
    {
        string help = Help(programs, program);
        return help[help.IndexOf("\nCommands:", StringComparison.Ordinal)..];
    }

    private static string Help(ProgramSet programs, string program, params string[] words)
    {
        using Machine machine = new(programs);
        CommandResult result = machine.Program(program, [.. words, "-h"]);
        Assert.Equal(0, result.ExitStatus);
        return result.Stdout;
    }

    [GeneratedRegex("""new\("([^"]+)", (Both|IPv4|IPv6),""")]
    private static partial Regex Entry();

    /// <summary>A heading; the original's name of its own library, which one of them has by mistake, is none.</summary>
    [GeneratedRegex("""^(\S.*? (?:match|target)(?: mutually-exclusive)? )(?:vlib\S+ )?(options)\b|^(\S+ does not take any options|Commands:|Options:)$""")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?:Usage:)? +(?:\S*/)?")]
    private static partial Regex Usage();

    /// <summary>With the blanks before it, since kinds of a type of ICMP stand below it.</summary>
    [GeneratedRegex(@"^\s*\S+(?: \(\S+\))?")]
    private static partial Regex Value();

    /// <summary>
    /// Words with bars or commas between. In round brackets the original has <c>all|any|none</c>, the last of which it does not take.
    /// Others are <c>{GATE|IPIP|MASQ}</c>, <c>[original, reply, both]</c>, <c>hop,dst,route</c>.
    /// </summary>
    [GeneratedRegex(@"(?<![\w(|-])(?:[A-Za-z][\w-]*(?:\|[A-Za-z][\w-]*)+|(?<=\[)\w+(?:, \w+)+(?=\])|[A-Za-z][\w-]*(?:,[A-Za-z][\w-]*){2,})")]
    private static partial Regex Alternatives();

    /// <summary>Values in a column of their own, or behind the word that says what they are.</summary>
    [GeneratedRegex("""(?:\(0x[0-9a-f]+\) +\d+ |Flags: |^chunktypes - |^ {4}(?=\S+ +strip "))([\w-]+(?:(?<!^ {4}[\w-]+) [\w-]+)*)""", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"(?<![\w-])[A-Za-z][\w-]*")]
    private static partial Regex AnyWord();

    [GeneratedRegex("(?<![a-z0-9-])--[a-z0-9][a-z0-9-]*")]
    private static partial Regex LongName();

    [GeneratedRegex("(?<![A-Za-z0-9-])-(?:-[a-z0-9][a-z0-9-]*|[A-Za-z0-9](?![A-Za-z0-9-]))")]
    private static partial Regex Word();
}

using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Programs;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Manual;

/// <summary>What completion offers, on a machine whose chains and devices are known.</summary>
public sealed class CompletionSnapshotTests : ICandidateSource
{
    /// <summary>Lines up to the cursor.</summary>
    private static readonly string[] s_lines =
    [
        "iptables ",
        "iptables -",
        "iptables -t ",
        "iptables --table=m",
        "iptables -A ",
        "iptables -t nat -A ",
        "iptables -tnat -A PRE",
        "iptables -D ssh ",
        "iptables -P INPUT ",
        "iptables -E ssh ",
        "iptables -L",
        "iptables -X ",
        "iptables -L ",
        "iptables -nvL I",
        "iptables -A INPUT ",
        "iptables -A INPUT ! ",
        "iptables -A INPUT -m ",
        "ip6tables -A INPUT -m ",
        "iptables -A INPUT -m conntrack ",
        "iptables -A INPUT -m conntrack --ctstate ",
        "iptables -A INPUT -m conntrack --ctstate NEW,",
        "iptables -A INPUT -m conntrack --ctstate NEW ! --ct",
        "iptables -A INPUT -m dscp --dscp-class CS",
        "iptables -A INPUT -p ",
        "iptables -A INPUT -p tcp --",
        "iptables -A INPUT --protocol=udp --s",
        "iptables -A INPUT -i ",
        "iptables -A INPUT -j ",
        "iptables -t nat -A POSTROUTING -j ",
        "ip6tables -t nat -A POSTROUTING -j S",
        "iptables -A INPUT -j REJECT --reject-with ",
        "ip6tables -A INPUT -j REJECT --reject-with=icmp6-a",
        "iptables -A INPUT -g ",
        "iptables -A INPUT -m set --match-set name ",
        "iptables -A INPUT -m comment --comment \"-j is no option here\" -j LO",
        "iptables-save -",
        "iptables-save -t ",
        "iptables-save -f ",
        "iptables-restore ",
        "iptables-restore --modprobe ",
        "sharptables ",
        "sharptables completion ",
        "sharptables manual iptables-s",
        "sharptables manual -",
    ];

    public static IEnumerable<object[]> Shells => CompletionScript.Shells.Select(static shell => new object[] { shell });

    [Fact]
    public void What_is_offered_is_as_it_was_found_good()
    {
        StringBuilder text = new();
        foreach (string line in s_lines)
        {
            text.Append($"{line}|\n");
            foreach (Candidate candidate in At(line))
            {
                text.Append($"    {candidate.Text}{(candidate.Summary.Length > 0 ? "  " : "")}{candidate.Summary}\n");
            }
        }

        Snapshot.Matches("completion.txt", text.ToString());
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void A_shell_s_script_is_as_it_was_found_good(string shell) =>
        Snapshot.Matches($"completion.{shell}", CompletionScript.Find(shell, ManualPages.ProgramNames())!);

    [Fact]
    public void Every_option_of_every_extension_is_offered_with_its_words()
    {
        foreach ((string letter, ExtensionEntry[] entries) in (IEnumerable<(string, ExtensionEntry[])>)
            [("-m", ExtensionList.Matches.ToArray()), ("-j", ExtensionList.Targets.ToArray())])
        {
            foreach (ExtensionEntry entry in entries.Where(static entry => (entry.Families & Families.Both) != 0))
            {
                Family family = (entry.Families & Families.IPv4) != 0 ? Family.IPv4 : Family.IPv6;
                Extension extension = entry.Build(family);
                string line = $"{family.Program} -t {extension.Usage.Tables?[0] ?? "filter"} -A chain {letter} ";
                Assert.Contains(entry.Name, At(line).Select(static candidate => candidate.Text));
                line += $"{entry.Name} --";
                HashSet<string> offered = [.. At(line).Select(static candidate => candidate.Text)];
                Assert.All(extension.Options, option => Assert.Contains($"--{option.Name}", offered));
                foreach (Option option in extension.Options.Where(static option => option is { Words: 1, Choices.Count: > 0 }))
                {
                    Assert.Equal(option.Choices, At($"{line}{option.Name} ").Select(static candidate => candidate.Text));
                }
            }
        }
    }

    [Fact]
    public void Every_option_of_every_program_is_offered()
    {
        foreach (ProgramEntry program in ProgramList.All)
        {
            HashSet<string> offered = [.. At($"{program.Name} -").Select(static candidate => candidate.Text)];
            foreach (CommandOption option in program.Describe(program.Family).Options.Where(static option => option.Summary.Length > 0))
            {
                Assert.True(option.Name.Length == 0 || offered.Contains($"--{option.Name}"), $"{program.Name} --{option.Name}");
                Assert.True(!option.HasLetter || offered.Contains($"-{option.Letter}"), $"{program.Name} -{option.Letter}");
            }
        }
    }

    IEnumerable<Candidate> ICandidateSource.Find(string kind, string table) => kind switch
    {
        "chain" => [.. BuiltInTable.Named(table, Family.IPv4)!.Chains.Append("ssh").Select(static chain => new Candidate(chain))],
        "interface" => [new("lo"), new("wan0")],
        "protocol" or "proto" => [new("tcp"), new("udp")],
        _ => new CandidateSource(Family.IPv4, KernelInterface.Legacy).Find(kind, table),
    };

    private List<Candidate> At(string line)
    {
        List<string> words = [];
        bool isQuoted = false;
        StringBuilder word = new();
        foreach (char c in line)
        {
            if (c == ' ' && !isQuoted)
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                isQuoted ^= c == '"';
                word.Append(c);
            }
        }

        words.Add(word.ToString());
        ProgramEntry program = ProgramList.Find(words[0])!;
        return Completion.Find(program.Describe(program.Family), words.ToArray().AsSpan(1), this);
    }
}

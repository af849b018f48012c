using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>Real shells complete what is typed, on a machine with a chain of its own, as root and as somebody else.</summary>
public sealed class CompletionTests
{
    /// <summary>What is typed, and what the line is then.</summary>
    private static readonly (string Typed, string Completed)[] s_lines =
    [
        ("iptables --app", "iptables --append "),
        ("iptables -t mang", "iptables -t mangle "),
        ("iptables --table=secu", "iptables --table=security "),
        ("iptables -A my-ch", "iptables -A my-chain "),
        ("iptables -X my-ch", "iptables -X my-chain "),
        ("iptables -A INPUT -j my-ch", "iptables -A INPUT -j my-chain "),
        ("ip6tables -A INPUT -m conntr", "ip6tables -A INPUT -m conntrack "),
        ("iptables -A INPUT -m conntrack --ctstate EST", "iptables -A INPUT -m conntrack --ctstate ESTABLISHED "),
        ("iptables -A INPUT -m conntrack --ctstate NEW,EST", "iptables -A INPUT -m conntrack --ctstate NEW,ESTABLISHED "),
        ("iptables -A INPUT -p tcp --dport 80:90 --tcp-fl", "iptables -A INPUT -p tcp --dport 80:90 --tcp-flags "),
        ("iptables -A INPUT -p tcp --dport 1024: -j REJ", "iptables -A INPUT -p tcp --dport 1024: -j REJECT "),
        ("ip6tables -A INPUT -s fe80::  -d ::1 --jump=REJ", "ip6tables -A INPUT -s fe80::  -d ::1 --jump=REJECT "),
        ("iptables -A INPUT -m comment --comment \"it is -j\" -j REJ", "iptables -A INPUT -m comment --comment \"it is -j\" -j REJECT "),
        ("iptables -A INPUT -i l", "iptables -A INPUT -i lo "),
        ("iptables -A INPUT -m physdev --physdev-in l", "iptables -A INPUT -m physdev --physdev-in lo "),
        ("iptables -A OUTPUT -m owner --uid-owner nobo", "iptables -A OUTPUT -m owner --uid-owner nobody "),
        ("iptables -A INPUT -p udpl", "iptables -A INPUT -p udplite "),
        ("iptables-legacy-save --cou", "iptables-legacy-save --counters "),
        ("ip6tables-restore --te", "ip6tables-restore --test "),
        ("iptables-restore my-ru", "iptables-restore my-rules "),
        ("iptables-restore --modprobe unsha", "iptables-restore --modprobe unshare "),
        ("sharptables comple", "sharptables completion "),
        ("sharptables completion fi", "sharptables completion fish "),
        ("sharptables manual iptables-ext", "sharptables manual iptables-extensions "),
    ];

    private static readonly string s_driver = Workspace.PathOf("tests", "Sharptables.DifferentialTests", "Shells", "type.py");

    public static IEnumerable<object[]> Rows =>
        from shell in (string[])["bash", "zsh", "fish"]
        from line in s_lines
        select new object[] { shell, line.Typed, line.Completed };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_shell_completes_what_is_typed(string shell, string typed, string completed)
    {
        // zsh finds a function by the name of its file.
        using Machine machine = new(ProgramSet.Ours);
        string script = Prepare(machine, shell, shell == "zsh" ? "_sharptables" : "completion", out string before);
        if (shell == "fish")
        {
            // fish prints what it would replace the last word with.
            CommandResult asked = machine.Shell($"{before}LINE={Quoted(typed)} fish --no-config -c 'source {script}; complete -C$LINE'");
            string word = completed.TrimEnd().Split(' ')[^1];
            Assert.True(asked.ExitStatus == 0 && asked.Stderr.Length == 0, asked.Stderr);
            Assert.Equal(word, Assert.Single(asked.Stdout.TrimEnd('\n').Split('\n')).Split('\t')[0]);
            return;
        }

        Assert.Equal(completed, Typed(machine, before, shell, script, typed));
    }

    /// <summary>What the kernel holds comes into the line as a word, whatever it means to the shell.</summary>
    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    public void A_chain_with_an_odd_name_is_quoted(string shell)
    {
        using Machine machine = new(ProgramSet.Ours);
        string script = Prepare(machine, shell, "completion", out string before);
        Assert.Equal(0, machine.Shell("iptables -N 'odd$chain;(x)'").ExitStatus);
        Assert.Equal("iptables -A odd\\$chain\\;\\(x\\) ", Typed(machine, before, shell, script, "iptables -A od"));
    }

    /// <summary>zsh reads the script itself, or finds it under any name that begins with an underscore.</summary>
    [Theory]
    [InlineData("completion")]
    [InlineData("_iptables")]
    public void Zsh_does_not_mind_the_name_of_the_script(string file)
    {
        using Machine machine = new(ProgramSet.Ours);
        string script = Prepare(machine, "zsh", file, out string before);
        Assert.Equal("iptables -t mangle ", Typed(machine, before, "zsh", script, "iptables -t mang"));
    }

    [Fact]
    public void Who_is_not_root_is_offered_what_anybody_may_know_and_nothing_is_said()
    {
        using Machine machine = new(ProgramSet.Ours);
        CommandResult result = machine.Shell(
            $"iptables -N my-chain && setpriv --reuid=65534 --clear-groups {machine.Programs.Source}/sharptables completion --words iptables -A ''");
        Assert.Equal((0, "INPUT\nFORWARD\nOUTPUT\n", ""), (result.ExitStatus, result.Stdout, result.Stderr));
    }

    [Fact]
    public void To_ask_about_a_table_does_not_load_it()
    {
        using Machine machine = new(ProgramSet.Ours);
        CommandResult result = machine.Shell($"{machine.Programs.Source}/sharptables completion --words iptables -t mangle -A P; cat /proc/net/ip_tables_names");
        Assert.Equal("PREROUTING\nPOSTROUTING\n", result.Stdout);
    }

    [Theory]
    [InlineData("sharptables completion", "say for which shell")]
    [InlineData("sharptables completion csh", "say for which shell")]
    [InlineData("sharptables completion --words", "say for which shell")]
    public void What_makes_no_sense_is_said_in_one_line(string line, string error)
    {
        using Machine machine = new(ProgramSet.Ours);
        CommandResult result = machine.Shell($"{machine.Programs.Source}/{line}");
        Assert.Equal((2, ""), (result.ExitStatus, result.Stdout));
        Assert.Contains(error, Assert.Single(result.Stderr.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>A half-typed line of anything is completed, or not, and never with an error.</summary>
    [Fact]
    public void Whatever_is_typed_is_answered()
    {
        string[] words =
        [
            "''", "-", "--", "---", "!", "-A", "-m", "-j", "=", "--=", "--table=", "--ctstate=", ",", "tcp", "nosuch", "-m nosuch --", "-p nosuch --", "-t nosuch -A", "$(printf '\\377')",
        ];
        using Machine machine = new(ProgramSet.Ours);
        string lines = string.Join('\n', from one in words from other in words select $"sharptables completion --words iptables {one} {other} || echo {one.Length} {other.Length} $?");
        CommandResult result = machine.Shell($"PATH={machine.Programs.Source}:$PATH; {{ {lines}\n}} 2>&1 | grep -a -e '^[0-9]' -e rror -e xception");
        Assert.Equal("", result.Stdout);
    }

    /// <summary>Makes a folder with a script and a file of rules, and a chain; gives the shell line that goes there.</summary>
    private static string Prepare(Machine machine, string shell, string file, out string before)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Workspace.Temporary, $"completion.{shell}.{file}")).FullName;
        File.WriteAllText(Path.Combine(folder, "my-rules"), "");
        before = $"cd {folder} && export HOME={folder} PATH={machine.Programs.Source}:$PATH && ";
        CommandResult made = machine.Shell($"{before}sharptables completion {shell} > {file} && iptables -N my-chain");
        Assert.True(made is { ExitStatus: 0, Stderr: "" }, made.Stderr);
        return Path.Combine(folder, file);
    }

    private static string Typed(Machine machine, string before, string shell, string script, string typed)
    {
        CommandResult result = machine.Shell($"{before}python3 {s_driver} {shell} {script} {Quoted(typed)}");
        Assert.True(result.ExitStatus == 0, result.Stderr);
        return result.Stdout.TrimEnd('\n');
    }

    private static string Quoted(string text) => $"'{text}'";
}

using System.Text.RegularExpressions;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>
/// Whole rulesets as XML: as the original writes it, and back to the same rules by iptables.xslt. Single lines are in
/// <c>Cases/xml.cases</c>.
/// </summary>
public sealed partial class XmlTests
{
    private static readonly string s_styleSheet = Workspace.PathOf("packaging", "iptables.xslt");

    public static IEnumerable<object[]> Names => RulesetTests.Names;

    /// <summary>Also those that do not load: no table is looked at.</summary>
    public static IEnumerable<object[]> NamesAndOptions =>
        from name in RulesetFiles.All.Keys.Concat(RulesetFiles.Refused.Keys)
        from options in (string[])["", "-c", "-v", "-cv"]
        select new object[] { name, options };

    [Theory]
    [MemberData(nameof(NamesAndOptions))]
    public void As_the_original_writes_it(string name, string options)
    {
        string path = RulesetFiles.All.GetValueOrDefault(name) ?? RulesetFiles.Refused[name];
        AssertSame(WithCounters(RulesetFiles.Text(path)), options);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Saves_with_counters_are_written_alike_and_come_back(string name)
    {
        using Machine machine = new(ProgramSet.Ours);
        string program = RulesetFiles.Family(name);
        Succeed(machine.Shell($"{program}-restore", RulesetFiles.Text(RulesetFiles.All[name])));

        // Counters of an idle namespace are zero, so they are replaced by other numbers.
        int packets = 0;
        string saved = CounterPattern().Replace(
            Succeed(machine.Shell($"{program}-save -c")), _ => $"[{++packets}:{18446744073709551615 / 2 / (ulong)packets}]");
        AssertSame(saved, "-c");
        AssertComesBack(program, saved, "");
    }

    /// <summary>From text to XML to text; the kernel then holds the same rules, whichever text is restored.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Comes_back_as_the_same_rules(string name)
    {
        foreach (string options in (string[])["", "-c"])
        {
            AssertComesBack(RulesetFiles.Family(name), RulesetFiles.Text(RulesetFiles.All[name]), options);
        }
    }

    /// <summary>Every rule of every .spec file, as it is saved; here the text itself must come back.</summary>
    [Fact]
    public void Every_extension_s_rules_are_written_alike_and_come_back_word_for_word()
    {
        string[] saved =
        [
            .. SpecFile.Cases
                .Where(static line => line.IsTaken && line.Saved.Length > 0 && !line.Saved.Contains('\'', StringComparison.Ordinal))
                .Select(static line => $"-A INPUT {line.Saved}")
                .Distinct(),
        ];
        Assert.True(saved.Length > 1500, $"only {saved.Length} rules");
        Assert.Equal(Text(saved).Replace("--nfacct-name  ", "--nfacct-name ", StringComparison.Ordinal), Back(Text(saved), ""));

        // A value that begins with a dash looks like an option.
        Assert.Contains("-A INPUT -m comment --comment -foo", saved);
        AssertSame(Text(saved.Where(static rule => !rule.EndsWith(" -foo", StringComparison.Ordinal))), "");

        static string Text(IEnumerable<string> rules) => $"*filter\n:INPUT ACCEPT [0:0]\n{string.Join('\n', rules)}\nCOMMIT\n";
    }

    [Theory]
    [InlineData("-A INPUT -m comment --comment \"a \\\"b\\\" \\\\ c\" -j DROP")]
    [InlineData("-A INPUT -m comment --comment \"\\\"\" -j DROP")]
    [InlineData("-A INPUT -m comment --comment \"\\\\\" -j DROP")]
    [InlineData("-A INPUT -m comment --comment \"  two  blanks  \" -j DROP")]
    [InlineData("-A INPUT -m comment --comment \"-j\" -j DROP")]
    [InlineData("-A INPUT -i a\rb -m comment --comment \"\r a\r\\\"\rb \r\" -j DROP")]
    [InlineData("-A INPUT -m comment --comment \"! <&>' \u00e4\u00c3\u00a4\u0080\u007f\t\" -j DROP")]
    [InlineData("-A INPUT -m comment --comment \"\\\"a\\\" \\\"b\\\"\" -j LOG --log-prefix \"\\\"x\\\" \"")]
    [InlineData("-A INPUT -m comment --comment \"\" ! -f -j DROP")]
    [InlineData("-A INPUT ! -s 10.0.0.0/8 ! -i eth0 -p tcp -m tcp ! --sport 5 ! --tcp-flags SYN,ACK SYN -m comment --comment no -g 0-in")]
    [InlineData("-A INPUT -p tcp -m tcp --tcp-option 2 -m addrtype --limit-iface-in ! --src-type LOCAL -j a:b")]
    [InlineData("-A INPUT -j DROP -m comment --comment \"behind the target\"")]
    [InlineData("-A INPUT -s1.1.1.1 -p tcp --dport=5 -jDROP")]
    [InlineData("-A INPUT --source 1.1.1.1 --protocol tcp --match tcp --jump DROP")]
    [InlineData("-A INPUT --goto 0-in")]
    [InlineData("[5:6] -A INPUT -j 0-in\n[7:8] -A 0-in -j a:b\n[9:10] -A a:b\n[11:12] -A 0-in -j RETURN")]
    public void Odd_rules_come_back(string rules) =>
        AssertComesBack("iptables", $"*filter\n:INPUT DROP [1:2]\n:0-in - [0:0]\n:a:b - [0:0]\n:empty - [0:0]\n{rules}\nCOMMIT\n", "");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Generated_rules_come_back(int seed)
    {
        Generated.CommandGenerator generator = new(seed, validOnly: true);
        using Machine machine = new(ProgramSet.Ours);
        for (int i = 0; i < 80; i++)
        {
            // What the kernel refuses is left out by the exit status.
            machine.Shell(generator.NextAppend());
        }

        string rules = Succeed(machine.Shell($"{generator.Program}-save -c"));
        Assert.Contains(" -A ", rules, StringComparison.Ordinal);
        AssertComesBack(generator.Program, rules, "");
    }

    [Fact]
    public void A_hundred_megabytes_are_read_without_a_limit()
    {
        using Machine machine = new(ProgramSet.Ours);
        CommandResult rules = machine.Shell(
            "{ echo '*filter'; yes -- '-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT' | head -n 1700000; echo COMMIT; } "
            + "| iptables-xml | grep -c '<dport >22</dport>'");
        Assert.Equal("1700000\n", rules.Stdout);
        CommandResult noise = machine.Shell("head -c 100000000 /dev/urandom | iptables-xml > /dev/null");
        Assert.Equal(1, noise.ExitStatus);
        Assert.StartsWith("iptables-xml: line 1 failed\n", noise.Stderr, StringComparison.Ordinal);
        CommandResult oneLine = machine.Shell(
            "{ echo '*filter'; printf '%s' '-A INPUT --xy '; head -c 16000000 /dev/zero | tr '\\0' y; echo; echo COMMIT; } "
            + "| iptables-xml | tr -cd y | wc -c");
        Assert.Equal("16000002\n", oneLine.Stdout);
    }

    [Fact]
    public void A_reader_that_goes_away_ends_it()
    {
        // By SIGPIPE, as it ends any program of the original, which a shell shows as 141.
        using Machine machine = new(ProgramSet.Ours);
        CommandResult result = machine.Shell(
            "{ echo '*filter'; yes -- '-A INPUT -j DROP' | head -n 1000000; } | { env --default-signal=PIPE iptables-xml; echo $? >&2; } | head -n 1");
        Assert.Equal(("<iptables-rules version=\"1.0\">\n", "141\n"), (result.Stdout, result.Stderr));
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_one_clear_error()
    {
        string folder = Directory.CreateTempSubdirectory("sharptables-xml-").FullName;
        try
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0x1ed); // 0755: another user is to come in
            string file = Path.Combine(folder, "rules");
            string program = Path.Combine(folder, "iptables-xml");
            File.WriteAllText(file, "*filter\nCOMMIT\n");
            File.SetUnixFileMode(file, UnixFileMode.None);
            File.Copy(Path.Combine(ProgramSet.Ours.Source, "xtables-multi"), program);
            using Machine machine = new(ProgramSet.Ours);
            CommandResult result = machine.Shell($"setpriv --reuid 65534 --clear-groups {program} {file}");
            Assert.Equal((1, "", $"Can't open {file}: Permission denied\n"), (result.ExitStatus, result.Stdout, result.Stderr));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>For counters that a chain's line lacks, the original prints uninitialised memory.</summary>
    private static string WithCounters(string rules) => ChainPattern().Replace(rules, "$0 [0:0]");

    private static void AssertSame(string rules, string options)
    {
        using Machine machine = new(ProgramSet.Ours);
        CommandResult ours = machine.Shell($"iptables-xml {options}", rules);
        CommandResult theirs = machine.ShellWith(ProgramSet.Reference, $"iptables-xml {options}", rules);
        Report.None(CaseRunner.Compare(new CaseCommand($"iptables-xml {options}", 0), ours, theirs));
    }

    private static void AssertComesBack(string program, string rules, string options)
    {
        // -c refuses a chain's line without counters.
        string counters = rules == WithCounters(rules) ? "-c" : "";
        Assert.Equal(Restored(program, counters, rules), Restored(program, counters, Back(rules, options)));
    }

    private static string Back(string rules, string options)
    {
        using Machine machine = new(ProgramSet.Ours);
        string xml = Succeed(machine.Shell($"iptables-xml {options}", rules));
        CommandResult back = machine.Shell($"xsltproc {s_styleSheet} -", xml);
        Assert.Equal("", back.Stderr);
        return Succeed(back);
    }

    /// <summary>What the kernel holds after a restore, as it is saved with counters.</summary>
    private static string Restored(string program, string options, string rules)
    {
        using Machine machine = new(ProgramSet.Ours);
        Succeed(machine.Shell($"{program}-restore {options}", rules));
        return CommentPattern().Replace(Succeed(machine.Shell($"{program}-save -c")), "");
    }

    private static string Succeed(CommandResult result)
    {
        Assert.True(result.ExitStatus == 0, $"exit status {result.ExitStatus}\n{result.Stderr}");
        return result.Stdout;
    }

    [GeneratedRegex(@"^:\S+ \S+(?= *$)", RegexOptions.Multiline)]
    private static partial Regex ChainPattern();

    [GeneratedRegex(@"\[0:0\]")]
    private static partial Regex CounterPattern();

    [GeneratedRegex(@"^#.*\n", RegexOptions.Multiline)]
    private static partial Regex CommentPattern();
}

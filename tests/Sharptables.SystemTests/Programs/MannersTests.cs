using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>What every program and command does alike.</summary>
public sealed class MannersTests
{
    private static readonly string[] s_commands = ["completion", "doctor", "manual", "migrate", "programs", "translate"];

    public static IEnumerable<object[]> Programs =>
    [
        .. Run("sharptables programs").Stdout.TrimEnd('\n').Split('\n').Select(static link => new object[] { Path.GetFileName(link) }),
        .. s_commands.Select(static command => new object[] { $"sharptables {command}" }),
    ];

    /// <summary>Some end with 1, as the original's do.</summary>
    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_program_shows_its_help_within_80_columns(string program)
    {
        CommandResult result = Run($"{program} --help");
        string text = result.Stdout + result.Stderr;
        Assert.Contains(text.Split('\n'), static line => line.Contains("Usage:", StringComparison.Ordinal) || line.Contains("one of these names", StringComparison.Ordinal));
        string[] lines = [.. text.Split('\n').SkipWhile(static line => line.Length > 0).Where(static line => !line.StartsWith("Usage:", StringComparison.Ordinal))];
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, 80)); // the usage is a fact
        Assert.InRange(result.ExitStatus, 0, 1);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_program_shows_its_version(string program)
    {
        if (program is "iptables-xml" or "xtables-monitor" || program.EndsWith("-restore-translate", StringComparison.Ordinal))
        {
            Assert.NotEqual("", Run($"{program} --help").Stdout + Run($"{program} --help").Stderr); // the original's usage, which is all that they show
            return;
        }

        CommandResult result = Run($"{program} --version");
        Assert.Contains("1.8.10", result.Stdout + result.Stderr, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitStatus);
    }

    [Theory]
    [InlineData("sharptables docter", "Hint: Did you mean \"sharptables doctor\"?")]
    [InlineData("sharptables migrate --dry-rnu nft", "Hint: Did you mean --dry-run?")]
    [InlineData("sharptables manual iptable", "Hint: Did you mean \"iptables\"?")]
    [InlineData("iptables-save --tabel filter", "Hint: Did you mean --table?")]
    public void A_word_that_is_misspelled_is_corrected(string command, string hint)
    {
        CommandResult result = Run(command);
        Assert.Contains(hint, result.Stderr.Split('\n'));
        Assert.NotEqual(0, result.ExitStatus);
    }

    [Fact]
    public void A_page_is_text_that_fits_a_terminal()
    {
        string page = Run("sharptables manual iptables-extensions").Stdout;
        Assert.StartsWith("IPTABLES-EXTENSIONS(8)", page, StringComparison.Ordinal);
        Assert.Contains("\nMATCHES\n       A match follows -m,", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\\', page.Replace("\\\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain('\e', page);
        Assert.All(page.Split('\n'), static line => Assert.False(line.Length > 80 && line.TrimStart().Contains(' ', StringComparison.Ordinal) && !line.StartsWith("           ", StringComparison.Ordinal), line));
    }

    /// <summary>As the roff is read by man(1).</summary>
    [Theory]
    [InlineData("iptables")]
    [InlineData("sharptables-doctor")]
    [InlineData("iptables-save")]
    public void A_page_has_the_words_that_man_shows(string page)
    {
        string ours = Run($"sharptables manual {page}").Stdout;
        string theirs = Run($"sharptables manual --roff {page} >page; MANWIDTH=78 man --no-hyphenation --no-justification -l page | col -bx").Stdout;
        Assert.Equal(Words(theirs), Words(ours));

        static string[] Words(string text) => text.Replace('\u2010', '-').Replace('\u2019', '\'').Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void On_a_terminal_a_page_is_shown_by_the_pager()
    {
        string shown = Run("PAGER='head -n 3; echo end of pager' script -qc 'sharptables manual iptables' /dev/null </dev/null").Stdout;
        Assert.Contains("\e[1mNAME\e[0m", shown, StringComparison.Ordinal);
        Assert.Contains("end of pager", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("DESCRIPTION", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_pager_that_is_named_a_page_is_shown_all_the_same() =>
        Assert.Contains("NAME", Run("PAGER=/nonexistent script -qc 'sharptables manual iptables' /dev/null </dev/null").Stdout, StringComparison.Ordinal);

    private static CommandResult Run(string script)
    {
        string scratch = Directory.CreateTempSubdirectory("sharptables-manners.").FullName;
        try
        {
            return new Command("unshare", "--net", "bash", "-c", $"cd {scratch}; export LANG=C.UTF-8 TERM=xterm\n{script}")
            {
                Variables = Command.ProgramsUnderTest($"{scratch}/lock"),
            }.Run();
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}

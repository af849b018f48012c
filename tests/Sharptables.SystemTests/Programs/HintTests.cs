using Sharptables.SystemTests.Installing;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>Where hints are printed: by what standard error is, by the environment, and by the configuration file.</summary>
public sealed class HintTests
{
    private const string Answer = "iptables: Bad rule (does a matching rule exist in that chain?).\n";
    private const string AnswerHint = "Hint: Chain INPUT of table filter has no rule that is exactly like this one.\n";
    private const string Mistake = "iptables v1.8.10 (legacy): unknown option \"--nosuch\"\n"
        + "Try `iptables -h' or 'iptables --help' for more information.\n";
    private const string SetHint = "Hint: SHARPTABLES_HINTS is always, auto or never, not \"perhaps\".\n";

    [Fact]
    public void Below_an_answer_only_on_a_terminal() => Says("""
        iptables -D INPUT -j DROP || true
        script -qec 'iptables -D INPUT -j DROP' /dev/null | tr -d '\r' || true
        """, Answer + Answer + AnswerHint);

    [Fact]
    public void The_environment_says_otherwise() => Says("""
        SHARPTABLES_HINTS=always iptables -D INPUT -j DROP || true
        SHARPTABLES_HINTS=never script -qec 'iptables -D INPUT -j DROP' /dev/null | tr -d '\r' || true
        SHARPTABLES_HINTS=never iptables -A INPUT --nosuch || true
        """, Answer + AnswerHint + Answer + Mistake);

    [Fact]
    public void The_configuration_file_says_otherwise_unless_the_environment_does() => Says("""
        printf '# hints for people\n\n  hints = always\n' > /etc/sharptables.conf
        iptables -D INPUT -j DROP || true
        SHARPTABLES_HINTS=auto iptables -D INPUT -j DROP || true
        echo hints=never > /etc/sharptables.conf
        script -qec 'iptables -D INPUT -j DROP' /dev/null | tr -d '\r' || true
        """, Answer + AnswerHint + Answer + Answer);

    [Fact]
    public void Never_leaves_iptables_restore_the_originals_line_alone() => Says(
        "printf '*filter\\n-A nosuch\\nCOMMIT\\n' | SHARPTABLES_HINTS=never iptables-restore || true",
        "iptables-restore: line 2 failed\n");

    /// <summary>A folder, a pipe that nobody writes to, and an endless file count as no file, and nothing waits for them.</summary>
    [Theory]
    [InlineData("mkdir /etc/sharptables.conf")]
    [InlineData("mkfifo /etc/sharptables.conf")]
    [InlineData("ln -s /dev/ptmx /etc/sharptables.conf")]
    [InlineData("ln -s /dev/zero /etc/sharptables.conf")]
    [InlineData("ln -s sharptables.conf /etc/sharptables.conf")]
    [InlineData("head -c 100M /dev/zero > /etc/sharptables.conf")]
    public void An_odd_file_is_no_file(string command) =>
        Says($"{command}; iptables -D INPUT -j DROP || true", Answer);

    [Fact]
    public void Settings_that_make_no_sense_are_told_once_and_count_as_not_set()
    {
        Says(
            "SHARPTABLES_HINTS=perhaps script -qec 'iptables -D INPUT -j DROP' /dev/null | tr -d '\\r' || true",
            Answer + AnswerHint + SetHint);
        Says("SHARPTABLES_HINTS=perhaps iptables -D INPUT -j DROP || true", Answer);
        Says("""
            printf 'hints = always\ncolour = red\n' > /etc/sharptables.conf
            iptables -D INPUT -j DROP || true
            """, Answer + AnswerHint + "Hint: /etc/sharptables.conf, line 2: a line is \"hints = always, auto or never\" or \"interface = legacy, nft or auto\".\n");
    }

    [Fact]
    public void The_file_is_not_opened_without_an_error() => Says("""
        echo hints=always > /etc/sharptables.conf
        strace -f -qq -e trace=open,openat iptables -A INPUT -j DROP 2>&1 | grep sharptables.conf || true
        strace -f -qq -e trace=open,openat iptables -C INPUT -j ACCEPT 2>&1 | grep -c sharptables.conf || true
        """, "1\n");

    private static void Says(string script, string expected)
    {
        string before = $"rm -rf /etc/sharptables.conf; export PATH='{Workspace.Sbin}':$PATH XTABLES_LOCKFILE=/tmp/lock";
        Assert.Equal(expected, OverlayMachine.Run($"{before}\n{script}\n"));
    }
}

using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>iptables-apply: the question whether the new rules work, and what each answer does.</summary>
public class ApplyAnswerTests
{
    private const string Refusal = "No affirmative response! Better play it safe...";
    private const string Timeout = "Timeout! Something happened (or did not). Better play it safe...";
    private const string Reverted = "\r\nReverting to old iptables rules... done.\r\n";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    [Theory]
    [InlineData("iptables", "y")]
    [InlineData("iptables", "Yes\r")]
    [InlineData("ip6tables", "y")]
    public void A_yes_keeps_the_new_rules_and_saves_them(string program, string answer)
    {
        using ApplyMachine machine = Begin(program);
        machine.Write("saved", "what was saved before\n");
        File.SetUnixFileMode(Path.Combine(machine.Folder, "saved"), Private);
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 -w saved new");
        Assert.Equal("what was saved before\n", machine.Read("saved"));
        session.Terminal.Type(answer);
        Assert.Equal(0, session.Status());
        Assert.Contains("-A INPUT -j new", machine.Saved);
        Assert.Equal(ApplyMachine.Uncommented(machine.Run($"{program}-save")), ApplyMachine.Uncommented(machine.Read("saved")));
        Assert.Equal(Private, File.GetUnixFileMode(Path.Combine(machine.Folder, "saved")));
        Assert.Contains(ApplyMachine.Question + answer[0], session.Terminal.Shown); // what is typed is seen
        Assert.EndsWith(
            "Writing successfully applied rules to 'saved'...\r\n... then my job is done. See you next time.\r\n", session.Terminal.Shown);
        machine.AssertHoldsOnly("before", "lock", "new", "saved");
    }

    [Theory]
    [InlineData("iptables", "n", Refusal)]
    [InlineData("ip6tables", "n", Refusal)]
    [InlineData("iptables", "ny", Refusal)]
    [InlineData("iptables", "\x03", Refusal)] // Ctrl-C
    [InlineData("iptables", "\x04", Refusal)] // Ctrl-D
    [InlineData("iptables", "\x1a", Refusal)] // Ctrl-Z
    [InlineData("iptables", "\r", Timeout)]
    public void Any_other_answer_puts_the_old_rules_back(string program, string answer, string said)
    {
        using ApplyMachine machine = Begin(program);
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 -w saved new");
        Assert.NotEqual(before, machine.Saved);
        session.Terminal.Type(answer);
        Assert.Equal(255, session.Status());
        machine.AssertIsBack(before);
        Assert.EndsWith(said + Reverted, session.Terminal.Shown);
        Assert.False(machine.Has("saved"));
    }

    [Theory]
    [InlineData("iptables")]
    [InlineData("ip6tables")]
    public void Silence_puts_the_old_rules_back(string program)
    {
        using ApplyMachine machine = Begin(program);
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 1 -w saved new");
        Assert.Equal(255, session.Status());
        machine.AssertIsBack(before);
        Assert.EndsWith(Timeout + Reverted, session.Terminal.Shown);
        Assert.False(machine.Has("saved"));
    }

    /// <summary>An answer at the very end of the time limit may count or come too late.</summary>
    [Fact]
    public void A_yes_at_the_last_moment_counts_wholly_or_not_at_all()
    {
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, number =>
        {
            using ApplyMachine machine = Begin();
            string before = machine.Saved;
            using ApplySession session = machine.ApplyAndAwaitQuestion("-t 1 -w saved new");
            Thread.Sleep(960 + (number * 10));
            session.Terminal.Type("y");
            int status = session.Status();
            Assert.Equal(status == 0, machine.Has("saved"));
            Assert.Equal(status == 0, session.Terminal.Shown.Contains("my job is done", StringComparison.Ordinal));
            if (status == 0)
            {
                Assert.Contains("-A INPUT -j new", machine.Saved);
            }
            else
            {
                Assert.Equal(255, status);
                machine.AssertIsBack(before);
            }
        });
    }

    [Theory]
    [InlineData("printf y | iptables-apply -t 60 -w saved new", 0, true)]
    [InlineData("printf n | iptables-apply -t 60 -w saved new", 255, false)]
    [InlineData("iptables-apply -t 60 -w saved new", 255, false)] // the input ends
    [InlineData("iptables-apply -t 60 -w saved new <&-", 255, false)]
    [InlineData("printf y | iptables-apply -t 0 -w saved new", 255, false)] // no time for an answer
    [InlineData("printf y | iptables-apply -t 60 -w saved new >/dev/full", 1, false)]
    [InlineData("sleep 3 | iptables-apply -t 60 -w saved new | head -c 1 >/dev/null", 0, false)]
    [InlineData("cat new | (sleep 3 | iptables-apply -t 1 -w saved /dev/fd/3) 3<&0", 255, false)] // rules through a pipe
    public void Without_a_terminal_too(string script, int status, bool isKept)
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        Assert.Equal(status, machine.Try(script).Status);
        Assert.Equal(isKept, machine.Has("saved"));
        if (isKept)
        {
            Assert.Contains("-A INPUT -j new", machine.Saved);
        }
        else
        {
            machine.AssertComesBack(before);
        }
    }

    [Fact]
    public void While_one_waits_for_its_answer_another_is_refused()
    {
        using ApplyMachine machine = Begin();
        string before = machine.Saved;
        using ApplySession session = machine.ApplyAndAwaitQuestion("-t 60 new");
        string during = machine.Saved;
        foreach (string words in new[] { "new", "-c ./change" })
        {
            machine.Write("change", "#!/bin/sh\niptables -F\n");
            (int status, string output, string errors) = machine.Try($"iptables-apply {words}");
            Assert.Equal((10, ""), (status, output));
            Assert.Matches(
                $@"^Error: another iptables-apply \(process {session.ProcessId}\) waits for its answer; in \d+ s it restores the old rules\n" +
                $"Hint: .*kill {session.ProcessId}\n$", errors);
        }

        Assert.Equal(during, machine.Saved);
        Assert.Equal(2, machine.Try("ip6tables-apply nosuch").Status); // the other family is another matter
        ApplySession.Signal(session.ProcessId, 15);
        machine.AssertComesBack(before);
        Assert.True(ApplySession.Eventually(() => machine.Try("printf y | iptables-apply new").Status == 0));
    }

    /// <summary>Both would restore rules of the same family, and one of them unconfirmed rules.</summary>
    [Theory]
    [InlineData("iptables-apply", "new", "ip6tables-apply", "-c ./change")]
    [InlineData("iptables-apply", "-c ./change", "ip6tables-apply", "new")]
    public void While_one_waits_that_of_the_other_family_is_refused_if_one_of_them_runs_a_command(
        string first, string words, string second, string otherWords)
    {
        using ApplyMachine machine = Begin();
        machine.Write("change", "#!/bin/sh\n:\n");
        using ApplySession session = machine.ApplyAndAwaitQuestion($"-t 60 {words}");
        (int status, string output, string errors) = machine.Try($"{second} {otherWords}");
        Assert.Equal((10, ""), (status, output));
        Assert.StartsWith($"Error: another {first} (process {session.ProcessId}) waits for its answer; ", errors);
        session.Terminal.Type("y");
        Assert.Equal(0, session.Status());
        Assert.Equal(0, machine.Try($"printf y | {second} {otherWords}").Status);
    }

    /// <summary>The interface of the kernel.</summary>
    protected virtual string Through => "legacy";

    private ApplyMachine Begin(string program = "iptables", string rules = ApplyMachine.OldRules) => ApplyMachine.Begin(program, rules, Through);
}

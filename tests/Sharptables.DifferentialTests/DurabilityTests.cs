using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sharptables.DifferentialTests.Running;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests;

/// <summary>A table is replaced as a whole or not at all, and no change is lost, whatever happens to a process.</summary>
public sealed class DurabilityTests
{
    private const int Rounds = 24;

    [Theory]
    [InlineData("iptables")]
    [InlineData("ip6tables")]
    public void A_killed_restore_leaves_the_old_table_or_the_new_one(string program)
    {
        string old = Ruleset(2000, "old");
        string @new = Ruleset(8000, "new");
        using Machine machine = new(ProgramSet.Ours);
        string Save() => Normalise.Output(machine.Shell($"{program}-save").Stdout);
        void Load(string rules)
        {
            CommandResult loaded = machine.Program($"{program}-restore", [], rules);
            Assert.True(loaded.ExitStatus == 0, loaded.Stderr);
        }

        Load(@new);
        string whenNew = Save();
        Stopwatch watch = Stopwatch.StartNew();
        Load(@new);
        TimeSpan whole = watch.Elapsed;
        Load(old);
        string whenOld = Save();
        Assert.NotEqual(whenOld, whenNew);

        Random random = new(7);
        int killed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            CommandResult result = machine.Killed($"{program}-restore", [], @new, whole * random.NextDouble());
            string now = Save();
            Assert.True(now == whenOld || now == whenNew, $"round {round}: neither the old table nor the new one");
            if (result.ExitStatus == 128 + 9)
            {
                killed++;
            }
            else
            {
                Assert.Equal(whenNew, now);
            }

            if (now == whenNew)
            {
                Load(old);
            }
        }

        Assert.True(killed > Rounds / 4, $"only {killed} of {Rounds} were killed on the way");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rules_added_at_the_same_time_all_arrive(bool alone)
    {
        // Four writers of fifty rules; alone, or two of them the C original.
        using Machine machine = new(ProgramSet.Ours);
        StringBuilder script = new();
        for (int writer = 0; writer < 4; writer++)
        {
            string path = (alone || writer % 2 == 0 ? ProgramSet.Ours : ProgramSet.Reference).Folder + "/iptables";
            script.Append(
                CultureInfo.InvariantCulture,
                $"(i=0; while [ $i -lt 50 ]; do {path} -w -A INPUT -s 10.{writer}.$i.0/24 -j DROP || echo failed; i=$((i+1)); done) &\n");
        }

        CommandResult result = machine.Shell(script + "wait", timeoutSeconds: 120);
        Assert.Equal("", result.Stdout + result.Stderr);
        string listing = machine.Shell("iptables -S INPUT").Stdout;
        string[] rules = [.. listing.Split('\n').Where(static l => l.StartsWith("-A", StringComparison.Ordinal))];
        Assert.Equal(200, rules.Distinct().Count());
        Assert.Equal(200, rules.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_restore_that_has_begun_keeps_the_other_program_out(bool oursHolds)
    {
        using Machine machine = new(ProgramSet.Ours);
        ProgramSet holder = oursHolds ? ProgramSet.Ours : ProgramSet.Reference;
        ProgramSet other = oursHolds ? ProgramSet.Reference : ProgramSet.Ours;

        // The restore waits for its input in the middle of a table; the second command gives up, the third waits for the end.
        CommandResult result = machine.Shell(
            $"(echo '*filter'; echo ':INPUT DROP'; sleep 3; echo COMMIT) | {holder.Folder}/iptables-restore & "
            + $"sleep 0.5; {other.Folder}/iptables -w 1 -A INPUT -s 1.1.1.1; echo status $?; "
            + $"{other.Folder}/iptables -w -A INPUT -s 2.2.2.2; echo status $?; wait; {holder.Folder}/iptables -S INPUT",
            timeoutSeconds: 30);
        Assert.Equal("status 4\nstatus 0\n-P INPUT DROP\n-A INPUT -s 2.2.2.2/32\n", result.Stdout);
        Assert.Contains("Another app is currently holding the xtables lock", result.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void A_held_lock_is_waited_for_and_saving_needs_none()
    {
        using Machine machine = new(ProgramSet.Ours);
        using (Posix.Lock(machine.LockFile))
        {
            Assert.Equal(4, machine.Shell("iptables -w 1 -A INPUT -j DROP", timeoutSeconds: 10).ExitStatus);
            Assert.Equal(0, machine.Shell("iptables-save", timeoutSeconds: 10).ExitStatus);
            Assert.True(machine.Shell("iptables -A INPUT -j DROP", timeoutSeconds: 2).TimedOut);
        }

        Assert.Equal("-P INPUT ACCEPT\n", machine.Shell("iptables -S INPUT").Stdout);
        Assert.Equal(0, machine.Shell("iptables -w 1 -A INPUT -j DROP").ExitStatus);
    }

    private static string Ruleset(int rules, string chain)
    {
        StringBuilder text = new($"*filter\n:INPUT ACCEPT [0:0]\n:{chain} - [0:0]\n");
        for (int i = 0; i < rules; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"-A {chain} -p tcp -m tcp --dport {i + 1} -j ACCEPT\n");
        }

        return text.Append("COMMIT\n").ToString();
    }
}

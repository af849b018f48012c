using System.Diagnostics;
using System.Text;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.LibraryTests;

/// <summary>The rules of a running kernel, in a network namespace of the test's own.</summary>
public sealed class FirewallTests : IDisposable
{
    private readonly NetworkNamespace _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void An_edit_is_in_force_when_it_returns() => _machine.Run(() =>
    {
        using Firewall firewall = Firewall.Open(Family.IPv4);
        firewall.Edit("filter", static table =>
        {
            table.AddChain("friends");
            table.Append("INPUT", "-p tcp --dport 22 -j friends");
            table.SetPolicy("FORWARD", "DROP");
        });
        Assert.Equal(
            ["-P INPUT ACCEPT", "-P FORWARD DROP", "-P OUTPUT ACCEPT", "-N friends", "-A INPUT -p tcp -m tcp --dport 22 -j friends"],
            Rules("iptables-legacy"));
        firewall.Edit("filter", static table => Assert.Equal("-p tcp -m tcp --dport 22 -j friends", table.Find("INPUT")!.Rules[0].ToString()));
    });

    [Fact]
    public void Nothing_changes_when_an_edit_throws() => _machine.Run(() =>
    {
        using Firewall firewall = Firewall.Open(Family.IPv6);
        firewall.Edit("filter", static table => table.Append("INPUT", "-j DROP"));
        FirewallException e = Assert.Throws<FirewallException>(() => firewall.Edit("filter", static table =>
        {
            table.Flush("INPUT");
            table.Append("INPUT", "-j NOWHERE");
        }));
        Assert.Contains("NOWHERE", e.Message, StringComparison.Ordinal);
        Assert.Contains("-A INPUT -j DROP", Rules("ip6tables-legacy"));
    });

    [Fact]
    public void What_the_kernel_refuses_is_explained() => _machine.Run(() =>
    {
        using Firewall firewall = Firewall.Open(Family.IPv4);
        FirewallException e = Assert.Throws<FirewallException>(
            () => firewall.Edit("filter", static table => table.Append("INPUT", "-j TCPMSS --set-mss 1400")));
        Assert.Equal("the kernel refuses table filter: Invalid argument", e.Message);
        Assert.StartsWith("rule 1 of chain INPUT: ", e.Hint, StringComparison.Ordinal);
    });

    [Fact]
    public void A_table_that_is_not_there_is_told_with_those_that_are() => _machine.Run(() =>
    {
        using Firewall firewall = Firewall.Open(Family.IPv4);
        FirewallException e = Assert.Throws<FirewallException>(() => firewall.Read("filtre"));
        Assert.Equal("The tables are filter, nat, mangle, raw and security.", e.Hint);
    });

    [Fact]
    public void A_ruleset_is_restored_with_its_counters_and_read_again() => _machine.Run(() =>
    {
        const string Saved = "*filter\n:INPUT DROP [5:300]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n[1:60] -A INPUT -i eth0 -j ACCEPT\nCOMMIT\n";
        using Firewall firewall = Firewall.Open(Family.IPv4);
        using RuleSet rules = RuleSet.Parse(Saved, Family.IPv4);
        firewall.Restore(rules);
        using RuleSet read = firewall.Read("filter");
        Assert.Equal(Saved, Encoding.UTF8.GetString(read.ToBytes(withCounters: true)));
    });

    [Fact]
    public void A_test_puts_nothing_in_force() => _machine.Run(() =>
    {
        using Firewall firewall = Firewall.Open(Family.IPv4);
        using RuleSet good = RuleSet.Parse("*filter\n-A INPUT -j DROP\nCOMMIT\n", Family.IPv4);
        firewall.Test(good);
        Assert.DoesNotContain("-A INPUT -j DROP", Rules("iptables-legacy"));
        using RuleSet bad = RuleSet.Parse("*filter\n-A INPUT -j DROP\n-A INPUT -j TCPMSS --set-mss 1400\nCOMMIT\n", Family.IPv4);
        FirewallException e = Assert.Throws<FirewallException>(() => firewall.Test(bad));
        Assert.Equal(6, e.Line);
        using RuleSet other = new(Family.IPv6);
        Assert.Throws<ArgumentException>(() => firewall.Restore(other));
    });

    /// <summary>In a ruleset a set has a number of the ruleset's own.</summary>
    [Fact]
    public void A_set_is_the_one_that_has_the_name_in_the_kernel() => _machine.Run(() =>
    {
        using Firewall firewall = Firewall.Open(Family.IPv4);
        using RuleSet rules = RuleSet.Parse(
            "*filter\n-A INPUT -m set --match-set second src -j DROP\n-A INPUT -m set --match-set first src -j DROP\nCOMMIT\n", Family.IPv4);
        FirewallException e = Assert.Throws<FirewallException>(() => firewall.Restore(rules));
        Assert.Equal("Set second doesn't exist.", e.Message);
        _ = new Command("ipset", "create", "first", "hash:ip").Run();
        _ = new Command("ipset", "create", "second", "hash:ip").Run();
        firewall.Restore(rules);
        string[] expected = ["-A INPUT -m set --match-set second src -j DROP", "-A INPUT -m set --match-set first src -j DROP"];
        Assert.Equal(expected, Rules("iptables-legacy").Where(static line => line.StartsWith("-A", StringComparison.Ordinal)));
        using RuleSet read = firewall.Read("filter");
        Assert.Equal(expected, read.ToString().Split('\n').Where(static line => line.StartsWith("-A", StringComparison.Ordinal)));
    });

    [Fact]
    public void Who_holds_the_lock_is_told_when_the_time_is_over() => _machine.Run(() =>
    {
        using Process holder = HoldLock();
        using Firewall firewall = Firewall.Open(Family.IPv4);
        TimeoutException e = Assert.Throws<TimeoutException>(() => firewall.Lock(TimeSpan.FromMilliseconds(50)).Dispose());
        Assert.Equal($"process {holder.Id} (flock) holds the lock {LockFile.Path}", e.Message);
        holder.Kill(entireProcessTree: true);
        holder.WaitForExit();
        using IDisposable taken = firewall.Lock(TimeSpan.FromSeconds(10));
        firewall.Edit("filter", static table => table.Append("INPUT", "-j DROP"));
        Assert.Throws<InvalidOperationException>(() => firewall.Lock(TimeSpan.Zero));
    });

    [Fact]
    public void Waiting_for_the_lock_can_be_ended() => _machine.Run(() =>
    {
        using Process holder = HoldLock();
        using Firewall firewall = Firewall.Open(Family.IPv4);
        using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(50));
        Assert.Throws<OperationCanceledException>(() => firewall.Edit("filter", static table => table.Flush("INPUT"), soon.Token));
        holder.Kill(entireProcessTree: true);
        holder.WaitForExit();
        firewall.Edit("filter", static table => table.Append("INPUT", "-j DROP"));
    });

    [Fact]
    public void Letting_go_of_the_lock_twice_lets_go_of_no_other() => _machine.Run(() =>
    {
        using Firewall firewall = Firewall.Open(Family.IPv4);
        IDisposable first = firewall.Lock(TimeSpan.Zero);
        first.Dispose();
        using IDisposable second = firewall.Lock(TimeSpan.Zero);
        first.Dispose();
        Assert.Throws<InvalidOperationException>(() => firewall.Lock(TimeSpan.Zero));
    });

    [Fact]
    public void Who_does_not_wait_for_the_lock_leaves_nobody_waiting() => _machine.Run(() =>
    {
        using Process holder = HoldLock();
        using Firewall firewall = Firewall.Open(Family.IPv4);
        Assert.Throws<TimeoutException>(() => firewall.Lock(TimeSpan.Zero));
        Assert.DoesNotContain(LockFile.Path, Directory.GetFiles("/proc/self/fd").Select(static open => new FileInfo(open).LinkTarget));
        Assert.Throws<ArgumentOutOfRangeException>(() => firewall.Lock(TimeSpan.FromSeconds(-5)));
        holder.Kill(entireProcessTree: true);
        holder.WaitForExit();
    });

    [Fact]
    public void A_firewall_that_is_disposed_of_does_nothing() => _machine.Run(() =>
    {
        Firewall firewall = Firewall.Open(Family.IPv4);
        using RuleSet rules = firewall.Read("filter");
        firewall.Dispose();
        firewall.Dispose();
        Assert.Throws<ObjectDisposedException>(() => firewall.Read());
        Assert.Throws<ObjectDisposedException>(() => firewall.Edit("filter", static _ => { }));
        Assert.Throws<ObjectDisposedException>(() => firewall.Restore(rules));
        Assert.Throws<ObjectDisposedException>(() => firewall.Lock(TimeSpan.Zero));
    });

    [Fact]
    public void A_name_of_a_table_does_not_end_before_its_end() => _machine.Run(() =>
    {
        using Firewall firewall = Firewall.Open(Family.IPv4);
        Assert.Throws<FirewallException>(() => firewall.Read("filter\0nat"));
    });

    private static string[] Rules(string program) =>
        new Command($"/usr/sbin/{program}", "-S") { Variables = Command.ProgramsUnderTest(LockFile.Path) }.Run().Stdout
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Process HoldLock()
    {
        Process holder = Process.Start(
            new ProcessStartInfo("flock", [LockFile.Path, "sh", "-c", "echo held; exec sleep 60"]) { RedirectStandardOutput = true })!;
        _ = holder.StandardOutput.ReadLine();
        return holder;
    }
}

using System.Text.Json;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Diagnosis;

/// <summary><c>sharptables doctor</c>, each time in a network namespace of its own, after a few commands.</summary>
public sealed class DoctorTests
{
    private const string WithIPv6 = "ip link add dev v0 type veth peer name v1; ip addr add fd00::1/64 dev v0; ";

    [Fact]
    public void A_machine_without_rules_needs_no_mending() => NothingIsToBeMended("true");

    [Theory]
    [InlineData("iptables -A FORWARD -j ACCEPT", "but net.ipv4.ip_forward = 0")]
    [InlineData("iptables -t nat -A POSTROUTING -j MASQUERADE", "but net.ipv4.ip_forward = 0")]
    [InlineData("iptables-legacy -A INPUT -j DROP; nft add table ip t; nft add chain ip t c; nft add rule ip t c drop", "both interfaces of the kernel have rules")]
    [InlineData("iptables-nft -A INPUT -j DROP; iptables-legacy -A INPUT -j DROP", "both interfaces of the kernel have rules")]
    [InlineData("iptables-nft -A FORWARD -j ACCEPT", "but net.ipv4.ip_forward = 0")]
    [InlineData(WithIPv6 + "iptables-nft -P INPUT DROP", "IPv6 lets everything through")]
    [InlineData(WithIPv6 + "iptables -P INPUT DROP", "IPv6 lets everything through")]
    [InlineData(WithIPv6 + "iptables -A INPUT -p tcp --dport 22 -j DROP", "IPv6 lets everything through")]
    [InlineData("XTABLES_LOCKFILE=/proc/nowhere", "/proc/nowhere cannot be opened")]
    // The limit is one for the whole machine: a file mounted over it has another.
    [InlineData("iptables -t raw -A PREROUTING -m conntrack --ctstate NEW; ip link set lo up; ping -c 1 127.0.0.1 >/dev/null; " +
        "echo 1 >$XTABLES_LOCKFILE.max; mount --bind $XTABLES_LOCKFILE.max /proc/sys/net/netfilter/nf_conntrack_max", "new connections are dropped")]
    public void What_keeps_rules_from_their_purpose_is_to_be_mended(string commands, string text)
    {
        (int status, List<Observation> found) = Doctor(commands, static o => o.Severity == "mend");
        Assert.Contains(found, o => o.Text.Contains(text, StringComparison.Ordinal));
        Assert.All(found, static o => Assert.NotEqual("", o.Advice));
        Assert.Equal(1, status);
    }

    [Theory]
    [InlineData("echo 1 >/proc/sys/net/ipv4/ip_forward; iptables -A FORWARD -j ACCEPT")]
    [InlineData("iptables -A FORWARD -j ACCEPT; iptables -F")]
    [InlineData(WithIPv6 + "iptables -A INPUT -j DROP; ip6tables -A INPUT -j DROP")]
    [InlineData(WithIPv6 + "iptables -t mangle -A INPUT -j MARK --set-mark 1")]
    [InlineData("nft add table ip t; nft add chain ip t c; nft add rule ip t c drop")]
    public void What_goes_together_is_not(string commands) => NothingIsToBeMended(commands);

    [Fact]
    public void Rules_of_IPv4_without_a_twin_are_named()
    {
        (_, List<Observation> found) = Doctor(
            "for f in iptables ip6tables; do $f -A INPUT -p tcp --dport 22 -j ACCEPT; done; iptables -A INPUT -p udp --dport 53 -j DROP; iptables -A INPUT -s 10.0.0.1 -j DROP",
            static o => o.Text.Contains("no twin", StringComparison.Ordinal));
        Assert.Equal("1 of IPv4's rules in filter has no twin in IPv6: -A INPUT -p udp -m udp --dport 53 -j DROP", Assert.Single(found).Text);
    }

    [Fact]
    public void Who_holds_the_lock_is_named()
    {
        (_, List<Observation> found) = Doctor("flock $XTABLES_LOCKFILE sleep 20 & while flock -n $XTABLES_LOCKFILE true; do :; done", static o => o.Topic == "lock");
        Assert.Matches(@"is held by (flock|sleep) \(process \d+\)", Assert.Single(found).Text);
    }

    [Fact]
    public void Without_the_right_to_ask_it_cannot_work()
    {
        (int status, List<Observation> found) = Doctor("prefix='setpriv --reuid 65534 --clear-groups --bounding-set -all'", static o => o.Severity == "broken");
        Assert.Contains(found, static o => o.Advice.Contains("root", StringComparison.Ordinal));
        Assert.Equal(2, status);
    }

    [Fact]
    public void Without_proc_nothing_is_said_of_the_kernel()
    {
        (int status, List<Observation> found) = Doctor("mount -t tmpfs none /proc", static _ => true);
        Assert.Equal("mount -t proc proc /proc", Assert.Single(found).Advice);
        Assert.Equal(2, status);
    }

    [Fact]
    public void It_changes_nothing() =>
        Assert.Equal("", Shell("sharptables doctor >/dev/null; cat /proc/net/ip_tables_names /proc/net/ip6_tables_names").Output);

    [Fact]
    public void What_the_kernel_has_is_listed_with_its_revisions()
    {
        using JsonDocument report = JsonDocument.Parse(Shell("sharptables doctor --json --verbose").Output);
        JsonElement conntrack = Assert.Single(report.RootElement.GetProperty("extensions").EnumerateArray(), static e =>
            e.GetProperty("kind").GetString() == "match" && e.GetProperty("name").GetString() == "conntrack" && e.GetProperty("family").GetString() == "IPv6");
        Assert.Contains(3, conntrack.GetProperty("revisions").EnumerateArray().Select(static r => r.GetInt32()));
    }

    [Fact]
    public void Plain_text_says_the_same()
    {
        string text = Shell("iptables -A FORWARD -j ACCEPT; sharptables doctor").Output;
        Assert.Contains("""
              mend  there are rules for forwarded packets, but net.ipv4.ip_forward = 0:
                    nothing is forwarded
                    -> sysctl -w
            """, text, StringComparison.Ordinal);
        Assert.Contains("IPv4: tables filter, nat, mangle, raw, security", text, StringComparison.Ordinal);
    }

    /// <summary>Where the kernel has no tables, the report is the longest: tests/kernels/guest checks that one.</summary>
    [Fact]
    public void Its_lines_fit_into_80_columns()
    {
        string text = Shell("iptables -A FORWARD -j ACCEPT; sharptables doctor").Output;
        Assert.All(text.Split('\n'), static line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("--nosuch", "unrecognized option '--nosuch'")]
    [InlineData("machine", "machine")]
    public void A_wrong_word_is_named(string word, string text)
    {
        (int status, string output) = Shell($"sharptables doctor {word} 2>&1");
        Assert.Contains(text, output, StringComparison.Ordinal);
        Assert.Equal(2, status);
    }

    private static void NothingIsToBeMended(string commands)
    {
        (int status, List<Observation> found) = Doctor(commands, static o => o.Severity is "mend" or "broken");
        Assert.Empty(found);
        Assert.Equal(0, status);
    }

    private static (int Status, List<Observation> Found) Doctor(string commands, Func<Observation, bool> where)
    {
        (int status, string output) = Shell($"{commands}\n$prefix sharptables doctor --json");
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.Equal(status, report.RootElement.GetProperty("status").GetInt32());
        return (status, [.. report.RootElement.GetProperty("observations").EnumerateArray().Select(Observation.From).Where(where)]);
    }

    private static (int Status, string Output) Shell(string script)
    {
        string scratch = Directory.CreateTempSubdirectory("sharptables-doctor.").FullName;
        try
        {
            CommandResult result = new Command("unshare", "--net", "--pid", "--fork", "--mount-proc", "--kill-child", "bash", "-c", script)
            {
                Variables = Command.ProgramsUnderTest($"{scratch}/lock"),
            }.Run();
            return (result.ExitStatus, result.Stdout);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private sealed record Observation(string Severity, string Topic, string Text, string Advice)
    {
        public static Observation From(JsonElement element) => new(
            element.GetProperty("severity").GetString()!,
            element.GetProperty("topic").GetString()!,
            element.GetProperty("text").GetString()!,
            element.TryGetProperty("advice", out JsonElement advice) ? advice.GetString()! : "");
    }
}

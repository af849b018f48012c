using System.Text.Json;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Diagnosis;

/// <summary><c>sharptables doctor</c>, each time in a network namespace of its own, after a few commands.</summary>
public sealed class DoctorTests
{
    private const string Docker = "mount -t tmpfs none /run; cp /bin/sleep $scratch/sleep; printf '#!/bin/bash\nwhile :; do read -t 1 </dev/zero; done' >$scratch/dockerd; chmod +x $scratch/dockerd; ";
    private const string Etc = "mount -t tmpfs none /etc; cd /etc; ";
    private const string WithIPv6 = "ip link add dev v0 type veth peer name v1; ip addr add fd00::1/64 dev v0; ";

    [Fact]
    public void A_machine_without_rules_needs_no_mending() => NothingIsToBeMended("true");

    /// <summary>Machines made sick on purpose: what is wrong is found, and what the remedy says is done, and it is found no more.</summary>
    [Theory]
    [InlineData("iptables -A FORWARD -j ACCEPT", "but net.ipv4.ip_forward = 0")]
    [InlineData("iptables -N web; iptables -A web -p tcp --dport 80 -j ACCEPT; iptables -A FORWARD -j web", "but net.ipv4.ip_forward = 0")]
    [InlineData("iptables -t nat -A POSTROUTING -j MASQUERADE", "but net.ipv4.ip_forward = 0")]
    [InlineData("iptables-nft -A FORWARD -j ACCEPT", "but net.ipv4.ip_forward = 0")]
    [InlineData("ip6tables -A FORWARD -j ACCEPT", "but net.ipv6.conf.all.forwarding = 0")]
    [InlineData("iptables-legacy -A INPUT -j DROP; nft add table ip t; nft add chain ip t c; nft add rule ip t c drop", "both interfaces of the kernel have rules",
        "nft delete table ip t")]
    [InlineData("iptables-nft -A INPUT -j DROP; iptables-legacy -A INPUT -j DROP", "both interfaces of the kernel have rules", "iptables-legacy -F")]
    [InlineData(WithIPv6 + "iptables-nft -P INPUT DROP", "IPv6 lets everything through")]
    [InlineData(WithIPv6 + "iptables -P INPUT DROP", "IPv6 lets everything through", "ip6tables -P INPUT DROP")]
    [InlineData(WithIPv6 + "iptables -A INPUT -p tcp --dport 22 -j DROP", "IPv6 lets everything through")]
    [InlineData(WithIPv6 + "ip6tables -P INPUT DROP; ip6tables -A INPUT -i lo -j ACCEPT; ip6tables -A INPUT -m state --state ESTABLISHED -j ACCEPT", "the ICMP by which neighbours find each other")]
    [InlineData(WithIPv6 + "ip6tables -N in; ip6tables -A INPUT -j in; ip6tables -A in -i lo -j ACCEPT; ip6tables -A in -p tcp --dport 22 -j ACCEPT; ip6tables -A INPUT -j DROP",
        "the ICMP by which neighbours find each other")]
    [InlineData("export XTABLES_LOCKFILE=/proc/nowhere", "/proc/nowhere cannot be opened", "unset XTABLES_LOCKFILE")]
    [InlineData("unset XTABLES_LOCKFILE; mount -t tmpfs none /run; mount -o remount,ro /run", "/run/xtables.lock cannot be opened")]
    // The limit is one for the whole machine: a file mounted over it has another.
    [InlineData("iptables -t raw -A PREROUTING -m conntrack --ctstate NEW; ip link set lo up; ping -c 1 127.0.0.1 >/dev/null; " +
        "echo 1 >$XTABLES_LOCKFILE.max; mount --bind $XTABLES_LOCKFILE.max /proc/sys/net/netfilter/nf_conntrack_max", "new connections are dropped",
        "sysctl -w net.netfilter.nf_conntrack_max=1000")]
    [InlineData("iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 127.0.0.1:8080", "route_localnet = 0: they are dropped")]
    [InlineData("iptables -A FORWARD -m physdev --physdev-in v0 -j DROP; sysctl -qw net.bridge.bridge-nf-call-iptables=0", "bridged packets do not come to it")]
    [InlineData("iptables -A INPUT -m helper --helper ftp -j ACCEPT", "no rule gives it to any")]
    [InlineData("iptables -A INPUT -m helper --helper RAS -j ACCEPT", "no rule gives it to any")]
    [InlineData("iptables -t mangle -A POSTROUTING -p tcp --dport 22 -m comment --comment 'a b' -j NFQUEUE --queue-num 4", "queue 4, which no program reads")]
    [InlineData("iptables -t raw -A PREROUTING -p tcp --dport 80 -j CT --notrack; iptables -A INPUT -p tcp -m conntrack --ctstate UNTRACKED -j SYNPROXY; " +
        "sysctl -qw net.netfilter.nf_conntrack_tcp_loose=1", "it is taken for a connection")]
    [InlineData("nft 'add table inet fw; add chain inet fw in { type filter hook input priority 0; policy drop; }'", "chain inet fw in drops every packet at hook input")]
    [InlineData(Docker + "$scratch/dockerd & echo $! >/run/docker.pid; sleep 0.1", "its chain DOCKER in table nat is gone", "iptables -t nat -N DOCKER")]
    [InlineData(Etc + "mkdir -p systemd/system/multi-user.target.wants; ln -s /x systemd/system/multi-user.target.wants/ufw.service; " +
        "ln -s /x systemd/system/multi-user.target.wants/nftables.service", "2 firewalls start at boot: nftables, ufw",
        "rm /etc/systemd/system/multi-user.target.wants/ufw.service")]
    [InlineData(Etc + "mkdir rc2.d iptables; touch rc2.d/S01firehol rc2.d/S02netfilter-persistent rc2.d/S03ssh", "2 firewalls start at boot", "rm /etc/rc2.d/S01firehol")]
    [InlineData(Etc + "mkdir iptables; iptables -A INPUT -j ACCEPT; printf '*filter\n-A INPUT -p tcp --dprot 22 -j ACCEPT\nCOMMIT\n' >iptables/rules.v4", "rules.v4 cannot be loaded: line 2, ")]
    [InlineData(Etc + "mkdir sysconfig; printf '*filter\n-A INPUT -p tcp --dport 22' >sysconfig/ip6tables", "sysconfig/ip6tables cannot be loaded: ", "rm /etc/sysconfig/ip6tables")]
    [InlineData(Etc + "mkdir iptables; printf '*filter\n-A INPUT -m set ! --match-set friends src -j DROP\nCOMMIT\n' >iptables/rules.v4", "names the set friends, which no file makes")]
    [InlineData(Etc + "mkdir iptables; ipset create six hash:ip family inet6; printf '*filter\n-A INPUT -m set --match-set six src\nCOMMIT\n' >iptables/rules.v6", "names the set six")]
    public void What_keeps_rules_from_their_purpose_is_to_be_mended(string commands, string text, string? byHand = null)
    {
        (int status, List<Observation> found, List<Observation> after) = Mend(commands, text, byHand);
        Observation wrong = Assert.Single(found, static o => o.Severity == "mend");
        Assert.Contains(text, wrong.Text);
        Assert.NotEqual("", wrong.Advice + wrong.Remedy);
        Assert.Equal(1, status);
        Assert.DoesNotContain(after, static o => o.Severity == "mend");
    }

    /// <summary>What may be meant.</summary>
    [Theory]
    [InlineData("iptables -P INPUT DROP; iptables -A INPUT -i lo -j ACCEPT", "answers to this machine are lost")]
    [InlineData("iptables -P INPUT DROP; iptables -A INPUT -m state --state ESTABLISHED -j ACCEPT", "programs of this machine cannot talk to each other")]
    [InlineData("sysctl -qw net.ipv4.conf.all.rp_filter=1; iptables -t mangle -A PREROUTING -p tcp -j MARK --set-mark 1", "answers that come another way are dropped")]
    [InlineData("iptables -A INPUT -i wan7 -j DROP", "names interface wan7, which is not there", "ip link add wan7 type veth")]
    [InlineData("iptables -A INPUT -p tcp -j NFLOG --nflog-group 3", "logs to group 3, which no program reads", "iptables -F")]
    [InlineData("iptables -A INPUT -p tcp -j LOG", "only if the machine outside of this network namespace", "iptables -F")]
    [InlineData("flock $XTABLES_LOCKFILE sleep 20 & while flock -n $XTABLES_LOCKFILE true; do :; done", "is held by", "wait")]
    [InlineData("nft 'add table ip fw; add chain ip fw out { type filter hook output priority 0; policy drop; }; add rule ip fw out accept'",
        "drops what its rules do not accept at hook output", "nft delete table ip fw")]
    [InlineData("sysctl -qw net.ipv4.conf.all.accept_source_route=1", "senders may choose the route")]
    public void What_may_be_meant_is_noted(string commands, string text, string? byHand = null)
    {
        (int status, List<Observation> found, List<Observation> after) = Mend(commands, text, byHand);
        Assert.Single(found, o => o.Severity == "note" && o.Text.Contains(text, StringComparison.Ordinal));
        Assert.Equal(0, status);
        Assert.DoesNotContain(after, o => o.Text.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("echo 1 >/proc/sys/net/ipv4/ip_forward; iptables -A FORWARD -j ACCEPT")]
    [InlineData("iptables -A FORWARD -j ACCEPT; iptables -F")]
    [InlineData(WithIPv6 + "iptables -A INPUT -j DROP; ip6tables -A INPUT -j DROP")]
    [InlineData(WithIPv6 + "iptables -t mangle -A INPUT -j MARK --set-mark 1")]
    [InlineData(WithIPv6 + "ip6tables -P INPUT DROP; ip6tables -A INPUT -i lo -j ACCEPT; ip6tables -A INPUT -p ipv6-icmp -m limit --limit 900/m -j ACCEPT; ip6tables -A INPUT -p tcp --dport 22 -j ACCEPT")]
    [InlineData(WithIPv6 + "ip6tables -P INPUT DROP; ip6tables -N in; ip6tables -A INPUT -j in; ip6tables -A in -s fe80::/10 -j ACCEPT; ip6tables -A in -p tcp --dport 22 -j ACCEPT")]
    [InlineData("nft add table ip t; nft add chain ip t c; nft add rule ip t c drop")]
    [InlineData("iptables -A FORWARD -j DROP; iptables -P FORWARD DROP")]
    [InlineData("nft 'add table inet filter; add chain inet filter forward { type filter hook forward priority 0; policy drop; }'")]
    [InlineData(WithIPv6 + "iptables -A INPUT -j ACCEPT; iptables -P FORWARD DROP")]
    [InlineData(WithIPv6 + "iptables -P INPUT DROP; sysctl -qw net.ipv6.conf.all.disable_ipv6=1")]
    [InlineData("iptables -A INPUT -j NFQUEUE --queue-num 4 --queue-bypass")]
    [InlineData("iptables -A INPUT -m comment --comment '-j NFQUEUE -m physdev' -j ACCEPT")]
    [InlineData("iptables -t raw -A PREROUTING -p tcp --dport 21 -j CT --helper ftp; iptables -A INPUT -m helper --helper ftp -j ACCEPT")]
    [InlineData("sysctl -qw net.ipv4.conf.all.route_localnet=1; iptables -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 127.0.0.1:8080")]
    [InlineData(Docker + "$scratch/dockerd & echo $! >/run/docker.pid; iptables -t nat -N DOCKER; sleep 0.1")]
    [InlineData(Etc + "mkdir -p systemd/system/multi-user.target.wants; ln -s /x systemd/system/multi-user.target.wants/iptables.service; " +
        "ln -s /x systemd/system/multi-user.target.wants/ip6tables.service")]
    [InlineData(Etc + "mkdir iptables; ipset create friends hash:net; ipset save >iptables/ipsets; printf '*filter\\n-A INPUT -m set --match-set friends src -j DROP\\nCOMMIT\\n' >iptables/rules.v4")]
    public void What_goes_together_is_not(string commands) => NothingIsToBeMended(commands);

    [Fact]
    public void Rules_of_IPv4_without_a_twin_are_named()
    {
        (_, List<Observation> found) = Doctor(
            "for f in iptables ip6tables; do $f -A INPUT -p tcp --dport 22 -j ACCEPT; done; iptables -A INPUT -p udp --dport 53 -j DROP; iptables -A INPUT -s 10.0.0.1 -j DROP",
            static o => o.Text.Contains("no twin", StringComparison.Ordinal));
        Assert.Equal("1 of IPv4's rules in filter has no twin in IPv6: -A INPUT -p udp -m udp --dport 53 -j DROP", Assert.Single(found).Text);
    }

    [Theory]
    [InlineData("--reuid 65534 --clear-groups --bounding-set -all")]
    [InlineData("--bounding-set -net_admin")]
    public void Without_the_right_to_ask_it_cannot_work(string lacks)
    {
        (int status, List<Observation> found) = Doctor($"prefix='setpriv {lacks}'", static o => o.Severity == "fail");
        Assert.Contains("root", Assert.Single(found).Advice);
        Assert.Equal(2, status);
    }

    [Fact]
    public void Without_proc_nothing_is_said_of_the_kernel()
    {
        (int status, List<Observation> found) = Doctor("mount -t tmpfs none /proc", static _ => true);
        Assert.Equal("mount -t proc proc /proc", Assert.Single(found).Remedy);
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
                    -> Now, and in /etc/sysctl.d/ for the next boot:
                    -> sysctl -w net.ipv4.ip_forward=1
            """, text, StringComparison.Ordinal);
        Assert.Contains("IPv4: tables filter, nat, mangle, raw, security", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_are_coloured_only_on_a_terminal_or_when_asked()
    {
        const string Mend = "\e[33mmend\e[0m";
        const string Sick = "iptables -A FORWARD -j ACCEPT; ";
        Assert.DoesNotContain('\e', Shell(Sick + "sharptables doctor").Output);
        Assert.Contains(Mend, Shell(Sick + "sharptables doctor --color always").Output);
        Assert.Contains(Mend, Shell(Sick + "TERM=xterm script -qc 'sharptables doctor' /dev/null </dev/null").Output);
        Assert.DoesNotContain('\e', Shell(Sick + "NO_COLOR=1 script -qc 'sharptables doctor' /dev/null </dev/null").Output);
        Assert.DoesNotContain('\e', Shell(Sick + "script -qc 'sharptables doctor --color=never' /dev/null </dev/null").Output);
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
    [InlineData("--jsno", "Did you mean --json?")]
    [InlineData("--color=red", "--color takes always, never or auto, not \"red\"")]
    [InlineData("machine", "machine")]
    public void A_wrong_word_is_named(string word, string text)
    {
        (int status, string output) = Shell($"sharptables doctor {word} 2>&1");
        Assert.Contains(text, output, StringComparison.Ordinal);
        Assert.Equal(2, status);
    }

    private static void NothingIsToBeMended(string commands)
    {
        (int status, List<Observation> found) = Doctor(commands, static o => o.Severity is "mend" or "fail");
        Assert.Empty(found);
        Assert.Equal(0, status);
    }

    /// <summary>What is found, and what is found after the remedy, the report's own or one that does what its words say.</summary>
    private static (int Status, List<Observation> Found, List<Observation> After) Mend(string commands, string text, string? byHand)
    {
        (_, string output) = Shell($$"""
            { {{commands}}
            } >&2
            sharptables doctor --json >$scratch/report
            cat $scratch/report; echo ---
            remedy=$(python3 -c 'import json, sys; print(*[o.get("remedy", "") for o in json.load(open(sys.argv[1]))["observations"] if sys.argv[2] in o["text"]])' $scratch/report '{{text}}')
            {{byHand ?? "eval \"${remedy:?}\""}} >&2
            sharptables doctor --json
            """);
        string[] reports = output.Split("---\n");
        (int status, List<Observation> found) = Read(reports[0]);
        return (status, found, Read(reports[1]).Found);
    }

    private static (int Status, List<Observation> Found) Doctor(string commands, Func<Observation, bool> where)
    {
        (int status, string output) = Shell($"{commands}\n$prefix sharptables doctor --json");
        (int said, List<Observation> found) = Read(output);
        Assert.Equal(status, said);
        return (status, found.FindAll(o => where(o)));
    }

    private static (int Status, List<Observation> Found) Read(string json)
    {
        using JsonDocument report = JsonDocument.Parse(json);
        return (report.RootElement.GetProperty("status").GetInt32(), [.. report.RootElement.GetProperty("observations").EnumerateArray().Select(Observation.From)]);
    }

    private static (int Status, string Output) Shell(string script)
    {
        string scratch = Directory.CreateTempSubdirectory("sharptables-doctor.").FullName;
        try
        {
            CommandResult result = new Command("unshare", "--net", "--pid", "--fork", "--mount-proc", "--kill-child", "bash", "-c", $"scratch={scratch}\n{script}")
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

    private sealed record Observation(string Severity, string Topic, string Text, string Advice, string Remedy)
    {
        public static Observation From(JsonElement element) => new(
            element.GetProperty("severity").GetString()!,
            element.GetProperty("topic").GetString()!,
            element.GetProperty("text").GetString()!,
            element.TryGetProperty("advice", out JsonElement advice) ? advice.GetString()! : "",
            element.TryGetProperty("remedy", out JsonElement remedy) ? remedy.GetString()! : "");
    }
}

using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>xtables-monitor in a network namespace of its own, beside Debian's: both hear the same messages of the kernel.</summary>
public sealed partial class MonitorTests : IDisposable
{
    /// <summary>Waits until so many monitors hear the kernel: they are in groups.</summary>
    private const string AwaitMonitors =
        """await_monitors() { until [ "$(awk '$2 == 12 && $4 ~ /[1-9a-f]/' /proc/net/netlink | wc -l)" -ge $1 ]; do sleep 0.02; done; }""";

    /// <summary>Waits until a file has a line.</summary>
    private const string AwaitLine = """await_line() { for i in $(seq 250); do grep -q -- "$2" "$1" && return; sleep 0.02; done; echo "no $2 in $1" >&2; }""";

    private readonly NetworkNamespace _network = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("monitor-").FullName;

    /// <summary>Without what ends Debian's: rules of IPv6 with ports of their own.</summary>
    [Theory]
    [InlineData("-e")]
    [InlineData("-e -4")]
    [InlineData("-e -6")]
    [InlineData("-ec -4 -6")]
    [InlineData("--event --counters --ipv6 --ipv4")]
    public void Changes_are_shown_as_the_original_shows_them(string options)
    {
        (string[] ours, string[] theirs) = WatchBoth(options, """
            for program in iptables-nft ip6tables-nft /usr/sbin/iptables-nft; do
                $program -A INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT
                $program -N users
                $program -A users -c 5 6 -m comment --comment 'a "b"' -j RETURN
                $program -I INPUT -i lo -g users
                $program -I INPUT 2 -m conntrack --ctstate NEW -j users
                $program -R INPUT 1 -m mark --mark 1/3 -j LOG --log-prefix 'x: '
                $program -P INPUT DROP
                $program -E users members
                $program -D INPUT -m conntrack --ctstate NEW -j members
                $program -t nat -A POSTROUTING -o eth0 -j MASQUERADE
                $program -t raw -A OUTPUT -j TRACE
                $program -F
                $program -X members
            done
            iptables-nft -A INPUT -s 10.0.0.0/8 -p udp --dport 53 --sport 1024:2047 -m limit --limit 3/min -j REJECT
            nft add table ip mine '{ flags dormant; }'
            nft add chain ip mine early '{ type filter hook input priority -5; policy drop; }'
            nft add rule ip mine early tcp dport 5 counter drop comment '"why"'
            nft add set ip mine some '{ type ipv4_addr; }'
            nft delete chain ip mine early
            """);
        Assert.Equal(theirs, ours);
        Assert.True(ours.Length > 50);
    }

    [Fact]
    public void Rules_that_iptables_cannot_say_are_shown_in_nfts_words()
    {
        (string[] ours, _) = WatchBoth("-e", """
            nft add table bridge b
            nft add chain bridge b c
            nft add rule bridge b c ether type ip counter drop
            nft add table inet b
            nft add chain inet b c
            nft add rule inet b c tcp dport 22 accept
            nft flush chain inet b c
            nft delete chain inet b c
            nft add table ip b
            nft add chain ip b c
            nft add rule ip b c limit rate over 3/second drop
            nft add rule ip b c accept
            """, isShown: false);
        Assert.Equal(
            [
                " EVENT: ebtables -t b -N c",
                " EVENT: ebtables -t b -A c -p IPv4 -j DROP",
                " EVENT: # nft: inet b c use 0",
                " EVENT: # nft: add rule inet b c tcp dport 22 accept",
                " EVENT: # nft: delete rule inet b c tcp dport 22 accept",
                " EVENT: # nft: delete chain inet b c",
                " EVENT: -4 -t b -N c",
                " EVENT: # nft: add rule ip b c limit rate over 3/second drop",
                " EVENT: -4 -t b -A c -j ACCEPT",
            ],
            ours.Where(static line => line.StartsWith(" EVENT:", StringComparison.Ordinal) && !line.Contains("table:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nobody_can_make_a_line_of_an_event_that_was_none()
    {
        (string[] ours, _) = WatchBoth("-e", """
            nft -j -f - <<'END'
            {"nftables": [{"add": {"table": {"family": "ip", "name": "x"}}}, {"add": {"chain": {"family": "ip", "table": "x", "name": "a\nNEWGEN: GENID=9"}}}]}
            END
            """, isShown: false);
        Assert.Contains(@" EVENT: -4 -t x -N a\x0aNEWGEN: GENID=9", ours);
    }

    [Fact]
    public void A_trace_is_shown_as_the_original_shows_it()
    {
        (string[] ours, string[] theirs) = WatchBoth("-t", """
            for program in iptables-nft ip6tables-nft; do
                $program -t raw -A OUTPUT -p udp -j TRACE
                $program -N users
                $program -A OUTPUT -g users
                $program -A users -p udp -m multiport --dports 7 -j DROP
                $program -A users -p udp -j MARK --set-mark 5
            done
            iptables-nft -A INPUT -p udp --dport 9999 -j ACCEPT
            for port in 6 7 9999; do
                for host in 127.0.0.1 ::1; do echo x >/dev/udp/$host/$port; done 2>/dev/null
                sleep 0.1
            done
            """, end: "DPORT=9999 MARK");

        // Debian's forgets half of the IPv6 header in the length of the packet.
        Assert.Equal(theirs.Select(static line => line.Replace("DST=::1 LEN=30 ", "DST=::1 LEN=50 ", StringComparison.Ordinal)), ours);
        Assert.Contains(ours, static line => Regex.IsMatch(line, "^ TRACE: 10 [0-9a-f]{8} filter:users:rule:0x[0-9a-f]+:DROP  -6 -t filter -A users -p udp -m multiport --dports 7 -j DROP$"));
    }

    [Fact]
    public void A_trace_says_more_than_the_original_where_that_is_wrong()
    {
        (string[] ours, _) = WatchBoth("-t", """
            ip link add name v0 address 02:00:00:00:00:01 type veth peer name v1 address 02:00:00:00:00:0a
            ip link set v0 up; ip link set v1 up; ip address add 10.9.0.1/24 dev v0; ip neigh add 10.9.0.2 lladdr 02:00:00:00:00:0a dev v0
            nft add table netdev early
            nft add chain netdev early in '{ type filter hook ingress device v1 priority 0; }'
            nft add rule netdev early in meta nftrace set 1
            iptables-nft -t raw -A PREROUTING -j RETURN
            iptables-nft -t raw -I PREROUTING -j TRACE
            ping -c 1 -W 1 10.9.0.2 >/dev/null
            ping -c 1 -W 1 127.0.0.1 >/dev/null
            """, end: "TYPE=0 CODE=0", isShown: false);
        Assert.Contains(ours, static line => Regex.IsMatch(line,
            "^PACKET: 5 [0-9a-f]{8} IN=v1 MACSRC=02:00:00:00:00:01 MACDST=02:00:00:00:00:0a MACPROTO=0800 SRC=10.9.0.1 DST=10.9.0.2 LEN=84 .* TYPE=8 CODE=0 $"));
        Assert.Contains(ours, static line => Regex.IsMatch(line,
            "^ TRACE: 5 [0-9a-f]{8} early:in:rule:0x[0-9a-f]+:CONTINUE  # nft: meta nftrace set 1$"));
        Assert.Contains(ours, static line => Regex.IsMatch(line, "^ TRACE: 2 [0-9a-f]{8} raw:PREROUTING:rule:0x[0-9a-f]+:RETURN  -4 -t raw -A PREROUTING -j RETURN$"));
        Assert.DoesNotContain(ours, static line => line.Contains(":rule:0x0:", StringComparison.Ordinal));
    }

    /// <summary>In a user namespace, where the kernel keeps no more for a program than for anyone.</summary>
    [Fact]
    public void Events_that_are_lost_are_said_and_the_monitor_goes_on()
    {
        CommandResult result = Shell($$"""
            cat >inside <<'END'
            {{AwaitMonitors}}
            {{AwaitLine}}
            xtables-monitor -e >ours 2>errors & monitor=$!
            await_monitors 1
            kill -STOP $monitor
            { echo '*filter'; for i in $(seq 5000); do echo "-A INPUT -p tcp --dport $i -j ACCEPT"; done; echo COMMIT; } | iptables-nft-restore
            kill -CONT $monitor
            await_line errors lost
            for i in $(seq 100); do # some are lost until it has seen all that was kept
                iptables-nft -N end$i
                grep -q end ours && break
                sleep 0.02
            done
            grep -q "EVENT: -4 -t filter -N end" ours || echo silence
            kill $monitor
            cat errors
            END
            unshare -r -n bash inside
            """);
        Assert.Equal(("xtables-monitor: events were lost here: there were more than the kernel keeps\n", ""), (result.Stdout, result.Stderr));
    }

    [Fact]
    public void It_ends_when_nobody_reads_any_more()
    {
        CommandResult result = Shell($"""
            {AwaitMonitors}
            {AwaitLine}
            touch status
            ( xtables-monitor -e; echo "ended $?" >status ) | head -n 1 >first &
            await_monitors 1
            for i in 1 2 3 4; do nft add table ip t$i; sleep 0.1; done
            await_line status ended
            cat first status
            """);
        Assert.Equal((" EVENT: nft: NEW table: table t1 ip flags 0 use 0 handle 1\nended 1\n", ""), (result.Stdout, result.Stderr));
    }

    [Theory]
    [InlineData("-x", 2, "xtables-monitor 1.8.10: Bad argument.\nTry `xtables-monitor -h' for more information.\n")]
    [InlineData("-0", 2, "xtables-monitor 1.8.10: Bad argument.\nTry `xtables-monitor -h' for more information.\n")]
    [InlineData("-e filter", 2, "xtables-monitor 1.8.10: Bad argument `filter'\nTry `xtables-monitor -h' for more information.\n")]
    [InlineData("-V", 0, "")]
    [InlineData("-e -h", 1, "")]
    [InlineData("-4 -c", 1, "")]
    public void Usage_is_that_of_the_original(string options, int status, string errors)
    {
        CommandResult ours = Shell("xtables-monitor " + options);
        Assert.Equal((status, errors), (ours.ExitStatus, ours.Stderr));
        Assert.Equal(status == 2, ours.Stdout.Length == 0);
    }

    [Fact]
    public void Without_the_right_to_listen_it_says_so()
    {
        CommandResult result = Shell("setpriv --reuid 65534 --clear-groups --bounding-set -all xtables-monitor -e");
        Assert.Equal((1, "", "cannot bind to nfnetlink socket: Operation not permitted\n"), (result.ExitStatus, result.Stdout, result.Stderr));
    }

    public void Dispose()
    {
        _network.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs ours and Debian's beside each other while a script changes something.</summary>
    /// <param name="options">The options of both.</param>
    /// <param name="changes">The script.</param>
    /// <param name="end">What the last lines have; a table is added for it if not given.</param>
    /// <param name="isShown">Whether Debian's gets as far as that.</param>
    private (string[] Ours, string[] Theirs) WatchBoth(string options, string changes, string end = "NEWGEN.*NAME=last", bool isShown = true)
    {
        CommandResult result = Shell($"""
            {AwaitMonitors}
            {AwaitLine}
            ip link set lo up
            cp $(command -v nft) last
            stdbuf -oL /usr/sbin/xtables-monitor {options} >theirs 2>/dev/null & theirs=$!
            xtables-monitor {options} >ours & ours=$!
            await_monitors 2
            {changes}
            ./last add table ip the_end
            await_line ours "{end}"
            {(isShown ? $"await_line theirs \"{end}\"" : "")}
            sleep 0.1
            kill $theirs $ours 2>/dev/null
            wait
            """);
        Assert.Equal("", result.Stderr);
        return (File.ReadAllLines(Path.Combine(_folder, "ours")), File.ReadAllLines(Path.Combine(_folder, "theirs")));
    }

    private CommandResult Shell(string script) => _network.Run(() => new Command("bash", "-c", script)
    {
        Variables = Command.ProgramsUnderTest(Path.Combine(_folder, "lock")),
        Folder = _folder,
        Patience = TimeSpan.FromSeconds(60),
    }.Run());
}

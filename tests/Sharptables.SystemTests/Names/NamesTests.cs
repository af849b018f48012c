using System.Globalization;
using Sharptables.SystemTests.Installing;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Names;

/// <summary>Names on machines that have no getent, another one, or whose caller tries to have his own run: see tests/overlay.</summary>
public sealed class NamesTests
{
    /// <summary>Only lo is up. The name server is tests/nameserver, when it is started.</summary>
    private static readonly string s_machine = $$"""
        export PATH={{Workspace.Sbin}}:$PATH XTABLES_LOCKFILE=/tmp/names.lock SHARPTABLES_HINTS=always
        printf '127.0.0.1 localhost\n::1 localhost\n192.0.2.9 Shop.example shop\n2001:db8::9 shop\n' >/etc/hosts
        printf 'hosts: files dns\nnetworks: files\n' >/etc/nsswitch.conf
        rm -f /etc/resolv.conf; echo nameserver 127.0.0.1 >/etc/resolv.conf
        replace() { cat >/tmp/new; chmod +x /tmp/new; mv /tmp/new $1; }
        serve() { coproc SERVER { exec tests/nameserver "$@"; }; read -r ready <&${SERVER[0]}; }

        """;

    /// <summary>No options and few databases: as with other C libraries.</summary>
    private const string OtherGetent = """
        mv /usr/bin/getent /usr/bin/getent.glibc
        replace /usr/bin/getent <<'END'
        #!/bin/sh
        [ "$1" = hosts ] || { echo "usage: getent database [key ...]" >&2; exit 1; }
        exec getent.glibc "$@"
        END

        """;

    [Fact]
    public void Without_getent_the_names_of_etc_hosts_are_known()
    {
        Assert.Equal("""
            -A INPUT -s 127.0.0.1/32
            -A INPUT -s 127.0.0.1/32
            -A INPUT -s 192.0.2.9/32
            -A INPUT -s 2001:db8::9/128
                       all  --  Shop.example         anywhere            

            """, Run("""
            rm /usr/bin/getent
            iptables -A INPUT -s localhost; iptables -A INPUT -s SHOP; ip6tables -A INPUT -s shop
            iptables -S INPUT | tail -n +2; ip6tables -S INPUT | tail -n +2; iptables -L INPUT | grep Shop
            """));
    }

    [Fact]
    public void That_getent_is_missing_is_said_where_a_name_is_not_found()
    {
        const string gap = "was searched: other sources, such as DNS, are asked through getent, which is neither in /usr/bin nor in /bin.";
        Assert.Equal($"""
            iptables v1.8.10 (legacy): host/network `four.example' not found
            Hint: Only /etc/hosts {gap}
            iptables v1.8.10 (legacy): getaddrinfo: Name or service not known

            Hint: Only /etc/hosts {gap}
            iptables v1.8.10 (legacy): owner: Bad value for "--uid-owner" option: "nobody-here"
            Hint: Only /etc/passwd {gap}
            0
            """, Run("""
            rm /usr/bin/getent; echo 'passwd: files sss' >>/etc/nsswitch.conf
            export SHARPTABLES_HINTS=always
            iptables -A INPUT -s four.example || true
            iptables -t mangle -A INPUT -j TEE --gateway four.example || true
            iptables -A OUTPUT -m owner --uid-owner nobody-here || true
            iptables -S | grep -c '^-A' || true
            """).Replace("\nTry `iptables -h' or 'iptables --help' for more information.", "", StringComparison.Ordinal).TrimEnd());
    }

    [Fact]
    public void That_getent_cannot_be_run_is_said_where_a_name_is_not_found()
    {
        Assert.EndsWith("which cannot be run: Exec format error.\n", Run("""
            replace /usr/bin/getent </dev/null
            SHARPTABLES_HINTS=always iptables -A INPUT -s four.example || true
            """), StringComparison.Ordinal);
    }

    [Fact]
    public void A_getent_that_knows_no_options_and_few_databases_is_enough()
    {
        Assert.Equal("""
            -A INPUT -s 127.0.0.1/32
            -A INPUT -s 127.0.0.1/32
            -A INPUT -s 192.0.2.4/32
            -A INPUT -s 2001:db8::1/128
                       all  --  host-192-0-2-4.example  anywhere            

            """, Run(OtherGetent + """
            serve
            iptables -A INPUT -s localhost; iptables -A INPUT -s four.example; ip6tables -A INPUT -s both.example
            iptables -S INPUT | tail -n +2; ip6tables -S INPUT | tail -n +2; iptables -L INPUT | tail -n 1
            """));
    }

    [Fact]
    public void What_a_getent_says_that_is_no_answer_is_of_no_effect()
    {
        string said = Run("""
            printf '#!/bin/sh\nseq 1 10000; echo "192.0.2 STREAM x"; printf "\\0\\n::g x"' | replace /usr/bin/getent
            iptables -A INPUT -s localhost; iptables -A INPUT -s 192.0.2.4; ip6tables -A INPUT -s localhost
            { iptables -A INPUT -s four.example 2>&1 || true; } | sed -n 1p
            iptables -L INPUT | tail -n +3
            """);
        Assert.Equal("""
            iptables v1.8.10 (legacy): host/network `four.example' not found
                       all  --  localhost            anywhere            
                       all  --  localhost            anywhere            
                       all  --  192.0.2.4            anywhere            

            """, said);
    }

    [Fact]
    public void Nothing_is_run_that_stands_in_the_callers_PATH()
    {
        Assert.Equal("192.0.2.4/32\n", Run("""
            serve
            mkdir /tmp/own
            for name in getent getent.glibc getconf gzip zcat sh bash modprobe kmod ip iptables ipset; do
                printf '#!/bin/bash\necho "$0" >>/tmp/ran\n' >/tmp/own/$name
            done

            """ + OtherGetent + """
            chmod +x /tmp/own/*
            hash -p /usr/bin/getent getent
            sbin=$(dirname $(command -v iptables))
            called() { local name=$1; shift; PATH=/tmp/own $sbin/$name "$@" >/tmp/said 2>&1 || true; }
            called iptables -A INPUT -s four.example
            called iptables -L
            called iptables -A OUTPUT -m owner --uid-owner nobody-here
            called ip6tables -A INPUT -s nosuch.example
            called nfbpf_compile ip
            called sharptables doctor
            iptables -S INPUT | sed -n 's/.*-s //p'
            if [ -e /tmp/ran ]; then cat /tmp/ran; fi
            """));
    }

    /// <summary>Where only lo is up, the system does not ask some questions at all (getaddrinfo(3), AI_ADDRCONFIG).</summary>
    [Theory]
    [InlineData("four.example")]
    [InlineData("six.example")]
    [InlineData("both.example")]
    [InlineData("nosuch.example")]
    [InlineData("shop")]
    [InlineData("shop,localhost,four.example")]
    public void Names_are_found_as_the_original_finds_them_while_only_lo_is_up(string name)
    {
        string[] said = Run($$"""
            serve
            each() {
                for program in iptables ip6tables; do
                    "$1$program$2" -F
                    "$1$program$2" -A INPUT -s {{name}} 2>&1 | grep -o "host/network.*" || true
                    "$1$program$2" -S INPUT
                done
            }
            each /usr/sbin/ -legacy; echo ----; each "" ""
            """).Split("----\n");
        Assert.Equal(said[0], said[1]);
    }

    /// <summary>Where DNS is all there is besides /etc/hosts, no getent runs.</summary>
    [Theory]
    [InlineData("dns")]
    [InlineData("mdns4_minimal dns")]
    public void A_listing_has_the_originals_names_and_asks_for_each_address_once(string sources)
    {
        string said = Run(string.Concat(Enumerable.Repeat(Rules(40), 10)) + $"sed -i 's/dns/{sources}/' /etc/nsswitch.conf\n" + """
            serve
            iptables -A INPUT -m iprange --src-range 10.0.1.1-10.0.1.2
            iptables -A INPUT -m conntrack --ctorigsrc 10.0.2.1 --ctorigdst 10.0.2.2/31
            iptables -A INPUT -m policy --dir in --pol ipsec --mode tunnel --tunnel-src 10.0.3.1 --tunnel-dst 10.0.3.7
            iptables -A INPUT -s 10.0.4.0/24 -d 10.0.0.1
            iptables -A INPUT -s 192.0.2.9
            iptables -A INPUT -d 192.0.2.4
            iptables -t nat -A PREROUTING -j DNAT --to-destination 10.0.5.1
            iptables -L >/tmp/ours; iptables -t nat -L >>/tmp/ours
            kill $SERVER_PID; read -r counted <&${SERVER[0]}; echo "${counted%%,*}"; wait $SERVER_PID || true
            serve
            /usr/sbin/iptables-legacy -L >/tmp/original; /usr/sbin/iptables-legacy -t nat -L >>/tmp/original
            cmp /tmp/ours /tmp/original
            """);
        Assert.InRange(int.Parse(said.Split(' ')[0], CultureInfo.InvariantCulture), 44, 2 * 44); // those of one that was slow, again
    }

    /// <summary>However few processors there are.</summary>
    [Theory]
    [InlineData("dns")]
    [InlineData("mdns4_minimal dns")]
    public void A_slow_name_server_is_asked_for_many_addresses_at_a_time(string sources)
    {
        string said = Run(Rules(150) + $"sed -i 's/dns/{sources}/' /etc/nsswitch.conf\n" + """
            serve 50
            iptables -L INPUT >/tmp/ours
            grep -c 'host-' /tmp/ours
            kill $SERVER_PID; read -r counted <&${SERVER[0]}; echo "${counted#*, }"
            """);
        Assert.StartsWith("135\n", said, StringComparison.Ordinal);
        Assert.InRange(int.Parse(said.Split('\n')[1].Split(' ')[0], CultureInfo.InvariantCulture), 16, 64);
    }

    [Theory]
    [InlineData("dns")]
    [InlineData("mdns4_minimal dns")]
    public void IPv6_addresses_have_the_originals_names_too(string sources)
    {
        Assert.Equal("", Run($"sed -i 's/dns/{sources}/' /etc/nsswitch.conf\n" + """
            serve
            for a in 2001:db8::6 2001:db8::7 2001:db8:1::/64 ::1 fe80::1 ::ffff:192.0.2.9 ::192.0.2.5; do ip6tables -A INPUT -s $a; done
            ip6tables -L >/tmp/ours; /usr/sbin/ip6tables-legacy -L >/tmp/original
            grep -q host-6 /tmp/ours; cmp /tmp/ours /tmp/original
            """));
    }

    /// <summary>The second is asked by the system's own library.</summary>
    [Fact]
    public void When_the_first_name_server_is_dead_the_second_is_asked()
    {
        Assert.Equal("1\n", Run("""
            printf 'nameserver 127.0.0.2\nnameserver 127.0.0.1\n' >/etc/resolv.conf
            serve
            iptables -A INPUT -s 10.0.0.1
            iptables -L | grep -c host-10-0-0-1.example
            """));
    }

    [Fact]
    public void Who_holds_the_lock_is_told_in_a_process_namespace()
    {
        Assert.Equal("Hint: Process N (sleep) holds it.\nHint: Process N (sleep) holds it.\n", Run("""
            ( exec 9>$XTABLES_LOCKFILE; flock 9; touch /tmp/held; exec sleep 60 ) & holder=$!
            until [ -e /tmp/held ]; do sleep 0.01; done
            { iptables -w 1 -L || true; } 2>&1 | sed -n 's/^Hint: Process [0-9]*/Hint: Process N/p'
            kill $holder; wait $holder || true
            flock $XTABLES_LOCKFILE sleep 60 & holder=$!
            until ! flock -n $XTABLES_LOCKFILE true; do sleep 0.01; done
            { iptables -w 1 -L || true; } 2>&1 | sed -n 's/^Hint: Process [0-9]* (\(flock\|sleep\))/Hint: Process N (sleep)/p'
            """));
    }

    [Fact]
    public void That_the_holder_of_the_lock_is_in_another_process_namespace_is_said()
    {
        Assert.Equal("""
            Hint: No process visible from here holds it: it may be one of another container, or of the host.
            ok no process of this container holds /tmp/names.lock

            """, Run("""
            ( exec 9>$XTABLES_LOCKFILE; flock 9; touch /tmp/held; exec sleep 60 ) &
            until [ -e /tmp/held ]; do sleep 0.01; done
            unshare --pid --fork --mount-proc sh -c '
                { iptables -w 1 -L || true; } 2>&1 | grep Hint:
                sharptables doctor 2>&1 | grep names.lock | tr -s " " | sed "s/^ //"'
            """));
    }

    private static string Rules(int count) =>
        $"for i in $(seq {count}); do echo \"-A INPUT -s 10.0.0.$i -j ACCEPT\"; done | sed '1i*filter\n$aCOMMIT' | iptables-restore -n\n";

    private static string Run(string script) => OverlayMachine.Run(s_machine + script);
}

using Xunit;

namespace Sharptables.SystemTests.Installing;

/// <summary>The boot script and the units, on a copy of this machine with the programs installed.</summary>
public sealed class BootTests
{
    private const string Installed = $$"""
        {{OverlayMachine.Make}} install install-iptables PREFIX=/usr SYSTEMD=yes
        boot=/etc/rc.d/init.d/iptables
        mkdir -p /etc/iptables
        locked() { [ "$($1 -S | tr '\n' ' ')" = "-P INPUT DROP -P FORWARD DROP -P OUTPUT DROP -A INPUT -i lo -j ACCEPT -A OUTPUT -o lo -j ACCEPT " ]; }
        open() { [ "$($1 -S | tr '\n' ' ')" = "-P INPUT ACCEPT -P FORWARD ACCEPT -P OUTPUT ACCEPT " ]; }
        rc() { printf '%s\n' "$@" >/etc/rc.d/rc.iptables; }
        has() { iptables-save | grep -q -- "$1"; }
        fails() { ! "$@"; }

        """;

    [Fact]
    public void Start_runs_rc_iptables() => OverlayMachine.Run(Installed + """
        rc 'iptables -A INPUT -p tcp --dport 22 -j ACCEPT' 'iptables -P INPUT DROP'
        $boot start
        has '-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT'
        has ':INPUT DROP'
        """);

    [Fact]
    public void Start_runs_the_firewall_scripts_of_the_users() => OverlayMachine.Run(Installed + """
        for script in tests/scenarios/*.sh; do
            cp $script /etc/rc.d/rc.iptables
            $boot start
            has '-A INPUT'
            $boot clear
        done
        """);

    [Fact]
    public void A_first_start_that_fails_locks_and_says_so()
    {
        string said = OverlayMachine.Run(Installed + """
            rc 'iptables -A INPUT -j ACCEPT' 'iptables -A NOSUCH -j ACCEPT'
            fails $boot start
            locked iptables
            locked ip6tables
            """);
        Assert.Contains("rc.iptables ended with status 1", said);
        Assert.Contains("locked: only the loopback interface is let through", said);
    }

    /// <summary>Each of these is the third of four lines.</summary>
    [Theory]
    [InlineData("iptables -A NOSUCH -j ACCEPT", "line 3: iptables -A NOSUCH -j ACCEPT ended with status ")]
    [InlineData("/usr/sbin/iptables -A INPUT -p tcp --dport x -j DROP 2>/dev/null", "line 3: /usr/sbin/iptables -A INPUT")]
    [InlineData("ip6tables -P INPUT OPEN", "line 3: ip6tables -P INPUT OPEN")]
    [InlineData("iptables -D INPUT -j ACCEPT", "line 3: iptables -D INPUT -j ACCEPT")]
    [InlineData("IPT=\"iptables -w\"; $IPT -I NOSUCH -j DROP", "line 3: $IPT -I NOSUCH -j DROP")]
    [InlineData("run() { \"$@\"; }; run iptables -A NOSUCH -j DROP", "line 3, called from line 3: iptables -A NOSUCH -j DROP")]
    [InlineData("for chain in INPUT NOSUCH; do iptables -A $chain -j DROP; done", "line 3: iptables -A $chain -j DROP")]
    [InlineData("echo junk | iptables-restore", "line 3: iptables-restore")]
    [InlineData("(iptables -A NOSUCH -j DROP)", "line 3: iptables -A NOSUCH -j DROP")]
    public void A_command_that_fails_in_the_middle_locks_and_is_named(string line, string said) =>
        Assert.Contains(said, OverlayMachine.Run(Installed + $"""
        rc '#!/bin/sh' 'iptables -P INPUT ACCEPT' '{line}' 'iptables -A INPUT -p tcp --dport 22 -j ACCEPT'
        fails $boot start
        locked iptables
        """));

    [Theory]
    [InlineData("modprobe nosuch")]
    [InlineData("iptables -C INPUT -j DROP")]
    [InlineData("iptables -X nosuch 2>/dev/null")]
    [InlineData("iptables -N new; iptables -N new >/dev/null 2>&1")]
    [InlineData("iptables -A NOSUCH -j DROP || echo never mind")]
    [InlineData("if ! iptables -A NOSUCH -j DROP; then echo never mind; fi")]
    public void What_the_script_expects_to_fail_may_fail(string line) => OverlayMachine.Run(Installed + $"""
        rc '#!/bin/sh -u' 'iptables -P INPUT DROP' '{line}' 'iptables -A INPUT -p tcp --dport 22 -j ACCEPT'
        $boot start
        has ':INPUT DROP'
        has '--dport 22 -j ACCEPT'
        """);

    [Theory]
    [InlineData("#!/bin/sh")]
    [InlineData("#!/bin/bash")]
    [InlineData("#! /usr/bin/env bash")]
    [InlineData("# no interpreter")]
    public void A_script_is_run_by_the_shell_it_names_under_its_own_name(string first) => OverlayMachine.Run(Installed + $"""
        rc '{first}' 'echo "$0 $#" >/tmp/ran' 'iptables -A INPUT -j ACCEPT' 'exit 0' 'iptables -A NOSUCH'
        chmod +x /etc/rc.d/rc.iptables
        $boot start
        grep -q '^/etc/rc.d/rc.iptables 0' /tmp/ran
        """);

    [Fact]
    public void A_script_that_is_none_of_a_shell_is_run_as_it_is() => OverlayMachine.Run(Installed + """
        rc '#!/usr/bin/perl' 'exit(system("iptables", "-A", "INPUT", "-j", "ACCEPT") >> 8);'
        chmod +x /etc/rc.d/rc.iptables
        $boot start
        has '-A INPUT -j ACCEPT'
        """);

    [Fact]
    public void A_start_without_rc_iptables_locks() => OverlayMachine.Run(Installed + """
        fails $boot start
        locked iptables
        locked ip6tables
        """);

    [Fact]
    public void A_restart_that_fails_puts_the_rules_from_before_back() => OverlayMachine.Run(Installed + """
        rc 'iptables -A INPUT -p tcp --dport 22 -j ACCEPT' 'ip6tables -A INPUT -p udp -j DROP'
        $boot start
        iptables-save | grep -v '^#' >/tmp/before
        rc 'iptables -F' 'iptables -t mangle -A INPUT -j MARK --set-mark 1' 'ip6tables -F' false
        fails $boot restart
        iptables-save -t filter | grep -v '^#' | diff /tmp/before -
        fails has MARK
        ip6tables-save | grep -q 'INPUT -p udp -j DROP'
        """);

    [Theory]
    [InlineData("stop")]
    [InlineData("clear")]
    public void Stop_and_clear_leave_no_rules_in_any_table(string action) => OverlayMachine.Run(Installed + $"""
        iptables -t nat -A POSTROUTING -j MASQUERADE
        iptables -t mangle -N extra
        iptables -P INPUT DROP
        $boot {action}
        open iptables
        open ip6tables
        fails has '^-A'
        fails has extra
        """);

    [Fact]
    public void Lock_lets_only_the_loopback_interface_through() => OverlayMachine.Run(Installed + """
        iptables -A INPUT -j ACCEPT
        $boot lock
        locked iptables
        locked ip6tables
        ping -c 1 -W 2 127.0.0.1 >/dev/null
        """);

    /// <summary>
    /// The programs of iptables replaced by ones that fail, as on a kernel without its interface, and a file in the place of the
    /// kernel's log. The outside is another network namespace.
    /// </summary>
    private const string NoLegacyInterface = Installed + """
        ip=$(command -v ip)
        unshare --net sleep 1000 & # the outside; it ends with this namespace of processes
        outside=$!
        nsenter() { command nsenter --net=/proc/$outside/ns/net "$@"; }
        until [ "$(readlink /proc/$outside/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
        ip link add in type veth peer name out netns $outside
        ip addr add 10.6.0.1/24 dev in; ip link set in up; ip addr add fd06::1/64 dev in nodad
        nsenter $ip addr add 10.6.0.2/24 dev out; nsenter $ip link set out up; nsenter $ip addr add fd06::2/64 dev out nodad
        reached() { nsenter ping -c 1 -W 1 $1 >/dev/null; }
        until reached 10.6.0.1 && reached fd06::1; do sleep 0.1; done
        broken() {
            for name in {ip,ip6}tables{,-save,-restore}; do
                mv /usr/sbin/$name /usr/sbin/$name.kept
                printf '#!/bin/sh\necho "$0: no such interface" >&2\nexit 3\n' >/usr/sbin/$name
                chmod 755 /usr/sbin/$name
            done
        }
        mended() { for name in /usr/sbin/*.kept; do mv $name ${name%.kept}; done; }
        gone() { for name; do rm -f /usr/sbin/$name /usr/bin/$name /sbin/$name /bin/$name; hash -r; done; }
        touch /tmp/log
        mount --bind /tmp/log /dev/kmsg
        rc 'iptables -A INPUT -j ACCEPT'
        broken

        """;

    [Theory]
    [InlineData("", "nf_tables")]
    [InlineData("gone nft", "the routing")]
    public void Where_iptables_cannot_lock_something_else_does_and_is_taken_away_again(string missing, string by) =>
        OverlayMachine.Run(NoLegacyInterface + $"""
            {missing}
            fails $boot start
            grep 'iptables could not lock.*: {by} do' /tmp/log
            fails reached 10.6.0.1
            fails reached fd06::1
            ping -c 1 -W 1 10.6.0.1 >/dev/null
            ping -c 1 -W 1 fd06::1 >/dev/null
            $boot status | grep '== ip6tables, locked by {by}'
            fails $boot start # once more is no matter
            fails $boot stop
            reached 10.6.0.1
            reached fd06::1
            fails $boot start
            fails reached 10.6.0.1
            mended
            $boot start
            reached 10.6.0.1
            reached fd06::1
            fails grep -q locked <<<"$($boot status)"
            broken
            $boot lock
            mended
            $boot lock
            locked iptables
            fails grep -q locked <<<"$($boot status)"
            $boot clear
            reached 10.6.0.1
            """);

    [Fact]
    public void Where_nothing_can_lock_the_open_machine_is_shouted_about()
    {
        string said = OverlayMachine.Run(NoLegacyInterface + """
            gone nft ip
            fails $boot start
            fails $boot lock
            grep -q 'THE MACHINE IS OPEN' /tmp/log
            """);
        Assert.Contains("THE MACHINE IS OPEN", said);
    }

    [Theory]
    [InlineData("", "nf_tables")]
    [InlineData("gone nft", "the routing")]
    public void A_unit_has_its_own_family_locked_in_the_same_way(string missing, string by) =>
        OverlayMachine.Run(NoLegacyInterface + Unit + $"""
            {missing}
            printf '*filter\nCOMMIT\n' >/etc/iptables/rules.v6
            fails start ip6tables
            grep 'ip6tables could not lock.*: {by} do' /tmp/log
            fails reached fd06::1
            reached 10.6.0.1
            mended
            start ip6tables
            reached fd06::1
            """);

    [Theory]
    [InlineData("the rules from before cannot be saved", "rm /usr/sbin/ip6tables-save")]
    [InlineData("there is no place for them", "gone mktemp")]
    public void A_first_start_that_cannot_begin_locks(string what, string how) => Assert.True(OverlayMachine.Run(Installed + $$"""
        gone() { rm -f /usr/bin/$1 /bin/$1; }
        rc 'iptables -A INPUT -j ACCEPT'
        {{how}}
        fails $boot start
        locked iptables
        locked ip6tables
        """).Contains("locked: only the loopback interface"), what);

    [Fact]
    public void Status_lists_every_table_in_use() => OverlayMachine.Run(Installed + """
        iptables -t nat -A POSTROUTING -j MASQUERADE
        ip6tables -A INPUT -j DROP
        $boot status >/tmp/status
        grep -q '== iptables, table nat' /tmp/status
        grep -q MASQUERADE /tmp/status
        grep -q '== ip6tables, table filter' /tmp/status
        """);

    [Theory]
    [InlineData("")]
    [InlineData("foo")]
    [InlineData("start iptables")]
    [InlineData("restore iptables")]
    [InlineData("restore arptables file")]
    public void Anything_else_is_refused_with_the_usage(string words) =>
        Assert.Contains("Usage: iptables {start|", OverlayMachine.Run(Installed + $$"""
        iptables -A INPUT -j ACCEPT
        status=0
        $boot {{words}} || status=$?
        [ $status = 2 ]
        has '-A INPUT -j ACCEPT'
        """));

    /// <summary>What a unit starts is run as systemd would: systemd itself is not here.</summary>
    private const string Unit = """
        start() { eval "$(sed -n 's/^ExecStart=//p' /usr/lib/systemd/system/$1.service)"; }
        reload() { eval "$(sed -n 's/^ExecReload=//p' /usr/lib/systemd/system/$1.service)"; }
        stop() { eval "$(sed -n 's/^ExecStop=//p' /usr/lib/systemd/system/$1.service)"; }

        """;

    [Theory]
    [InlineData("iptables", "rules.v4")]
    [InlineData("ip6tables", "rules.v6")]
    public void A_unit_restores_its_familys_file(string name, string file) => OverlayMachine.Run(Installed + Unit + $"""
        {name} -A INPUT -p tcp -j ACCEPT
        {name}-save >/etc/iptables/{file}
        $boot clear
        start {name}
        {name}-save | grep -q -- '-A INPUT -p tcp -j ACCEPT'
        stop {name}
        open {name}
        """);

    [Theory]
    [InlineData("the file is not there", "rm -f /etc/iptables/rules.v4")]
    [InlineData("a rule is wrong", "printf '*nat\nCOMMIT\n*filter\n-A INPUT -j NOSUCH\nCOMMIT\n' >/etc/iptables/rules.v4")]
    public void A_unit_that_cannot_restore_locks_its_family_and_fails(string what, string how) =>
        Assert.True(OverlayMachine.Run(Installed + Unit + $"""
        {how}
        fails start iptables
        locked iptables
        open ip6tables
        """).Contains("/etc/iptables/rules.v4 was not put in force"), what);

    [Fact]
    public void A_reload_that_fails_leaves_the_rules_in_force() => OverlayMachine.Run(Installed + Unit + """
        iptables -A INPUT -p tcp -j ACCEPT
        echo junk >/etc/iptables/rules.v4
        fails reload iptables
        has '-A INPUT -p tcp -j ACCEPT'
        """);

    [Fact]
    public void The_units_are_ordered_before_the_network_and_systemd_finds_nothing_wrong() => OverlayMachine.Run(Installed + """
        grep -q '^Before=network-pre.target' /usr/lib/systemd/system/iptables.service
        if command -v systemd-analyze >/dev/null; then
            systemd-analyze verify /usr/lib/systemd/system/{iptables,ip6tables}.service 2>&1 | (! grep -E 'ip6?tables.service')
        fi
        """);
}

using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>iptables-apply</c> and <c>ip6tables-apply</c>.</summary>
internal static partial class IptablesApply
{
    public static ProgramDescription Describe(Family family) => new(
        Invocation.NameFor(family) + "-apply", "applies new rules, and reverts to the old ones unless somebody confirms them",
        ["[-t seconds] [-w savefile] [rulesfile]", "[-t seconds] [-w savefile] -c [command]", "-h | -V"], """
        Changing the rules of a remote machine, you may lock yourself out. iptables-apply restores the rules in a file, as
        iptables-restore does, or runs a command that changes rules. Then it asks

            Can you establish NEW connections to the machine? (y/N)

        and waits. The key `y` keeps the new rules. Any other key, no key for 10 seconds, or the loss of the terminal restores the old
        ones: all tables with their chains, rules, policies and counters. Try to log in again before you answer yes, since open
        connections may go on while new ones are blocked.

        With a file, iptables-apply restores the rules for IPv4 and nothing else, ip6tables-apply those for IPv6, through the interface
        of the kernel that iptables uses. A command may change more, so with -c either program restores both families, and both
        interfaces: of nf_tables everything, whoever made it, with its sets, maps and other objects. Other effects of a command, such as
        on the contents of IP sets or on sysctls, are not undone.

        A file is read once, and all its tables are tried in an empty network namespace before the first is put in force. If a line is
        wrong, or the kernel refuses a rule, nothing is changed. Only rules that refer to a set, an account, a timeout or an estimator
        cannot be tried there; if the kernel refuses one of those after another table was changed, that table is restored.

        A command runs without input. If it fails, or takes longer than the answer may, it is killed and the old rules are restored.
        """)
    {
        Usage = ["[-hV] [-t timeout] [-w savefile] {[rulesfile]|-c [runcmd]}"],
        Operands = ["rulesfile"],
        Options = s_options,
        Sections =
        [
            new("THE ROLLBACK", """
            The old rules are restored whatever happens to iptables-apply. Before it changes anything, it starts a watchdog: a process
            that holds the old rules in memory and has a session of its own. The watchdog restores them when the time is over, and at once
            when iptables-apply ends without an answer, because the terminal hung up or it was killed. It ignores signals; if it is killed
            with SIGKILL, iptables-apply restores the rules itself. The watchdog alone decides whether an answer came in time.

            The watchdog is called rules-rollback, so that killing iptables-apply by name does not kill it. When systemd ends a session,
            iptables-apply gets SIGTERM first, and the watchdog has restored the rules long before SIGKILL. Only killing both with SIGKILL
            at once, as `kill -9 -1` or the forced stop of a container does, keeps the new rules.

            It waits for the lock that the programs of iptables share, but no longer than five seconds: a program that hangs while it
            holds the lock cannot prevent the rollback.

            A table that has not been changed meanwhile is left alone, and its counters have gone on. A table that did not exist before
            is removed from nf_tables; from ip_tables it cannot be, and is flushed, with all policies set to ACCEPT.

            All tables of nf_tables come back in one step. If the kernel refuses that, for instance because the device of a chain has
            gone, they come back one by one, and the message names those that do not. Timeouts of elements of sets go on from where they
            were. A table that belongs to a running process, such as one of firewalld, is left alone: only that process may change it.

            Rules that refer to an IP set or a pinned bpf object are restored with what has that name then, even if a command has
            recreated it. If nothing has that name any more, the table is not restored, since its rules would mean something else: the
            message names the table and the set, all other tables are restored, and the exit status is 8. Create the set again, and
            restore the rules from a file.

            While one waits for its answer, a second iptables-apply is refused with status 10: it would take unconfirmed rules for the old
            ones. It reports which process asks, and how long it waits. Ending that process with `kill PID` restores the old rules at
            once. An iptables-apply and an ip6tables-apply may wait at the same time, unless one of them runs a command.

            When the watchdog restores rules, it logs the reason to syslog under the name iptables-apply; if the kernel refuses a table,
            it logs that as critical.
            """),
            new("ENVIRONMENT", """
            XTABLES_LOCKFILE
              The lock file, instead of /run/xtables.lock.
            """),
        ],
        ExitStatus = """
        0
          The new rules are kept.

        1
          The options are wrong, or there is nobody to ask because the output cannot be written.

        2
          The rules file cannot be read.

        3
          The rules in force cannot be read; only root may.

        5
          The file is wrong, or the kernel refuses it. The old rules are in force.

        6
          The command does not exist, or may not be executed.

        7
          The command failed. The old rules are in force.

        8
          The old rules should be in force, but not all of them could be restored: the message tells which, and why.

        9
          The new rules are kept, but could not be saved.

        10
          Another iptables-apply waits for its answer. Nothing was changed.

        255
          The new rules were not confirmed. The old ones are in force.
        """,
        Files =
        [
            (
                "/etc/network/iptables.up.rules",
                "The default rules file, and the savefile when its name is empty; for IPv6 ip6tables.up.rules."),
            ("/etc/network/iptables.up.run", "The default command; for IPv6 ip6tables.up.run."),
            ("/run/xtables.lock", "The lock."),
            ("/run/xtables.lock.iptables-apply.*", "Which process waits for an answer, and until when: one for each network namespace."),
        ],
        Examples =
        [
            new("Lets a script confirm the rules, and saves them if they are good:", """
            iptables-save -t filter > new.rules
            printf '#!/bin/sh\niptables -S INPUT >/dev/null\n' > check; chmod +x check
            { sleep 1; ./check && echo y; } | iptables-apply -t 30 -w good.rules new.rules
            """),
            new("Runs a firewall script, and reverts its changes unless they are confirmed at the terminal:", """
            printf '#!/bin/sh\niptables -P FORWARD DROP\n' > firewall; chmod +x firewall
            iptables-apply -t 1 -c ./firewall || echo "The old rules are in force."
            """),
        ],
        SeeAlso = ["iptables(8)", "iptables-save(8)", "iptables-restore(8)"],
    };
}

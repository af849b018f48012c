using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>iptables-apply</c> and <c>ip6tables-apply</c>.</summary>
internal static partial class IptablesApply
{
    public static ProgramDescription Describe(Family family) => new(
        Invocation.NameFor(family) + "-apply", "puts new rules in force, and the old ones back unless somebody confirms them",
        ["[-t seconds] [-w savefile] [rulesfile]", "[-t seconds] [-w savefile] -c [command]", "-h | -V"], """
        Who changes the rules of a machine far away may lock himself out. iptables-apply puts the rules of a file in force, as
        iptables-restore does, or runs a command that changes rules. Then it asks

            Can you establish NEW connections to the machine? (y/N)

        and waits. The key `y` keeps the new rules. Any other key, no key for 10 seconds, or the loss of the terminal puts the old ones
        back: all tables with their chains, rules, policies and counters. Try to log in once more before you say yes, since a connection
        that is open may go on where none can be opened any more.

        iptables-apply changes the rules for IPv4 and nothing else, ip6tables-apply those for IPv6. What a command does besides, to the
        contents of sets or to sysctls, is not undone. Nor is what it does to nf_tables, be it with nft or with an iptables of the nf_tables
        kind: then a warning stands before the question, and a rollback ends with status 8.

        A file is read once, and all its tables are tried in an empty network namespace before the first is put in force. When a line
        makes no sense, or the kernel refuses a rule, nothing is changed. Only rules that ask for a set, an account, a timeout or an
        estimator cannot be tried there; when the kernel refuses one of those after another table was changed, that table is put back.

        A command is run without input. When it fails, or takes longer than the answer may, it is ended, and the old rules are put back.
        """)
    {
        Usage = ["[-hV] [-t timeout] [-w savefile] {[rulesfile]|-c [runcmd]}"],
        Operands = ["rulesfile"],
        Options = s_options,
        Sections =
        [
            new("THE ROLLBACK", """
            The old rules come back whatever happens to iptables-apply. Before it changes anything it starts a watchdog: a process that has
            the old rules in its memory and a session of its own. The watchdog puts them back when the time is over, and at once when
            iptables-apply ends without an answer, be it that the terminal hung up or that it was killed. It heeds no signal; should it
            be killed with SIGKILL, iptables-apply puts the rules back itself. Whether an answer came in time, the watchdog alone decides.

            The watchdog is called rules-rollback, so that whoever kills iptables-apply by its name leaves it alone. When a session
            is ended by systemd, iptables-apply gets SIGTERM first, and the watchdog has put the rules back long before SIGKILL. Only who
            kills both with SIGKILL at once, as with `kill -9 -1` or a container that is stopped by force, keeps the new rules.

            It waits for the lock that the programs of iptables share, but not longer than five seconds: a program that got stuck with the
            lock cannot stop the rollback.

            A table that nobody has replaced meanwhile is left alone, and has gone on counting. A table that was not there before cannot be
            removed; it is emptied, and accepts everything.

            Rules that ask an IP set or a pinned bpf object are put back with what has that name then, even if a command has made it anew
            meanwhile. If nothing has that name any more, the table is not put back, since without the set no rule would say what it
            said: the message names the table and the set, all other tables come back, and the exit status is 8. Make the set again, and load
            the rules from a file.

            While an answer is awaited, a second iptables-apply is refused with status 10: it would take rules that nobody has confirmed for
            the old ones. It says which process asks, and how long. Ending that process, with `kill PID`, puts the old rules back at once.

            When the watchdog puts rules back, the system's log says why, under the name iptables-apply. If the kernel does not take a table
            back, the log says so too, as critical.
            """),
            new("ENVIRONMENT", """
            XTABLES_LOCKFILE
              The file of the lock, instead of /run/xtables.lock.
            """),
        ],
        ExitStatus = """
        0
          The new rules stay.

        1
          The options make no sense, or there is nobody to ask because the output cannot be written.

        2
          The rules file cannot be read.

        3
          The rules in force cannot be read; only root may.

        5
          The file is wrong, or the kernel refuses it. The old rules are in force.

        6
          The command is not there, or may not be run.

        7
          The command failed. The old rules are in force.

        8
          The old rules should be in force, but not all of them could be put back: the message says which, and why.

        9
          The new rules stay, but could not be saved.

        10
          Another iptables-apply waits for its answer. Nothing was changed.

        255
          Nobody confirmed the new rules. The old ones are in force.
        """,
        Files =
        [
            (
                "/etc/network/iptables.up.rules",
                "The rules file when none is named, and the savefile when an empty word is; for IPv6 ip6tables.up.rules."),
            ("/etc/network/iptables.up.run", "The command when none is named; for IPv6 ip6tables.up.run."),
            ("/run/xtables.lock", "The lock."),
            ("/run/xtables.lock.iptables-apply.*", "Who waits for an answer, and until when: one for each network namespace."),
        ],
        Examples =
        [
            new("Lets a check of one's own confirm the rules, and saves them if they are good:", """
            iptables-save -t filter > new.rules
            printf '#!/bin/sh\niptables -S INPUT >/dev/null\n' > check; chmod +x check
            { sleep 1; ./check && echo y; } | iptables-apply -t 30 -w good.rules new.rules
            """),
            new("Runs a firewall script, and takes back what it did unless it is confirmed at the terminal:", """
            printf '#!/bin/sh\niptables -P FORWARD DROP\n' > firewall; chmod +x firewall
            iptables-apply -t 1 -c ./firewall || echo "The old rules are in force."
            """),
        ],
        SeeAlso = ["iptables(8)", "iptables-save(8)", "iptables-restore(8)"],
    };
}

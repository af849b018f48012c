using System;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>iptables</c> and <c>ip6tables</c>.</summary>
internal static partial class Iptables
{
    public static ProgramDescription Describe(Family family) => new(
        Invocation.NameFor(family), "sets up, maintains and shows the rules of the packet filter",
        [
            "[-t table] -A|-C|-D chain rule [option...]",
            "[-t table] -I chain [number] rule [option...]",
            "[-t table] -R chain number rule [option...]",
            "[-t table] -D chain number [option...]",
            "[-t table] -L|-S|-Z [chain [number]] [option...]",
            "[-t table] -F [chain] [option...]",
            "[-t table] -X [user-chain] [option...]",
            "[-t table] -N new-chain",
            "[-t table] -P chain policy [option...]",
            "[-t table] -E user-chain new-chain",
            "-h|-V",
        ],
        $"""
        The kernel holds rules for the packets that come to a machine, leave it, or pass through it. This program lists and changes them:
        iptables those for IPv4, ip6tables those for IPv6. Neither affects the other's rules.

        Tables contain chains, and chains contain rules in a fixed order. A rule consists of conditions and a target. A packet that enters
        a chain is compared with its rules, beginning with the first. If it meets all conditions of a rule, the rule counts it, and the
        target decides what happens: a verdict ends the traversal, a chain continues it elsewhere, and other targets do something and go
        on to the next rule. A rule without a target only counts. A packet that reaches the end of a built-in chain meets its policy; from
        the end of any other chain it returns to the calling one.

        A change takes effect in one step: packets see either the old table or the new one. Rules are lost at a reboot unless they are
        saved and restored: iptables-save(8), iptables-restore(8).
        """)
    {
        Usage =
        [
            "-[ACD] chain rule-specification [options]",
            "-I chain [rulenum] rule-specification [options]",
            "-R chain rulenum rule-specification [options]",
            "-D chain rulenum [options]",
            "-[LS] [chain [rulenum]] [options]",
            "-[FZ] [chain] [options]",
            "-[NX] chain",
            "-E old-chain-name new-chain-name",
            "-P chain target [options]",
            "-h (print this help information)",
        ],
        Operands = [],
        Options = CommandLineDescription.OptionsFor(family),
        Extensions = new ExtensionSet(family),
        Sections =
        [
            new("TABLES", $"""
            Each table has its own purpose, and built-in chains for the places where packets pass.

            {string.Join("\n\n", Array.ConvertAll(BuiltInTable.Of(family), static table => $"{table.Name}\n  {table.Summary} Built-in chains: {string.Join(", ", table.Chains)}."))}

            At each place, raw comes first, then mangle, then nat where it changes destinations (PREROUTING, OUTPUT), then filter, then
            security, and last nat where it changes sources (INPUT, POSTROUTING). The table nat sees only the first packet of a connection:
            the others are translated in the same way.

            Kernel modules are loaded when a table is first used, which requires the right to load them.
            """),
            new("CHAINS", """
            PREROUTING
              Packets as they come in, before routing.

            INPUT
              Packets for this machine.

            FORWARD
              Packets routed through this machine.

            OUTPUT
              Packets that this machine sends.

            POSTROUTING
              Packets going out, after routing.

            The name of a user-defined chain has at most 28 bytes and no blanks, does not begin with a dash or an exclamation mark, and is
            not the name of a target.
            """),
            new("TARGETS", $"""
            {string.Join("\n\n", Array.ConvertAll(StandardVerdict.All(), static verdict => $"{verdict.Name}\n  {verdict.Summary}"))}

            Any other word after -j is a chain of the same table, or one of the targets of iptables-extensions(8). With -j, a packet that
            reaches the end of the chain returns to the next rule; with -g it returns to where the calling chain would have returned.
            """),
            new("MORE ABOUT COMMANDS", """
            Where a chain is optional, the command without one applies to all chains of the table. Rules are numbered from 1.

            With several addresses in -s and -d, -A, -I, -C and -D handle a rule for each pair; -R takes exactly one.

            -P takes ACCEPT or DROP, and only for built-in chains. With -c it also sets the policy's counters. A chain created by -N has
            no policy.

            -X deletes only chains that are empty and that no rule jumps to: flush with -F first. -E does not affect the rules that jump
            to a chain; they follow its new name.

            -L and -S with -Z list the counters and zero them in one step, so that no packet is missed.

            -C and -D take the rule as it would be typed to append it, or as -S lists it.
            """),
            new("RULES", """
            An exclamation mark before a condition inverts it. It is a separate word: `! -s 192.0.2.0/24`.

            An address is numeric, or the name of a host or a network, with an optional mask: a prefix length (192.0.2.0/24) or the mask
            itself (192.0.2.0/255.255.255.0). A name with several addresses makes a rule for each, and so do addresses separated by
            commas. Names are looked up once, when the rule is made; do not use names that somebody else can change.

            -p takes a name of /etc/protocols, a number, or all. With -p, the options of the protocol's match can be used
            without -m: `-p tcp --dport 22` is `-p tcp -m tcp --dport 22`.

            -i has no meaning in OUTPUT and POSTROUTING, and -o has none in PREROUTING and INPUT.

            -m loads a match, whose own conditions follow it. They are described in iptables-extensions(8), or, for the match conntrack,
            by `iptables -m conntrack -h`. All conditions of all matches must be met.

            Long options may be abbreviated as long as they are unambiguous, and may have their value after an equals sign; letters
            without a value may share one dash: `iptables -nvL`.
            """),
            new("OUTPUT", """
            -L with -v shows packets and bytes, in thousands (K), millions (M), and so on, or exactly with -x. It looks up names, which
            may take long: -n shows numbers.

            -S is for programs: it prints the options that create each rule, and its format is stable.
            """),
            new("THE LOCK", """
            Two programs that change a table at the same time would undo each other's work. So each takes a lock while it runs, and waits
            while another holds it: without a time limit, or for the time that -w gives. At the time limit it exits with status 4 and reports
            which process holds the lock.
            """),
            new("HINTS", """
            Below the original's lines of an error, a line that begins with `Hint:` tells what else is known about the cause, and one that begins
            with `Hint: type:` what to type instead.

            Other programs run this one to find out what exists, and some recognize the answer only if nothing else is on standard error.
            So, unless standard error is a terminal, an answer has no hint: a rule, chain or rule number that does not exist (-C, -D, -R,
            -I, -L, -S, -F, -Z, -A, -X, -E, -P), a chain that exists already (-N, -E), that has rules or is jumped to (-X), or that is
            built in or is not (-X, -E, -P), a chain after -j or -g or a set that does not exist, and a lock that another process holds.
            All other errors are mistakes, and keep their hint. In iptables-restore(8) every error except the lock is a mistake.

            The environment variable SHARPTABLES_HINTS, or else the file /etc/sharptables.conf, can change that: always prints hints even
            if a program is reading; never prints none; auto is as above. The file has lines of `key = value`, and comments that begin
            with #; its keys are hints and interface.
            """),
            new("INTERFACES", """
            The kernel has two interfaces for rules: ip_tables (legacy) and nf_tables. Packets have to pass the rules of both, so all programs
            of a machine should use one. iptables-legacy and iptables-nft use that of their name, and so do their -save and -restore. A
            plain name chooses: what SHARPTABLES_INTERFACE or /etc/sharptables.conf says; else the interface that has rules of iptables, if
            the other has none; else what the alternative of the system (update-alternatives) stands for; else nf_tables, if the kernel has
            it. sharptables-doctor(8) tells the choice and why. Listings and iptables-save(8) warn of tables in the other interface.
            """),
            new("PLUGINS", """
            Matches and targets that do not come with iptables, such as those of xtables-addons, are plugins: files libxt_NAME.so, for one
            family libipt_NAME.so or libip6t_NAME.so, in the folder lib/xtables or lib64/xtables beside that of this program, or in that of the system
            (/usr/lib/x86_64-linux-gnu/xtables). Their options, help, listings and saved rules are as in the original.

            A static program cannot load them. When it meets one, it goes on as libexec/sharptables/xtables-multi, which belongs to it and
            needs the library libxtables.so.12. iptables-restore(8) and iptables-apply(8) do so from the beginning if there is any plugin that
            is none of the original's, since they cannot begin again. A plugin with the name of a match or target that is built in is left
            alone, and so is one in a folder to which every user may write.
            """),
            new("ENVIRONMENT", $"""
            XTABLES_LIBDIR
              The folders of plugins, separated by colons, instead of those above; not for a program with borrowed rights (set-user-ID).

            XTABLES_LOCKFILE
              The lock file, instead of /run/xtables.lock. Programs with different lock files do not wait for each other.

            {Settings.HintsVariable}
              When to print hints: always, auto or never. Note that sudo(8) keeps few variables.

            {Settings.InterfaceVariable}
              The interface of the kernel: legacy, nft, or auto, which is to choose as INTERFACES tells.
            """),
            new("DIFFERENCES", """
            Arguments, output and exit status are those of iptables 1.8.10 with the same interface of the kernel.

            After the first line of an error it reports what it knows about the cause: the match that an option belongs to, the word that
            was probably meant, the rule that the kernel refuses and why. Values that do not fit are refused, where the original truncates
            them. A saved rule is always restored as the same rule. Old spellings such as `-i ! eth0` and `-I INPUT 0` are accepted, with
            a warning. The file differences.md of the documentation lists all differences.
            """),
        ],
        ExitStatus = """
        0
          Success; for -C, the chain has such a rule.

        1
          The kernel refused, there is no such chain or rule, or the output could not be written.

        2
          The command line is wrong.

        3
          There is no such table, or this user may not read it.

        4
          The lock could not be taken.
        """,
        Files =
        [
            ("/run/xtables.lock", "The lock."),
            (Settings.File, "When to print hints: `hints = always`, auto or never. The interface: `interface = legacy`, nft or auto."),
            ("/proc/net/ip_tables_names", "The tables of IPv4 that are in force."),
            ("/proc/net/ip6_tables_names", "The tables of IPv6 that are in force."),
            ("/etc/protocols", "Names of protocols."),
            ("/etc/services", "Names of ports."),
        ],
        Examples =
        [
            new("Accepts only SSH from outside, and lets the machine itself connect anywhere:", """
            iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            iptables -A INPUT -i lo -j ACCEPT
            iptables -A INPUT -p tcp --dport 22 -j ACCEPT
            iptables -P INPUT DROP
            """),
            new("The same for IPv6, which does not work without ICMPv6:", """
            ip6tables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            ip6tables -A INPUT -i lo -j ACCEPT
            ip6tables -A INPUT -p ipv6-icmp -j ACCEPT
            ip6tables -A INPUT -p tcp --dport 22 -j ACCEPT
            ip6tables -P INPUT DROP
            """),
            new("A router that masquerades its local network:", """
            iptables -t nat -A POSTROUTING -o wan0 -j MASQUERADE
            iptables -A FORWARD -i lan0 -o wan0 -j ACCEPT
            iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            iptables -P FORWARD DROP
            """),
            new("A chain that logs what it rejects, at most ten lines per minute:", """
            iptables -N refuse
            iptables -A refuse -m limit --limit 10/minute -j LOG --log-prefix "refused: "
            iptables -A refuse -j REJECT
            iptables -A INPUT -p tcp --dport 23 -j refuse
            """),
            new("Appends a rule unless it exists:",
                "iptables -C INPUT -s 192.0.2.7 -j DROP 2>/dev/null || iptables -A INPUT -s 192.0.2.7 -j DROP"),
            new("Lists rules with their numbers and counters, and deletes the first:", """
            iptables -A INPUT -s 192.0.2.7 -j DROP
            iptables -nvL INPUT --line-numbers
            iptables -D INPUT 1
            """),
        ],
        SeeAlso = ["iptables-extensions(8)", "iptables-restore(8)", "iptables-save(8)", "sharptables(8)", "nft(8)"],
    };
}

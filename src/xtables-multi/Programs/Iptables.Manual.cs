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
        The kernel holds rules for the packets that come to a machine, leave it, or pass through it. This program shows and changes
        them: iptables those for IPv4, ip6tables those for IPv6. What one is told does nothing for the other.

        Rules stand in chains, one below the other, and chains in tables. A rule is a number of conditions and a target. A packet that
        comes to a chain is held against its rules from the first on. Where all conditions of a rule are met, the rule counts the packet,
        and its target says what becomes of it: a verdict that ends the matter, a chain to go on in, or something that is done on the
        way, after which the next rule follows. A rule without a target only counts. At the end of a built-in chain stands its policy;
        from the end of any other a packet goes back to where it came from.

        A change is made in one step: until then packets see the old table, and from then on the new one. What is changed is lost when
        the machine starts anew, unless somebody saves and restores it: iptables-save(8), iptables-restore(8).
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
            Each table is for a kind of work, and has chains for the places where that is done.

            {string.Join("\n\n", Array.ConvertAll(BuiltInTable.All(), static table => $"{table.Name}\n  {table.Summary} Built-in chains: {string.Join(", ", table.Chains)}."))}

            At one place, raw comes first, then mangle, then nat where it changes destinations (PREROUTING, OUTPUT), then filter, then
            security, and last nat where it changes sources (INPUT, POSTROUTING). The table nat sees only the first packet of a connection:
            the others are changed as that one was.

            Kernel modules are loaded when a table is first asked for; that takes the right to do so.
            """),
            new("CHAINS", """
            PREROUTING
              Packets as they come in, before it is known where they go.

            INPUT
              Packets for this machine.

            FORWARD
              Packets that come in and go out again.

            OUTPUT
              Packets that this machine sends.

            POSTROUTING
              Packets on their way out, wherever they came from.

            A chain's own name has at most 28 bytes, no blanks, does not begin with a dash or an exclamation mark, and is not that of a
            target.
            """),
            new("TARGETS", $"""
            {string.Join("\n\n", Array.ConvertAll(StandardVerdict.All(), static verdict => $"{verdict.Name}\n  {verdict.Summary}"))}

            Any other word behind -j is a chain of the same table, or one of the targets of iptables-extensions(8). With -j a packet that
            reaches the end of the chain comes back to the next rule; with -g it does not, but goes on where the chain before would have.
            """),
            new("MORE ABOUT COMMANDS", """
            Where a chain may be left out, the command is for all chains of the table. Rules are counted from 1.

            -A, -I, -R, -C and -D take a rule for each pair of addresses, when -s and -d have several; -R wants just one.

            -P takes ACCEPT or DROP, and only for built-in chains. With -c it sets the policy's counters too. A chain made by -N has no
            policy.

            -X takes away only chains that are empty and that no rule jumps to: -F first. -E leaves the rules that jump to a chain as they
            are; they know it by its new name.

            -L and -S with -Z show the counters and set them to zero in one step, so that no packet is lost between.

            -C and -D take the rule as it would be typed to make it, or as -S shows it.
            """),
            new("RULES", """
            An exclamation mark before a condition turns it round. It is a word by itself: `! -s 192.0.2.0/24`.

            An address is a number, the name of a host or of a network, each with a mask if need be: how many bits count
            (192.0.2.0/24), or which (192.0.2.0/255.255.255.0). A name that has several addresses makes a rule for each, and so do addresses
            with commas between. Names are looked up once, when the rule is made; a name that somebody else may change has no place in a
            firewall.

            -p takes a name of /etc/protocols, a number, or all. With -p, the options of the match named like the protocol are known
            without -m: `-p tcp --dport 22` is `-p tcp -m tcp --dport 22`.

            -i has no meaning in OUTPUT and POSTROUTING, -o none in PREROUTING and INPUT.

            -m loads a match, with conditions of its own, which follow it. They are told in iptables-extensions(8), or by
            `iptables -m conntrack -h` for the match conntrack. All conditions of all matches must be met.

            Long options may be cut short as long as it is clear which is meant, and may have their value behind an equals sign; letters
            without a value may stand behind one dash: `iptables -nvL`.
            """),
            new("OUTPUT", """
            -L shows packets and bytes with -v, in thousands (K), millions (M), and so on, or in full with -x. It looks names up,
            which may take long: -n leaves the numbers.

            -S is for programs: what it shows is what makes the rule, word for word, and stays so from version to version.
            """),
            new("THE LOCK", """
            Two programs that change tables at once would undo each other's work. So each holds a lock while it runs, and waits for one that
            holds it already: without end, or for as long as -w says. When that time is over, it gives up with exit status 4, and says which
            process holds the lock.
            """),
            new("HINTS", """
            Below the original's lines of an error stands what else is known of its cause, behind the word `Hint:`.

            Other programs run this one to ask what is there, and some know the answer only when nothing else stands on standard error.
            So, unless standard error is a terminal, there is no hint below an answer: a rule, chain or rule number that is not there (-C,
            -D, -R, -I, -L, -S, -F, -Z, -A, -X, -E, -P), a chain that is there already (-N, -E), that has rules or is jumped to (-X), or
            that is built in or is not (-X, -E, -P), a chain behind -j or -g or a set that is not there, and the lock that somebody holds.
            All other errors are mistakes, and keep their hint. In iptables-restore(8) every error but the lock is a mistake.

            The environment variable SHARPTABLES_HINTS, or else the file /etc/sharptables.conf, may say otherwise: always, also where a
            program reads; never; or auto, which is as above. The file has lines of `key = value`, and comments that begin with #; its only
            key is hints. It is read only after an error.
            """),
            new("ENVIRONMENT", $"""
            XTABLES_LOCKFILE
              The file of the lock, instead of /run/xtables.lock. Programs that are given different files do not wait for each other.

            {Settings.HintsVariable}
              When hints are printed: always, auto or never. Note that sudo(8) keeps few variables.
            """),
            new("DIFFERENCES", """
            What the programs of iptables 1.8.10 print, take and return, this one does too, with the kernel's older interface
            (legacy). The rules of nft(8) are others, which it neither shows nor changes.

            Behind the first line of an error it says what it knows of the cause: the option's owner, a word that was meant, the
            rule that the kernel refuses and why. Values that do not fit are refused, where the original takes what is left of them.
            What is saved always comes back as the same rule. Old spellings such as `-i ! eth0` and `-I INPUT 0` are understood,
            with a warning. The file differences.md of the documentation lists them all.
            """),
        ],
        ExitStatus = """
        0
          All went well; for -C, the chain has such a rule.

        1
          The kernel said no, there is no such chain or rule, or the output could not be written.

        2
          The command line makes no sense.

        3
          There is no such table, or this user may not see it.

        4
          The lock could not be had.
        """,
        Files =
        [
            ("/run/xtables.lock", "The lock."),
            (Settings.File, "Whether hints are printed: `hints = always`, auto or never."),
            ("/proc/net/ip_tables_names", "The tables of IPv4 that are in force."),
            ("/proc/net/ip6_tables_names", "The tables of IPv6 that are in force."),
            ("/etc/protocols", "Names of protocols."),
            ("/etc/services", "Names of ports."),
        ],
        Examples =
        [
            new("A machine that is spoken to by secure shell only, and may itself speak to anybody:", """
            iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            iptables -A INPUT -i lo -j ACCEPT
            iptables -A INPUT -p tcp --dport 22 -j ACCEPT
            iptables -P INPUT DROP
            """),
            new("The same for IPv6, which does not work without its ICMP:", """
            ip6tables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            ip6tables -A INPUT -i lo -j ACCEPT
            ip6tables -A INPUT -p ipv6-icmp -j ACCEPT
            ip6tables -A INPUT -p tcp --dport 22 -j ACCEPT
            ip6tables -P INPUT DROP
            """),
            new("A router whose local network goes out with the router's own address:", """
            iptables -t nat -A POSTROUTING -o wan0 -j MASQUERADE
            iptables -A FORWARD -i lan0 -o wan0 -j ACCEPT
            iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            iptables -P FORWARD DROP
            """),
            new("A chain that writes to the kernel's log what it throws away, but not more than ten lines a minute:", """
            iptables -N refuse
            iptables -A refuse -m limit --limit 10/minute -j LOG --log-prefix "refused: "
            iptables -A refuse -j REJECT
            iptables -A INPUT -p tcp --dport 23 -j refuse
            """),
            new("Adds a rule unless it is there:",
                "iptables -C INPUT -s 192.0.2.7 -j DROP 2>/dev/null || iptables -A INPUT -s 192.0.2.7 -j DROP"),
            new("Shows the rules with their numbers and counters, and takes the first away:", """
            iptables -A INPUT -s 192.0.2.7 -j DROP
            iptables -nvL INPUT --line-numbers
            iptables -D INPUT 1
            """),
        ],
        SeeAlso = ["iptables-extensions(8)", "iptables-restore(8)", "iptables-save(8)", "sharptables(8)", "nft(8)"],
    };
}

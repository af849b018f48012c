using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables translate</c>.</summary>
internal static partial class Translate
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-translate", "translates saved rules for nft, whole", ["[-4|-6|--family family] [-c] [--sets file] [--check] [file]", "[-4|-6|--family family] --from-nft file"], """
        Reads what iptables-save(8), ip6tables-save(8), arptables-save(8) or ebtables-save(8) wrote from a file or standard input, and prints a file
        for `nft -f`. That loads it in one step: packets see either the rules that were there or the new ones, as with iptables-restore(8). A table
        takes the place of the one of its name.

        Without --family the rules are those of the program that a comment of the file names, as the first line of a save does. A file without such a
        comment is for IPv4 or IPv6.

        What is printed is what iptables-restore(8) would leave in force over nf_tables: of several blocks of one table the last, rules where -I put
        them. What it would refuse, such as a jump to a chain that is not there, is an error. Comments are kept, and so are counters with -c.

        The policy of a user's chain of ebtables is a rule at its end.

        A chain whose name nft does not take, such as log or a+b, gets another, which a comment tells.

        Words are printed only if they say just what the rule says. What nft cannot say becomes a comment, is told on standard error, and makes the
        exit status 1: without that rule the firewall is another.

        Dates and times are printed as numbers, which nft takes for UTC whatever its time zone is. Days of the week nft counts in the kernel's time
        zone, which is UTC unless the hardware's clock is not.

        IP sets, which -m set asks, become sets of nft with --sets, each in the tables whose rules ask for it, with elements and timeouts. Sets of
        sets, and those with elements that are exceptions (nomatch), nft does not have. `ipset save | sharptables translate --sets /dev/stdin
        firewall.rules` takes those in the kernel.

        With --check nothing is printed. The rules are loaded by iptables-restore(8)'s own means in an empty network namespace, to see that the kernel
        takes them, and the translation by nft(8) in another; what the kernel then has is read back as rules of iptables, and compared with the
        original: chains, policies, what each rule asks and does. Rules that nft cannot say are left out on both sides, so that the others are
        compared without them; they, and those that cannot be read back, are told as not compared, with the reason. Then packets are sent through
        both, by interfaces that ip(8) makes in those namespaces: for each rule one that is made of its conditions and of those of the jumps that lead
        to it. How many each rule takes must be the same, and how many come to the end of input and output, where they are dropped. For ebtables(8)
        these are frames through a bridge; for arptables(8) ARP that comes in, and the machine's own requests. A rule that asks more than bytes and
        interfaces, such as for the state of a connection, may take none; how many took some is told. If rules ask for rates, times or chance, a
        difference between packets is told, but is none of the exit status.

        With --from-nft it is the other way: nft(8) loads the file in a network namespace of its own, which has no interfaces, so that the rules of
        this machine stay as they are; and what is there then is printed for iptables-restore(8), ip6tables-restore(8), arptables-restore(8) and
        ebtables-restore(8). Rules of one family are printed as that program reads them. If there are several families, a comment before those of each
        says which program they are for; --family prints one of them alone, which is what a restore takes. A base chain becomes the built-in chain
        with its hook, type and priority, or the one that packets meet at the same point. Rules of the family inet become rules for both. What
        iptables cannot say, or would refuse, is told on standard error: a rule, which stands as a comment in its place, a set or map that has a name,
        a counter, a chain. A rule that asks a set or map without a name becomes one for each of its elements, if nothing in it counts. What nft says
        of IPv4, IPv6 or ARP in a bridge it says of frames with a VLAN tag, too; ebtables(8) says it of those without, which is told.
        """)
    {
        Options = s_options,
        ExitStatus = """
        0
          Everything was translated.

        1
          Some of it cannot be said, or with --check something differs: it has been told.

        2
          The input could not be read, or a line is wrong; or there is no nft(8), or it does not accept the file.

        3
          With --check: nothing differs, but not all could be compared; what and why has been told.
        """,
        Examples =
        [
            new("Translates the rules in force, and tries whether nft takes them", """
            iptables-save -c > firewall.rules
            sharptables translate -c firewall.rules > firewall.nft
            nft -c -f firewall.nft
            """),
            new("Proves that the translation of these rules does the same", """
            printf '%s\n' '*filter' ':INPUT DROP [0:0]' '-A INPUT -p tcp --dport 22 -j ACCEPT' COMMIT > firewall.rules
            sharptables translate --check firewall.rules 2> report
            """),
            new("Prints the rules of a file of nft(8) for IPv4", """
            echo 'add table ip t; add chain ip t c { type filter hook input priority 0; }; add rule ip t c tcp dport 22 accept' > rules.nft
            sharptables translate -4 --from-nft rules.nft
            """),
        ],
        SeeAlso = ["iptables-translate(8)", "iptables-restore-translate(8)", "iptables-save(8)", "nft(8)"],
    };
}

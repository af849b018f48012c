using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables explain</c>.</summary>
internal static partial class ExplainProgram
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-explain", "says which rule would take a packet, and why", ["[option...] [packet...]"], """
        Walks a packet through the tables, chains and hooks of a firewall as the kernel would, without sending anything, and says which rule or policy
        decides what becomes of it, and why.

        The packet is told in the words that rules have for it, such as -i wan0 -s 203.0.113.5 -d 192.0.2.1 -p tcp --dport 22 --ctstate NEW. Every option of a
        match that is a condition on a packet says what the packet has; the match need not be named. Two matches have an option --mark: without -m it is
        the packet's own. Or the packet is told by its bytes, with --pcap or --hex, and by words what bytes do not show, such as the interface.

        The rules are those in force, of both interfaces of the kernel, or those of a file, for which neither rights nor a kernel are needed. Where an
        incoming packet goes is said (--to-local, --forward), or found in a file of routes, or asked of the kernel, once more after its destination or
        mark has changed.

        What is not said is not known. A rule that asks for it makes two cases, and the answer names the question that decides in iptables' words, and what it
        depends on if that is not the packet: how many packets came before, the program on a queue. --assume answers such a question in the same words.
        Cases in which the same happens are one. After a thousand cases it stops, and says so.

        A packet that is NEW is the first of its connection: rules of the nat table see it. Those that belong to a connection have their addresses mapped as its
        first packet's were, which is not known: that is a question of its own, "its connection's addresses are mapped".

        The mark of a packet is not known either: tc(8) or its socket may have set one. Most packets have none, --mark 0. A packet that is told by words is no fragment unless -f says so, and it is whole. One that comes in is taken to be forwarded by this machine or to be
        for it; what a bridge does with it is not followed. Rules of nft(8) that iptables cannot say are not known, and tables of its own are not followed.

        The first line is the answer: ACCEPT, DROP, REJECT, TAKEN (a target answers the packet itself) or UNKNOWN, and the rule, with its line in the file, or the
        policy. For a packet that passes it is the one of the table filter. Then comes the way, table by table: the rules that took it, and what they
        changed. A rule that may have taken it, but makes no difference to it, is shown with "perhaps". With -v rules that left it are shown, too, each with
        the first condition that failed.
        """)
    {
        Options = ExplainWords.Options,
        ExitStatus = """
        0
          The packet passes; with --expect: it is as expected.

        1
          It is dropped or rejected; with --expect: it is not as expected.

        2
          That depends on what is not known.

        3
          The question is wrong, or the rules cannot be read.
        """,
        Examples =
        [
            new("Asks whether a new connection to SSH from outside passes", "sharptables explain --to-local -i wan0 -s 203.0.113.5 -p tcp --dport 22 --ctstate NEW"),
            new("Asks the rules of a file, and shows why each rule before the last does not take the packet", """
            iptables-save > firewall.rules
            sharptables explain --rules firewall.rules -v --forward -i lan0 -o wan0 -s 10.0.0.5 -d 192.0.2.80 -p udp --dport 53 --ctstate NEW
            """),
            new("Fails unless this machine can reach its own web server", "sharptables explain --expect ACCEPT --local -o lo -d 127.0.0.1 -p tcp --dport 80 --ctstate NEW"),
            new("Asks about a packet whose bytes are known", """
            echo 4500001c000040004011b66ac0000201c63364019c40003500080000 | sharptables explain --hex --to-local -i wan0 --ctstate NEW
            """),
        ],
        SeeAlso = ["sharptables-check(8)", "iptables(8)", "iptables-extensions(8)", "sharptables(8)"],
    };
}

using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>xtables-monitor</c>.</summary>
internal static partial class XtablesMonitor
{
    public static ProgramDescription Describe(Family family) => new(
        Name, "shows changes of rules in nf_tables, and the way of traced packets through them", ["[-e] [-t] [-4|-6] [-c]"], """
        Shows what happens in nf_tables, line by line, until it is ended: with `-e` what programs change there, with `-t` which rules decide about
        packets that the target `TRACE` marks. Rules of the legacy interface are not there: iptables-legacy(8) writes what it traces to the
        kernel's log.

        Each event is written out at once. When there are more than the kernel keeps for a program, some are lost: standard error says so, and
        xtables-monitor goes on.
        """)
    {
        Operands = [],
        Options = s_options,
        Sections =
        [
            new("EVENTS", """
            The lines of one change, which takes effect as a whole, are followed by a line `NEWGEN` with the number of the change and the
            process that has made it.

                 EVENT: nft: NEW table: table filter ip flags 0 use 1 handle 1
                 EVENT: # nft: ip filter INPUT use 1 type filter hook input prio 0 policy accept packets 0 bytes 0 flags 1
                 EVENT: -4 -t filter -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
                NEWGEN: GENID=2 PID=3417 NAME=iptables-nft

            Rules and chains are shown as the commands of iptables(8) that make or delete them, with `-4` or `-6` for the family. A rule that
            is inserted is shown as one that is appended; one that is replaced, as one that is deleted and one that is appended; a chain that
            is renamed, as a new chain of that name. A built-in chain is shown, when it is made or its policy or counters are set, in the words of
            nf_tables behind `# nft:`. So are rules that iptables cannot say, and chains and rules of other families: rules in the
            words of nft(8).
            """),
            new("TRACES", """
            A line `PACKET` shows a packet when it comes to a built-in chain, and lines `TRACE` what decides about it. Both begin with the
            number of the family, 2 for IPv4 and 10 for IPv6, and a number that all lines about one packet have.

                PACKET: 2 6516a11c IN=lo LOOPBACK SRC=127.0.0.1 DST=127.0.0.1 LEN=84 TOS=0x0 TTL=64 ID=38073 DF TYPE=8 CODE=0
                 TRACE: 2 6516a11c filter:INPUT:rule:0x3:JUMP:foo  -4 -t filter -A INPUT -s 127.0.0.1/32 -j foo
                 TRACE: 2 6516a11c filter:foo:rule:0x5:RETURN  -4 -t filter -A foo -j RETURN
                 TRACE: 2 6516a11c filter:INPUT:policy:ACCEPT

            Behind the table and the chain stands the number that nf_tables has for the rule, what the rule decided, and the rule. Only
            rules that match are shown. Targets that end with another decision than their name (`REJECT` with `DROP`, `MARK` with `CONTINUE`) are
            shown with that. A busy machine is best traced in part:

                iptables-nft -t raw -A PREROUTING -p tcp --dport 80 --syn -m limit --limit 1/second -j TRACE
            """),
        ],
        ExitStatus = "1 after help, when the kernel lacks nf_tables or refuses, and when nobody reads the output any more; 2 if the command line is wrong.",
        Examples =
        [
            new("Keeps a record of what is changed, and by whom", """
            xtables-monitor -e >changes &
            sleep 1
            iptables-nft -A INPUT -p tcp --dport 22 -j ACCEPT
            kill $!
            """),
        ],
        SeeAlso = ["iptables(8)", "iptables-extensions(8)", "nft(8)"],
    };
}

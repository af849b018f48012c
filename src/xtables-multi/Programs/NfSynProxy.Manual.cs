using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>nfsynproxy</c>.</summary>
internal static partial class NfSynProxy
{
    public static ProgramDescription Describe(Family family) => new(
        "nfsynproxy", "asks servers what SYNPROXY rules fit them", ["[-i interface] [-p port] [-c chain] [-t seconds] address..."], """
        The target `SYNPROXY` answers for a server until a client has shown that its address is its own. So it has to know what the server
        would offer: its maximum segment size, its window scale, and whether it takes timestamps and selective acknowledgements.

        nfsynproxy sends a SYN to each address, reads from the answer what the server offers, and prints the rule that offers the same, in
        one line:

            -A FORWARD -d 192.0.2.10 -p tcp --dport 80 -m state --state UNTRACKED,INVALID
                -j SYNPROXY --sack-perm --timestamp --wscale 7 --mss 1460

        What the server does not offer is not in the rule. An address may be IPv4 or IPv6; the rule is for iptables or ip6tables then.

        Ask from the machine that is to have the rules, so that the answer comes the way that the clients' packets will go. No connection
        is opened: the kernel refuses the server's answer at once. A SYN without an answer is sent again each second. If one server does
        not answer, that is said on standard error, and the others are asked all the same.
        """)
    {
        Operands = ["address..."],
        Options = s_options,
        Sections =
        [
            new("WHAT ELSE IS NEEDED", """
            The rules see what connection tracking has not taken: SYNs that `CT --notrack` left alone, and the clients' answers to the
            proxy, which are INVALID if tracking does not pick up connections in their midst. The example does all of it.
            """),
        ],
        ExitStatus = "0 when every server answered; 1 when one did not, or nothing listens there; 2 when the command line is wrong.",
        Examples =
        [
            new("Stands before a web server at 192.0.2.10:", """
            sysctl -w net.netfilter.nf_conntrack_tcp_loose=0
            iptables -t raw -A PREROUTING -d 192.0.2.10 -p tcp --dport 80 --syn -j CT --notrack
            { echo '*filter'; nfsynproxy 192.0.2.10; echo COMMIT; } | iptables-restore -n
            iptables -A FORWARD -d 192.0.2.10 -p tcp --dport 80 -m state --state INVALID -j DROP
            """),
        ],
        SeeAlso = ["iptables-extensions(8)", "iptables-restore(8)"],
    };
}

using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>nfsynproxy</c>.</summary>
internal static partial class NfSynProxy
{
    public static ProgramDescription Describe(Family family) => new(
        "nfsynproxy", "finds the SYNPROXY rules that fit servers", ["[-i interface] [-p port] [-c chain] [-t seconds] address..."], """
        The target `SYNPROXY` answers for a server until a client has proved that its address is its own. So it must know what the server
        would offer: its maximum segment size, its window scale, and whether it supports timestamps and selective acknowledgements.

        nfsynproxy sends a SYN to each address, reads from the answer what the server offers, and prints the rule that offers the same, in
        one line:

            -A FORWARD -d 192.0.2.10 -p tcp --dport 80 -m state --state UNTRACKED,INVALID
                -j SYNPROXY --sack-perm --timestamp --wscale 7 --mss 1460

        What the server does not offer is not in the rule. An address may be IPv4 or IPv6; the rule is for iptables or ip6tables
        accordingly.

        Run it on the machine that will have the rules, so that it sees the path that the clients' packets will take. No connection is
        opened: the kernel resets the server's answer at once. A SYN without an answer is repeated every second. If a server does not
        answer, that is reported on standard error, and the others are still probed.
        """)
    {
        Operands = ["address..."],
        Options = s_options,
        Sections =
        [
            new("WHAT ELSE IS NEEDED", """
            The rules apply to packets that connection tracking does not handle: SYNs exempted by `CT --notrack`, and the clients' answers
            to the proxy, which are INVALID if tracking does not pick up established connections. The example sets up all of this.
            """),
        ],
        ExitStatus = "0 if every server answered; 1 if one did not, or nothing listens there; 2 if the command line is wrong.",
        Examples =
        [
            new("Protects a web server at 192.0.2.10:", """
            sysctl -w net.netfilter.nf_conntrack_tcp_loose=0
            iptables -t raw -A PREROUTING -d 192.0.2.10 -p tcp --dport 80 --syn -j CT --notrack
            { echo '*filter'; nfsynproxy 192.0.2.10; echo COMMIT; } | iptables-restore -n
            iptables -A FORWARD -d 192.0.2.10 -p tcp --dport 80 -m state --state INVALID -j DROP
            """),
        ],
        SeeAlso = ["iptables-extensions(8)", "iptables-restore(8)"],
    };
}

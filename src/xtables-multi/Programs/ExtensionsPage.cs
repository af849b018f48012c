using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The introduction of the manual page of all matches and targets.</summary>
internal static class ExtensionsPage
{
    public static ProgramDescription Describe(Family family) => new(
        "iptables-extensions", "the matches and targets of iptables and ip6tables", ["[-m match [option...]]... [-j target [option...]]"], """
        The name of a match follows -m, and its options follow the name: they are conditions of the rule. The name of a target follows -j,
        and its options follow the name: they determine what happens to the packet. Verdicts and chains are described in iptables(8).

        An option shown with an exclamation mark in brackets is inverted by one in front of it, as a separate word. A packet must meet all
        options of a match that are conditions. Each may be given once in a match.

        Examples stand with each match and target. They are for a machine with the interfaces eth0, eth1 (inside) and wan0, wan1 (outside), as root types
        them.

        Unless stated otherwise, a match or target is for both families, and allowed in all tables and chains. The kernel must have it as
        well: most are modules, which are loaded when a rule needs them.

        `iptables -m conntrack -h` shows the options of a match, `iptables -j LOG -h` those of a target.
        """)
    {
        Operands = [],
        ExitStatus = "",
        Examples =
        [
            new("Accepts what belongs to known connections, and SSH, but drops addresses that try SSH a fourth time within a minute:", """
            iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            iptables -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -m recent --name ssh --update --seconds 60 --hitcount 4 -j DROP
            iptables -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -m recent --name ssh --set -j ACCEPT
            iptables -P INPUT DROP
            """),
            new("Logs packets from outside with an address from inside, at most once a second:",
                "iptables -t mangle -A PREROUTING -i wan0 -s 192.168.0.0/16 -m limit --limit 1/second -j LOG --log-prefix \"spoofed: \""),
        ],
        SeeAlso = ["iptables(8)", "ip6tables(8)", "iptables-save(8)"],
    };
}

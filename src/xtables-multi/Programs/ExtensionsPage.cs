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

        Unless stated otherwise, a match or target is for both families, and allowed in all tables and chains. The kernel must have it as
        well: most are modules, which are loaded when a rule needs them.

        `iptables -m conntrack -h` shows the options of a match, `iptables -j LOG -h` those of a target.
        """)
    {
        Operands = [],
        ExitStatus = "",
        Examples =
        [
            new("Accepts packets of known connections:", "iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT"),
            new("Accepts several ports in one rule:", "iptables -A INPUT -p tcp -m multiport --dports 80,443,8000:8099 -j ACCEPT"),
            new("Accepts at most two pings per second from each address:", """
            iptables -A INPUT -p icmp --icmp-type echo-request -m hashlimit --hashlimit-name ping --hashlimit-mode srcip --hashlimit-upto 2/second -j ACCEPT
            iptables -A INPUT -p icmp --icmp-type echo-request -j DROP
            """),
            new("Blocks addresses for a minute that try SSH a fourth time within a minute:", """
            iptables -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -m recent --name ssh --update --seconds 60 --hitcount 4 -j DROP
            iptables -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -m recent --name ssh --set -j ACCEPT
            """),
            new("Logs packets from outside with an address from inside, at most once a second:",
                "iptables -t mangle -A PREROUTING -i wan0 -s 192.168.0.0/16 -m limit --limit 1/second -j LOG --log-prefix \"spoofed: \""),
            new("Drops packets that could not be answered through the interface they came in by:", "iptables -t raw -A PREROUTING -m rpfilter --invert -j DROP"),
            new("Lets only one user's programs reach the mail server:", """
            iptables -A OUTPUT -p tcp --dport 25 -m owner --uid-owner mail -j ACCEPT
            iptables -A OUTPUT -p tcp --dport 25 -j REJECT --reject-with tcp-reset
            """),
            new("Opens a door on working days, by the hours of UTC:",
                "iptables -A INPUT -p tcp --dport 3389 -m time --weekdays Mon,Tue,Wed,Thu,Fri --timestart 08:00 --timestop 18:00 -j ACCEPT"),
            new("Allows at most twenty simultaneous connections from one address:",
                "iptables -A INPUT -p tcp --syn --dport 443 -m connlimit --connlimit-above 20 -j REJECT --reject-with tcp-reset"),
            new("Marks a connection by its first packet, and all its packets by the connection, for routing by mark:", """
            iptables -t mangle -A PREROUTING -j CONNMARK --restore-mark
            iptables -t mangle -A PREROUTING -i wan1 -m mark --mark 0 -j MARK --set-mark 1
            iptables -t mangle -A PREROUTING -j CONNMARK --save-mark
            """),
            new("Does not track the traffic of a busy name server:", """
            iptables -t raw -A PREROUTING -p udp --dport 53 -j CT --notrack
            iptables -t raw -A OUTPUT -p udp --sport 53 -j CT --notrack
            """),
            new("Forwards port 80 to a machine of the local network:", "iptables -t nat -A PREROUTING -i wan0 -p tcp --dport 80 -j DNAT --to-destination 192.168.1.10:8080"),
            new("Makes connections through tunnels use packets that fit:", "iptables -t mangle -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu"),
            new("Answers the sender instead of leaving it waiting:", "ip6tables -A INPUT -p tcp --dport 23 -j REJECT --reject-with icmp6-port-unreachable"),
            new("Stores a comment in the rule:", "iptables -A INPUT -s 192.0.2.7 -m comment --comment \"asked for by the abuse desk\" -j DROP"),
        ],
        SeeAlso = ["iptables(8)", "ip6tables(8)", "iptables-save(8)"],
    };
}

using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>iptables-save</c> and <c>ip6tables-save</c>.</summary>
internal static partial class IptablesSave
{
    public static ProgramDescription Describe(Family family) => new(
        Invocation.NameFor(family) + "-save", "saves all rules in force in the format that iptables-restore reads", ["[-c] [-t table] [-f file] [-M command]", "-V"], """
        Writes the tables in force, each with its chains, their policies and rules, to standard output or to a file: iptables-save for
        IPv4, ip6tables-save for IPv6, arptables-save for ARP, ebtables-save for bridges.

        The output is text with one rule per line, for iptables-restore(8) of this and of other versions. It always restores the same
        rules, even where the original writes something that restores another rule, or cannot be restored.

        A match or target that is not known is written in brackets, and the exit status is 1, since such a text cannot be restored. The
        rule itself is not touched.
        """)
    {
        Operands = [],
        Options = s_options,
        Sections =
        [
            new("FORMAT", """
            A line that begins with `#` is a comment. `*filter` begins a table, and `COMMIT` ends it. `:INPUT DROP [7:420]` is a chain,
            its policy (a dash if it has none), and the policy's packet and byte counters. Any other line is a rule, as it would be typed
            after the table; with -c, its packet and byte counters precede it in brackets. What arptables-save and ebtables-save write has
            neither `COMMIT` nor the policy's counters: a table ends where the next begins.
            """),
        ],
        ExitStatus = "0 if everything was written and can be restored, 1 otherwise.",
        Files =
        [
            ("/proc/net/ip_tables_names", "The tables of IPv4 that are in force."),
            ("/proc/net/ip6_tables_names", "The tables of IPv6 that are in force."),
        ],
        Examples =
        [
            new("Saves everything with counters:", "iptables-save -c -f firewall.rules"),
            new("Shows what a program has changed:", """
            iptables-save > before
            iptables -A INPUT -p tcp --dport 80 -j ACCEPT
            iptables-save > after
            diff before after || true
            """),
        ],
        SeeAlso = ["iptables(8)", "iptables-restore(8)"],
    };
}

using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>iptables-save</c> and <c>ip6tables-save</c>.</summary>
internal static partial class IptablesSave
{
    public static ProgramDescription Describe(Family family) => new(
        Invocation.NameFor(family) + "-save", "writes all rules in force as iptables-restore reads them", ["[-c] [-t table] [-f file] [-M command]", "-V"], """
        Writes the tables that are in force, each with its chains, their policies and rules, to standard output or to a file.
        iptables-save does it for IPv4, ip6tables-save for IPv6.

        What it writes is text, one rule to a line, and is read by iptables-restore(8) of this and of other versions. It comes back as
        the same rules: where the original writes what comes back as another rule, or does not come back at all, this one does not.

        A match or target that is not known here is shown in brackets, and the exit status is 1, for such a text cannot be restored. The
        rule itself is not touched.
        """)
    {
        Operands = [],
        Options = s_options,
        Sections =
        [
            new("FORMAT", """
            A line that begins with `#` is a comment. `*filter` begins a table, and `COMMIT` ends it. `:INPUT DROP [7:420]` is a
            chain, its policy (a dash where it has none), and how many packets and bytes the policy has met. Any other line is a
            rule, as it would be typed behind the table; with -c, packets and bytes stand before it in brackets.
            """),
        ],
        ExitStatus = "0 when all was written and can be restored, 1 otherwise.",
        Files =
        [
            ("/proc/net/ip_tables_names", "The tables of IPv4 that are in force."),
            ("/proc/net/ip6_tables_names", "The tables of IPv6 that are in force."),
        ],
        Examples =
        [
            new("Saves everything with its counters:", "iptables-save -c -f firewall.rules"),
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

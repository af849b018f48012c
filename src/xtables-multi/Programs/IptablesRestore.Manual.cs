using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>iptables-restore</c> and <c>ip6tables-restore</c>.</summary>
internal static partial class IptablesRestore
{
    public static ProgramDescription Describe(Family family) => new(
        Invocation.NameFor(family) + "-restore", "puts whole tables in force, in one step each",
        ["[-chntvV] [-w [seconds]] [-T table] [-M command] [file]"], """
        Reads tables in the form of iptables-save(8), from a file or from standard input, and puts each in force when it comes to its
        COMMIT. iptables-restore does it for IPv4, ip6tables-restore for IPv6.

        A table is put in force as a whole or not at all: packets see the old one, then the new one. When a line makes no sense, or when the
        kernel refuses a rule, that table stays as it was, and so do those behind it. Tables before it, which had their COMMIT, are in
        force. What is wrong is told with the number and the text of the line.

        A table that the input does not name is left alone. One that it names loses what it had, unless -n is given; then its chains and
        rules stay, and what the input has comes to them; only a user-defined chain that the input names with a colon is emptied first.

        Counters begin at zero, but for those that -c takes from the input.
        """)
    {
        Usage = ["[-c] [-v] [-V] [-t] [-h] [-n] [-w secs] [-W usecs] [-T table] [-M command] [file]"],
        Options = s_options,
        Sections =
        [
            new("LINES", """
            Besides what iptables-save writes, a line may be any command that changes a table, without the program and the table:
            `-I INPUT 2 -p tcp --dport 80 -j ACCEPT`, `-F`, `-N chain`, `-D INPUT 1`. A line with -4 is skipped by
            ip6tables-restore, one with -6 by
            iptables-restore, so that one file may be for both.

            Words are taken apart at blanks. Quotes keep blanks in a word, and a backslash before a quote or a backslash keeps that one.
            """),
            new("ENVIRONMENT", """
            XTABLES_LOCKFILE
              The file of the lock, instead of /run/xtables.lock.

            SHARPTABLES_HINTS
              Whether the line at fault and hints are printed, as in iptables(8).
            """),
        ],
        ExitStatus = """
        0
          All tables are in force; with -t, all that can be checked is right.

        1
          The input could not be read, the kernel refused a table, or the options make no sense.

        2
          A line makes no sense, or names a table, match or target that is not there.

        4
          The lock could not be had.
        """,
        Files = [("/run/xtables.lock", "The lock.")],
        Examples =
        [
            new("Tries a ruleset before it is put in force:", """
            iptables-save > firewall.rules
            iptables-restore --test firewall.rules && iptables-restore firewall.rules
            """),
            new("Adds rules to those that are there, many in one step:", """
            iptables-restore --noflush <<EOF
            *filter
            -A INPUT -s 192.0.2.0/24 -j DROP
            -A INPUT -s 198.51.100.0/24 -j DROP
            COMMIT
            EOF
            """),
        ],
        SeeAlso = ["iptables(8)", "iptables-save(8)"],
    };
}

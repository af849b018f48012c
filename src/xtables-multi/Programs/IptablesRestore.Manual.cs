using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>iptables-restore</c> and <c>ip6tables-restore</c>.</summary>
internal static partial class IptablesRestore
{
    public static ProgramDescription Describe(Family family) => new(
        Invocation.NameFor(family) + "-restore", "restores whole tables, each in one step",
        ["[-chntvV] [-w [seconds]] [-T table] [-M command] [file]"], """
        Reads tables in the format of iptables-save(8) from a file or from standard input, and puts each in force at its COMMIT:
        iptables-restore for IPv4, ip6tables-restore for IPv6, arptables-restore for ARP, ebtables-restore for bridges. For these two a table
        ends, and is put in force, where the next begins or the input ends, even without COMMIT.

        A table is put in force as a whole or not at all: packets see either the old one or the new one. If a line is wrong, or the kernel
        refuses a rule, that table and those after it stay as they were. Tables before it, which had their COMMIT, are in force. The error
        names the number and the text of the line.

        A table that the input does not name is left alone. A table that it names is flushed first, unless -n is given; then its chains
        and rules stay, and those of the input are added; only a user-defined chain that the input names with a colon is flushed.

        Counters begin at zero, except those that -c takes from the input; arptables-restore and ebtables-restore always take them.
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

            Words are separated by blanks. Quotes keep blanks within a word; inside them, a backslash takes the next character literally.
            """),
            new("MISTAKES", """
            An error names the line and marks the word at fault. A line that begins with `Hint: write:` is what the line should probably be.

            With --test reading goes on behind a mistake, so that all mistakes of a file are reported at once; the exit status is that of the first. With
            --json they are an array on standard output as well, each with line, column, word, text, message, hint and write.

            A rule that cannot match what was meant, such as one with `-i eth0:1`, is warned about, and taken.
            """),
            new("ENVIRONMENT", """
            XTABLES_LOCKFILE
              The lock file, instead of /run/xtables.lock.

            SHARPTABLES_HINTS
              Whether to print the line at fault and hints, as in iptables(8).
            """),
        ],
        ExitStatus = """
        0
          All tables are in force; with -t, everything that can be checked is correct.

        1
          The input could not be read, the kernel refused a table, or the options are wrong.

        2
          A line is wrong, or names a table, match or target that does not exist.

        4
          The lock could not be taken.
        """,
        Files = [("/run/xtables.lock", "The lock.")],
        Examples =
        [
            new("Checks a ruleset before putting it in force:", """
            iptables-save > firewall.rules
            iptables-restore --test firewall.rules && iptables-restore firewall.rules
            """),
            new("Adds many rules to the existing ones in one step:", """
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

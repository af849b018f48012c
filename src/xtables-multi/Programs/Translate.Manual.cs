using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables translate</c>.</summary>
internal static partial class Translate
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-translate", "translates saved rules for nft, whole", ["[-4|-6] [-c] [file]", "[-4|-6] --from-nft file"], """
        Reads what iptables-save(8) or ip6tables-save(8) wrote from a file or standard input, and prints a file for `nft -f`. That loads it in one step:
        packets see either the rules that were there or the new ones, as with iptables-restore(8). A table takes the place of the one of its name.

        Each line becomes a line, in the same order; comments are kept, and so are counters with -c.

        Words are printed only if they say just what the rule says. What nft cannot say becomes a comment, is told on standard error, and makes the
        exit status 1: without that rule the firewall is another.

        With --from-nft it is the other way: nft(8) loads the file in a network namespace of its own, which has no interfaces, so that the rules of this
        machine stay as they are; and what is there then is printed for iptables-restore(8) and ip6tables-restore(8). A base chain becomes the built-in
        chain with its hook, type and priority, or the one that packets meet at the same point. Rules of the family inet become rules for both. What
        iptables cannot say is told on standard error: a rule, which stands as a comment in its place, a set or map that has a name, a counter, a chain.
        """)
    {
        Options = s_options,
        ExitStatus = """
        0
          Everything was translated.

        1
          Some of it cannot be said: it has been told.

        2
          The input could not be read, or a line is wrong; or there is no nft(8), or it does not accept the file.
        """,
        Examples =
        [
            new("Translates the rules in force, and tries whether nft takes them", """
            iptables-save -c > firewall.rules
            sharptables translate -c firewall.rules > firewall.nft
            nft -c -f firewall.nft
            """),
            new("Prints the rules of a file of nft(8) for IPv4", """
            echo 'add table ip t; add chain ip t c { type filter hook input priority 0; }; add rule ip t c tcp dport 22 accept' > rules.nft
            sharptables translate -4 --from-nft rules.nft
            """),
        ],
        SeeAlso = ["iptables-translate(8)", "iptables-restore-translate(8)", "iptables-save(8)", "nft(8)"],
    };
}

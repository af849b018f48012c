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

        With --from-nft it goes the other way. nft(8) loads the file in a network namespace of its own, which has no interfaces: the rules of this machine
        stay as they are. Base chains become the built-in chains that have their hook, type and priority; one of another priority becomes the built-in chain
        that packets meet at the same point. Rules of tables of the family inet become rules for IPv4 and for IPv6. What iptables cannot say is named on
        standard error, and stands as a comment in its place; sets that have a name, maps, and counters, quotas and flow tables of their own are among that.
        """)
    {
        Options = s_options,
        ExitStatus = """
        0
          All rules were translated.

        1
          nft, or iptables, cannot say some of them: they are comments.

        2
          The input could not be read, or a line is wrong; there is no nft(8), or it does not accept the file.
        """,
        Examples =
        [
            new("Translates the rules in force, and tries whether nft takes them", """
            iptables-save -c > firewall.rules
            sharptables translate -c firewall.rules > firewall.nft
            nft -c -f firewall.nft
            """),
            new("Prints what a file of nft says, for IPv4", "printf 'table ip t { chain c { type filter hook input priority 0; tcp dport 22 accept; }; }' >rules.nft\nsharptables translate -4 --from-nft rules.nft"),
        ],
        SeeAlso = ["iptables-translate(8)", "iptables-restore-translate(8)", "iptables-save(8)", "nft(8)"],
    };
}

using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables translate</c>.</summary>
internal static partial class Translate
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-translate", "translates saved rules for nft, whole", ["[-4|-6] [-c] [file]"], """
        Reads what iptables-save(8) or ip6tables-save(8) wrote from a file or standard input, and prints a file for `nft -f`. That loads it in one step:
        packets see either the rules that were there or the new ones, as with iptables-restore(8). A table takes the place of the one of its name.

        Each line becomes a line, in the same order; comments are kept, and so are counters with -c.

        Words are printed only if they say just what the rule says. What nft cannot say becomes a comment, is told on standard error, and makes the
        exit status 1: without that rule the firewall is another.
        """)
    {
        Options = s_options,
        ExitStatus = """
        0
          All rules were translated.

        1
          nft cannot say some of them: they are comments.

        2
          The input could not be read, or a line is wrong.
        """,
        Examples =
        [
            new("Translates the rules in force, and tries whether nft takes them", """
            iptables-save -c > firewall.rules
            sharptables translate -c firewall.rules > firewall.nft
            nft -c -f firewall.nft
            """),
        ],
        SeeAlso = ["iptables-translate(8)", "iptables-restore-translate(8)", "iptables-save(8)", "nft(8)"],
    };
}

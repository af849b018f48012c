using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>iptables-restore-translate</c> and those of the other families.</summary>
internal static partial class IptablesRestoreTranslate
{
    public static ProgramDescription Describe(Family family)
    {
        string editor = Invocation.NameFor(family);
        return new(
            $"{editor}-restore-translate", "translates saved rules for nft", ["[-f file]", "-h|-V"], $"""
            Reads what {editor}-save(8) wrote from a file or standard input, and prints commands that `nft -f` loads. Nothing is changed: neither the
            kernel nor any right is needed.

            Each line becomes a line, in the same order. Comments are kept; what nft cannot say becomes one. Counters are left out, as by
            {editor}-restore(8) without -c. The commands add to tables that are there; sharptables-translate(8) prints a file that replaces them, with
            counters if wanted, and can prove that it does the same.
            """)
        {
            Operands = [],
            Options = s_options,
            ExitStatus = """
            0
              Everything was read; what nft cannot say is a comment.

            1
              The input could not be read, -h was given, or a line is outside of a table.

            2
              A line is wrong.
            """,
            Examples =
            [
                new("Translates the rules in force", $"""
                {editor}-save > firewall.rules
                {editor}-restore-translate -f firewall.rules > firewall.nft
                """),
            ],
            SeeAlso = [$"{editor}-translate(8)", $"{editor}-save(8)", "sharptables-translate(8)", "nft(8)"],
        };
    }
}

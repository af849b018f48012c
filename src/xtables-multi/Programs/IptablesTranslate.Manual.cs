using Sharptables.Extensions.Catalogue;
using Sharptables.Formats.Iptables;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>iptables-translate</c> and <c>ip6tables-translate</c>.</summary>
internal static partial class IptablesTranslate
{
    public static ProgramDescription Describe(Family family)
    {
        string editor = Invocation.NameFor(family);
        return new(
            $"{editor}-translate", $"translates a command of {editor} for nft",
            ["[-t table] command [option...]", "-h|-V"], $"""
            Takes the words of a command of {editor}(8), and prints the command of nft(8) that does the same. Nothing is changed: neither the kernel
            nor any right is needed.

            What is printed can be pasted into a shell: a rule is one word in quotes. Where addresses are given as lists, there is a line for each
            rule. A name behind -j that is no target is taken for a chain.

            A rule with a match or target that nft cannot say is printed as a comment, `nft # -A INPUT ...`.
            """)
        {
            Usage = Iptables.Describe(family).Usage,
            Operands = [],
            Options = CommandLineDescription.OptionsFor(family),
            Extensions = new ExtensionSet(family),
            Sections =
            [
                new("WHAT NFT CANNOT SAY", $"""
                nft deletes, replaces and looks for a rule by its handle, a number that only the kernel knows: so -D, -R, -C and `-Z chain number`
                have no translation, and neither has -X without a chain. The program then prints the command as a comment and exits with 1.
                `nft -a list chain {family.NftName} filter INPUT` shows handles.

                -Z becomes `reset rules`, which nft has since 1.0.7; in a file, a comment.
                """),
                new("WORDS", """
                The words are those of the original program, even where they do not say quite the same as the rule: a change of the type of service
                leaves its two lowest bits alone, and of a mark under a mask that is saved to the connection the other bits are not kept.
                sharptables-translate(8) has words for a rule only if they say just that.
                """),
            ],
            ExitStatus = """
            0
              The command was printed, or a comment for a rule that nft cannot say.

            1
              nft cannot say such a command.

            2
              The command line is wrong.
            """,
            Examples =
            [
                new("Translates a rule", $"{editor}-translate -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -j ACCEPT"),
            ],
            SeeAlso = [$"{editor}(8)", $"{editor}-restore-translate(8)", "sharptables-translate(8)", "nft(8)"],
        };
    }
}

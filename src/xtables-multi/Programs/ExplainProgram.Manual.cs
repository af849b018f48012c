using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables explain</c>.</summary>
internal static partial class ExplainProgram
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-explain", "says which rule would take a packet, and why", ["[option...] [packet...]"], """
        Walks a packet through the tables, chains and hooks of a firewall as the kernel would, without sending anything, and says which rule decides what
        becomes of it.

        The packet is told in the words that rules have for it: -i wan0 -s 203.0.113.5 -d 192.0.2.1 -p tcp --dport 22 --ctstate NEW. Each option of a match
        that is a condition on a packet says what the packet has; the match need not be named.

        What is not said is not known. Where it decides, both cases are followed, and the answer names the question that decides. --assume answers it.
        """)
    {
        Options = ExplainWords.Options,
        ExitStatus = """
        0
          The packet passes.

        1
          It is dropped or rejected.

        2
          That depends on what is not known.

        3
          The question is wrong, or the rules cannot be read.
        """,
        Examples =
        [
            new("Asks whether a new connection to SSH from outside passes", "sharptables explain --to-local -i wan0 -s 203.0.113.5 -p tcp --dport 22 --ctstate NEW"),
        ],
        SeeAlso = ["iptables(8)", "iptables-extensions(8)", "sharptables(8)"],
    };
}

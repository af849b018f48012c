using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables check</c>.</summary>
internal static partial class CheckProgram
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-check", "asks a firewall questions, as tests of it", ["[--junit] [option...] file..."], """
        Reads questions from files, or from standard input if one is called -, and says of each whether the answer is as expected: unit tests of a firewall.
        Nothing is sent, and neither rights nor a kernel are needed if the rules are a file's.

        Each line is a question: what is expected, ACCEPT, DROP, REJECT, BLOCK (either of both) or UNKNOWN, and the packet in the words of
        sharptables-explain(8), with its options. What follows a # is the name of the question. A line that begins with an option holds for those behind it,
        until the next such line: --rules says which rules are asked, --routes which routes. Paths are relative to the file.

        Options of sharptables-explain(8) on the command line hold for all questions.
        """)
    {
        Options = CheckWords.Options,
        ExitStatus = """
        0
          Every answer is as expected.

        1
          Some are not.

        3
          A file cannot be read, or a line is no question.
        """,
        Examples =
        [
            new("Tests the rules of a file, such as this one, firewall.check", """
            cat > firewall.rules <<'EOF'
            *filter
            :INPUT DROP [0:0]
            :FORWARD DROP [0:0]
            :OUTPUT ACCEPT [0:0]
            -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A INPUT -p tcp --dport 443 -j ACCEPT
            COMMIT
            EOF
            cat > firewall.check <<'EOF'
            --rules firewall.rules --to-local -i wan0 -s 203.0.113.5
            ACCEPT -p tcp --dport 443 --ctstate NEW          # the web server can be reached
            DROP   -p tcp --dport 22 --ctstate NEW           # SSH cannot
            ACCEPT -p tcp --sport 443 --ctstate ESTABLISHED  # answers come in
            EOF
            sharptables check firewall.check
            """),
            new("As a step of GitHub Actions: a change that opens the firewall does not pass", """
            printf '%s\\n' '- name: Test the firewall' '  run: sharptables check firewall.check'
            """),
        ],
        SeeAlso = ["sharptables-explain(8)", "iptables-save(8)", "sharptables(8)"],
    };
}

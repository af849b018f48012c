using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables completion</c>.</summary>
internal static partial class CompletionProgram
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-completion", "scripts for a shell's command-line completion",
        ["bash|zsh|fish", "--words program [word...] word"], """
        Prints a script for a shell. With it, the tab key completes the command lines of all programs of Sharptables: options, tables,
        chains, matches and targets, then the options of those already named, and their values; names of interfaces, protocols and files.

        The script itself knows nothing about firewalls. It passes the words of the line to `sharptables completion --words`, which
        answers from the same declarations that the programs parse their options by, so it is never out of date.

        User-defined chains are those that the kernel has in the table. Only root may read them; other users are offered only built-in
        chains. A table that is not in force is not requested, since that would load it.
        """)
    {
        Operands = ["bash|zsh|fish"],
        Options =
        [
            new ProgramOption('\x1', "words", summary: "Prints the words that may complete the last word of a command line, one per line,  "
                + "with a summary after a tab. The lines :files and :commands stand for what the shell itself knows."),
            new ProgramOption('h', "help", summary: "Shows its options."),
        ],
        ExitStatus = "0 on success, 2 if the command line is wrong.",
        Files =
        [
            ("/usr/share/bash-completion/completions/iptables",
                "Where bash-completion looks for the script, under the name of each program."),
            ("/usr/share/zsh/vendor-completions/_sharptables", "Where Debian's zsh looks for it."),
            ("/usr/share/fish/vendor_completions.d/iptables.fish", "Where fish looks for it, under the name of each program."),
        ],
        Examples =
        [
            new("For bash, in a running shell or in its start-up file:", "source <(sharptables completion bash)"),
            new("Shows the completions of -m conn:", "sharptables completion --words iptables -A INPUT -m conn"),
        ],
        SeeAlso = ["bash(1)", "iptables(8)", "sharptables(8)"],
    };
}

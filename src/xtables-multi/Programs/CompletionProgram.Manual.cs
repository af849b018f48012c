using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables completion</c>.</summary>
internal static partial class CompletionProgram
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-completion", "scripts that make a shell complete command lines",
        ["bash|zsh|fish", "--words program [word...] word"], """
        Prints a script for a shell. With it, the tab key completes the command lines of all programs of Sharptables: options, tables,
        chains, matches and targets, then the options of those that were named, and the words that these may have; names of interfaces,
        protocols and files.

        The script itself knows nothing of firewalls. It hands the words of the line to `sharptables completion --words`, which answers
        from the same declarations that the programs read their options by, so that it is never out of date.

        User-defined chains are those that the kernel has in the table. Only root may know them; for others, only built-in chains are
        offered. A table that is not in force is not asked for, since that would load it.
        """)
    {
        Operands = ["bash|zsh|fish"],
        Options =
        [
            new('\x1', "words", Summary: "Prints, for the words of a command line, what may stand in the place of the last: a line each, "
                + "and what it is behind a tab. The lines :files and :commands stand for what the shell knows itself."),
            new('h', "help", Summary: "Shows its options."),
        ],
        ExitStatus = "0 when all went well, 2 when it was called wrongly.",
        Files =
        [
            ("/usr/share/bash-completion/completions/iptables",
                "Where bash-completion looks for the script, under the name of each program."),
            ("/usr/share/zsh/vendor-completions/_sharptables", "Where Debian's zsh looks for it."),
            ("/usr/share/fish/vendor_completions.d/iptables.fish", "Where fish looks for it, under the name of each program."),
        ],
        Examples =
        [
            new("In a shell that is running, and in its start-up file, for bash:", "source <(sharptables completion bash)"),
            new("What may stand behind -m conn:", "sharptables completion --words iptables -A INPUT -m conn"),
        ],
        SeeAlso = ["bash(1)", "iptables(8)", "sharptables(8)"],
    };
}

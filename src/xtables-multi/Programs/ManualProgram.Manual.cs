using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables manual</c>.</summary>
internal static partial class ManualProgram
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-manual", "the manual pages of Sharptables", ["[--roff] [page]", "--all folder"], """
        Shows a page of the manual or, without a name, lists the pages. On a terminal it shows one screen after the other, by the program
        that the environment variable PAGER names, else by less(1) or more(1). The pages are in the binary: a machine with the programs
        has the manual, without man(1).

        They are made from the same declarations that the programs parse their options by.
        """)
    {
        Operands = ["page"],
        Options = s_options,
        ExitStatus = "0 on success, 1 if a file could not be written, 2 if the command line is wrong.",
        Examples =
        [
            new("Shows a page:", "sharptables manual iptables"),
            new("Shows it by man(1):", "sharptables manual --roff iptables | man -l -"),
            new("Lists the pages:", "sharptables manual"),
            new("Installs the pages in a directory of your own, and reads one:", "sharptables manual --all \"$HOME/man\"\nman -M \"$HOME/man\" sharptables"),
        ],
        SeeAlso = ["man(1)", "sharptables(8)"],
    };
}

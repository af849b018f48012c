using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>sharptables manual</c>.</summary>
internal static partial class ManualProgram
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-manual", "the manual pages of Sharptables", ["[page]", "--all folder"], """
        Prints a page of the manual as man(1) reads it, or, without the name of a page, says which there are. The pages are in the
        binary: a machine that has the programs has the manual.

        They are made from the same declarations that the programs read their options by.
        """)
    {
        Operands = ["page"],
        Options = s_options,
        ExitStatus = "0 when all went well, 1 when a file could not be written, 2 when it was called wrongly.",
        Examples =
        [
            new("Reads about a program on a machine that has no manual installed:", "sharptables manual iptables | man -l -"),
            new("Says which pages there are:", "sharptables manual"),
            new("Makes a manual of its own, and reads in it:", "sharptables manual --all \"$HOME/man\"\nman -M \"$HOME/man\" sharptables"),
        ],
        SeeAlso = ["man(1)", "sharptables(8)"],
    };
}

using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables programs</c>: the names that the binary answers to.</summary>
internal static class ProgramNames
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-programs", "the names that the binary answers to", [""], """
        Writes, one to a line, the names of the programs that are links to the one binary, xtables-multi. Whoever installs it by hand
        makes the links from this.
        """)
    {
        Examples = [new("Makes the links in a folder that has the binary", "for name in $(sharptables programs); do ln -sf xtables-multi \"$name\"; done")],
    };

    public static int Run(Invocation invocation)
    {
        Output output = new(StandardStreams.Output);
        ProgramList.WriteNames(output);
        output.Flush();
        return 0;
    }
}

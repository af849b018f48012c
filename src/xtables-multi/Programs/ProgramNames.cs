using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables programs</c>: lists the links that the binary is called through.</summary>
internal static class ProgramNames
{
    public static ProgramDescription Describe(Family family) => new(
        "sharptables-programs", "the links that the one binary is called through", [""], """
        Writes, one to a line, the links to the one binary, xtables-multi, by their places below a prefix such as /usr. Whoever installs it
        by hand makes the links from this.
        """)
    {
        Operands = [],
        Examples = [new("Makes links to the binary in one folder", "for link in $(sharptables programs); do ln -sf xtables-multi \"${link##*/}\"; done")],
        SeeAlso = ["sharptables(8)"],
    };

    public static int Run(Invocation invocation)
    {
        Output output = new(StandardStreams.Output);
        ProgramList.WriteLinks(output);
        output.Flush();
        return 0;
    }
}

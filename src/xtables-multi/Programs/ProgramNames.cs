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
        Lists the links to the one binary, xtables-multi, one per line and relative to a prefix such as /usr, for installing it by hand.
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

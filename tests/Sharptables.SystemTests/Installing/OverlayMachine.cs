using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Installing;

/// <summary>A copy of this machine to install things on: see tests/overlay.</summary>
internal static class OverlayMachine
{
    /// <summary>make, which takes what is built as it is: the copy has no network to build from.</summary>
    public const string Make = "make -s -o artifacts/sbin/xtables-multi -o artifacts/libexec/sharptables/xtables-multi " +
        "-o artifacts/lib/sharptables/libsharptables.so -o artifacts/lib/libip4tc.so.2.0.0 -o artifacts/lib/libip6tc.so.2.0.0 " +
        "-o artifacts/lib/libxtables.so.12.7.0 -o artifacts/lib/libipq.so.0.0.0";

    /// <summary>Runs a shell script, each command of which must succeed, and returns its standard output and error.</summary>
    public static string Run(string script)
    {
        CommandResult result = new Command(Workspace.PathOf("tests", "overlay")) { Stdin = $"exec 2>&1\n{script}" }.Run();
        Assert.True(result.ExitStatus == 0, $"status {result.ExitStatus}:\n{result.Stdout}");
        return result.Stdout;
    }
}

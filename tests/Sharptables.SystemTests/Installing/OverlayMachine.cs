using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Installing;

/// <summary>A copy of this machine to install things on: see tests/overlay.</summary>
internal static class OverlayMachine
{
    /// <summary>Runs a shell script, each command of which must succeed, and returns its standard output and error.</summary>
    public static string Run(string script)
    {
        CommandResult result = new Command(Workspace.PathOf("tests", "overlay")) { Stdin = $"exec 2>&1\n{script}" }.Run();
        Assert.True(result.ExitStatus == 0, $"status {result.ExitStatus}:\n{result.Stdout}");
        return result.Stdout;
    }
}

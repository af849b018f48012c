using System.Diagnostics;
using Xunit;

namespace Sharptables.SystemTests;

/// <summary>A copy of this machine to install things on: see tests/overlay.</summary>
internal static class OverlayMachine
{
    /// <summary>Runs a shell script, of which each command must succeed, and gives what it wrote to standard output and error.</summary>
    public static string Run(string script)
    {
        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(Workspace.Repository, "tests", "overlay"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.Write($"exec 2>&1\n{script}");
        process.StandardInput.Close();
        string written = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"status {process.ExitCode}:\n{written}");
        return written;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>A run of iptables-apply on a terminal.</summary>
internal sealed class ApplySession(PseudoTerminal terminal, Process process) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40); // other tests run at the same time

    public PseudoTerminal Terminal => terminal;

    public int ProcessId => process.Id;

    /// <summary>Waits until it is shown.</summary>
    public void Shows(string text) =>
        Assert.True(Eventually(() => terminal.Shown.Contains(text, StringComparison.Ordinal)), terminal.Shown);

    /// <summary>Waits for the end, and returns the exit status.</summary>
    public int Status()
    {
        Assert.True(process.WaitForExit(Patience), terminal.Shown);
        terminal.Settle();
        return process.ExitCode;
    }

    /// <summary>The process id of its watchdog, which it has started.</summary>
    public int Watchdog() => Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName).Where(static name => name!.All(char.IsAsciiDigit))
        .Select(static name => int.Parse(name!, CultureInfo.InvariantCulture)).First(IsWatchdog);

    public static void Signal(int process, int signal) => Assert.Equal(0, Kill(process, signal));

    public static bool Eventually(Func<bool> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                return false;
            }

            Thread.Sleep(20);
        }

        return true;
    }

    public void Dispose()
    {
        terminal.Dispose();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
        }

        process.Dispose();
    }

    private bool IsWatchdog(int candidate)
    {
        try
        {
            string[] status = File.ReadAllText($"/proc/{candidate}/stat").Split(") ")[^1].Split(' ');
            return status[1] == process.Id.ToString(CultureInfo.InvariantCulture)
                && File.ReadAllText($"/proc/{candidate}/cmdline").Contains("rollback-watchdog", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // it has ended meanwhile
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}

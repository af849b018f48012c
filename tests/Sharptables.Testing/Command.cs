using System.Collections;
using System.Diagnostics;
using System.Text;

namespace Sharptables.Testing;

/// <summary>A program with its words, to be run to its end. Text is one char a byte, as in Latin-1.</summary>
/// <param name="program">Its path, or a name to look for in the PATH of <see cref="Variables"/>.</param>
/// <param name="words">The words after its name.</param>
public sealed class Command(string program, params IEnumerable<string> words)
{
    /// <summary>Its environment, <c>NAME=value</c>; the caller's if not given.</summary>
    public IReadOnlyList<string> Variables { get; init; } = CallersVariables();

    public string Stdin { get; init; } = "";

    /// <summary>The folder it runs in, if not the caller's.</summary>
    public string? Folder { get; init; }

    /// <summary>The time limit, after which it is killed and has timed out.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>When it is killed in any case, if it still runs.</summary>
    public TimeSpan? KilledAfter { get; init; }

    /// <summary>How many bytes of memory that it can write to it may have, used or not; null for no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>The caller's environment, the programs under test first in PATH.</summary>
    /// <param name="lockFile">The lock of iptables: one that nothing else uses, so that no test waits for another.</param>
    /// <param name="sbin">Where the programs are, if not those under test.</param>
    public static IReadOnlyList<string> ProgramsUnderTest(string lockFile, string? sbin = null) => CallersVariables(
        ("PATH", $"{sbin ?? Workspace.Sbin}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin"),
        ("SHARPTABLES_SBIN", Workspace.Sbin),
        ("XTABLES_LOCKFILE", lockFile));

    /// <summary>Runs it on this very thread, so in the thread's namespaces.</summary>
    public CommandResult Run()
    {
        int input = Posix.MemoryFile(Encoding.Latin1.GetBytes(Stdin));
        int output = Posix.MemoryFile([]);
        int errors = Posix.MemoryFile([]);
        int pid = Posix.Spawn(Find(), [.. words.Prepend(program).Select(Encoding.Latin1.GetBytes)], Variables, Folder, input, output, errors);
        if (MemoryLimit is { } bytes)
        {
            Posix.LimitMemory(pid, bytes);
        }

        Posix.Close(input);
        bool timedOut = false;
        if (KilledAfter is { } delay)
        {
            // Finer than a millisecond: a restore of thousands of rules takes only a few.
            long until = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < until)
            {
                Thread.SpinWait(50);
            }

            Posix.KillGroup(pid);
        }
        else if (!Posix.WaitForEnd(pid, (int)Patience.TotalMilliseconds))
        {
            timedOut = true;
            Posix.KillGroup(pid);
        }

        int status = Posix.Reap(pid, out TimeSpan processorTime);
        return new CommandResult(status, Text(output), Text(errors), timedOut) { ProcessorTime = processorTime };
    }

    private static string Text(int file) => Encoding.Latin1.GetString(Posix.ReadAndClose(file));

    private string Find()
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return program;
        }

        const string Name = "PATH=";
        return Variables.First(static v => v.StartsWith(Name, StringComparison.Ordinal))[Name.Length..].Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{program} is not in PATH");
    }

    private static string[] CallersVariables(params (string Name, string Value)[] instead) =>
    [
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Where(v => !instead.Any(other => other.Name == (string)v.Key))
            .Select(static v => $"{v.Key}={v.Value}"),
        .. instead.Select(static v => $"{v.Name}={v.Value}"),
    ];
}

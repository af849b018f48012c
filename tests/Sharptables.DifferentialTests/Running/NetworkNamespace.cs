using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;

namespace Sharptables.DifferentialTests.Running;

/// <summary>
/// A network namespace of its own, empty and with every table untouched, held by one thread. What runs on that thread, and every
/// process started from it, is inside; the machine's own namespace is never touched.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    private static readonly Lazy<string> s_hosts = new(static () =>
    {
        string file = Path.Combine(Workspace.Temporary, "hosts");
        File.WriteAllText(file, "127.0.0.1 localhost\n");
        return file;
    });

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private readonly IReadOnlyList<string> _environment;

    public NetworkNamespace(ProgramSet programs, string? lockFile = null)
    {
        Programs = programs;
        LockFile = lockFile ?? ProgramSet.NewLockFile();
        _environment = programs.Environ(LockFile);
        _thread = new Thread(Loop, 512 * 1024) { IsBackground = true, Name = "netns " + programs.Label };
        _thread.Start();
        OnThread(() =>
        {
            Posix.UnshareNetwork(s_hosts.Value);
            string mine = new FileInfo("/proc/thread-self/ns/net").LinkTarget!;
            if (mine == new FileInfo("/proc/self/ns/net").LinkTarget)
            {
                throw new InvalidOperationException("still in the machine's network namespace");
            }

            return true;
        });
    }

    public ProgramSet Programs { get; }

    public string LockFile { get; }

    /// <summary>How many bytes of memory that it can write to a program may have, used or not; null for no limit.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>Runs a shell line inside, the side's programs first in PATH.</summary>
    public CommandResult Shell(string line, string stdin = "", int timeoutSeconds = 60) =>
        Run("/bin/sh", ["sh"u8.ToArray(), "-c"u8.ToArray(), Encoding.Latin1.GetBytes(line)], stdin, timeoutSeconds, Programs, null);

    /// <summary>Runs a shell line inside with another side's programs, sharing this namespace and lock file.</summary>
    public CommandResult ShellWith(ProgramSet programs, string line, string stdin = "", int timeoutSeconds = 60) =>
        Run("/bin/sh", ["sh"u8.ToArray(), "-c"u8.ToArray(), Encoding.Latin1.GetBytes(line)], stdin, timeoutSeconds, programs, null);

    /// <summary>Runs one of the side's programs with words as they are (one char a byte), no shell between.</summary>
    public CommandResult Program(string name, IEnumerable<string> words, string stdin = "", int timeoutSeconds = 60) =>
        Run(
            Path.Combine(Programs.Folder, name),
            [.. words.Prepend(name).Select(Encoding.Latin1.GetBytes)],
            stdin,
            timeoutSeconds,
            Programs,
            null);

    /// <summary>Starts one of the side's programs and kills it when <paramref name="after"/> has passed, if it still runs.</summary>
    public CommandResult Killed(string name, IEnumerable<string> words, string stdin, TimeSpan after) =>
        Run(Path.Combine(Programs.Folder, name), [.. words.Prepend(name).Select(Encoding.Latin1.GetBytes)], stdin, 60, Programs, after);

    /// <summary>Every table of both families that this namespace holds, by "family table", as the kernel gives it.</summary>
    public IReadOnlyDictionary<string, RawTable> ReadTables() => OnThread(RawTable.ReadAll);

    public T OnThread<T>(Func<T> function)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        using ManualResetEventSlim done = new();
        _work.Add(() =>
        {
            try
            {
                result = function();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }

            done.Set();
        });
        done.Wait();
        failure?.Throw();
        return result;
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
        File.Delete(LockFile);
    }

    private CommandResult Run(string path, byte[][] arguments, string stdin, int timeoutSeconds, ProgramSet programs, TimeSpan? killAfter)
    {
        IReadOnlyList<string> environment = ReferenceEquals(programs, Programs) ? _environment : programs.Environ(LockFile);
        return OnThread(() =>
        {
            int input = Posix.MemoryFile(Encoding.Latin1.GetBytes(stdin));
            int output = Posix.MemoryFile([]);
            int errors = Posix.MemoryFile([]);
            int pid = Posix.Spawn(path, arguments, environment, input, output, errors);
            if (MemoryLimit is { } bytes)
            {
                Posix.LimitMemory(pid, bytes);
            }

            Posix.Close(input);
            bool timedOut = false;
            if (killAfter is { } delay)
            {
                // Finer than a millisecond: a restore of thousands of rules takes only a few.
                long until = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
                while (Stopwatch.GetTimestamp() < until)
                {
                    Thread.SpinWait(50);
                }

                Posix.KillGroup(pid);
            }
            else if (!Posix.WaitForEnd(pid, timeoutSeconds * 1000))
            {
                timedOut = true;
                Posix.KillGroup(pid);
            }

            int status = Posix.Reap(pid, out TimeSpan processorTime);
            return new CommandResult(
                status, CommandResult.Text(Posix.ReadAndClose(output)), CommandResult.Text(Posix.ReadAndClose(errors)), timedOut)
            {
                ProcessorTime = processorTime,
            };
        });
    }

    private void Loop()
    {
        foreach (Action action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }
}

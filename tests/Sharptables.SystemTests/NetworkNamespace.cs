using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Sharptables.SystemTests;

/// <summary>
/// A network namespace of its own, held by one thread. Sockets opened, files under /proc/sys/net written and programs
/// started on that thread belong to the namespace; everything else in the process stays where it was.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private const int CloneNewNet = 0x40000000; // CLONE_NEWNET, linux/sched.h

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public NetworkNamespace()
    {
        _thread = new Thread(Serve) { IsBackground = true, Name = "network namespace" };
        _thread.Start();
        Path = Run(static () =>
        {
            string outside = Link("/proc/self/ns/net"); // of the process's first thread
            if (Unshare(CloneNewNet) != 0)
            {
                throw new InvalidOperationException(
                    $"no network namespace (errno {Marshal.GetLastPInvokeError()}): run as root, or under unshare -Urn");
            }

            if (Link("/proc/thread-self/ns/net") == outside)
            {
                throw new InvalidOperationException("still in the machine's own network namespace");
            }

            return "/proc/" + Link("/proc/thread-self") + "/ns/net";
        });
    }

    /// <summary>The path under which other programs can name this namespace.</summary>
    public string Path { get; }

    /// <summary>Runs <paramref name="work"/> inside and returns what it returns, or throws what it throws.</summary>
    public T Run<T>(Func<T> work)
    {
        using var done = new ManualResetEventSlim();
        T result = default!;
        ExceptionDispatchInfo? error = null;
        _work.Add(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                error = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
        error?.Throw();
        return result;
    }

    public void Run(Action work) => Run(() =>
    {
        work();
        return true;
    });

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Serve()
    {
        foreach (Action action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }

    private static string Link(string path) =>
        new FileInfo(path).LinkTarget ?? throw new InvalidOperationException($"{path} is not a link");

    [DllImport("libc", EntryPoint = "unshare", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unshare(int flags);
}

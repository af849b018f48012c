using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Sharptables.Testing;

/// <summary>
/// A network namespace of its own, empty and with every table untouched, held by one thread. Sockets opened, files under /proc/sys/net
/// written and programs started on that thread belong to it, as do file systems mounted there; the machine's own is never touched.
/// </summary>
public sealed class NetworkNamespace : IDisposable
{
    /// <summary>What is /etc/hosts inside: that of one machine has an IPv6 address for localhost, that of another none.</summary>
    private static readonly Lazy<string> s_hosts = new(static () =>
    {
        string file = System.IO.Path.Combine(Workspace.Temporary, "hosts");
        File.WriteAllText(file, "127.0.0.1 localhost\n");
        return file;
    });

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public NetworkNamespace()
    {
        _thread = new Thread(Serve, 512 * 1024) { IsBackground = true, Name = "network namespace" };
        _thread.Start();
        Path = Run(static () =>
        {
            string outside = Link("/proc/self/ns/net"); // of the process's first thread
            Posix.UnshareNetwork(s_hosts.Value);
            return Link("/proc/thread-self/ns/net") != outside
                ? "/proc/" + Link("/proc/thread-self") + "/ns/net"
                : throw new InvalidOperationException("still in the machine's own network namespace");
        });
    }

    /// <summary>The path under which other programs can name this namespace.</summary>
    public string Path { get; }

    /// <summary>Runs <paramref name="work"/> inside and returns what it returns, or throws what it throws.</summary>
    public T Run<T>(Func<T> work)
    {
        using ManualResetEventSlim done = new();
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        _work.Add(() =>
        {
            try
            {
                result = work();
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
}

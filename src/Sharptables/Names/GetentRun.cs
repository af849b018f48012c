using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>A run of getent(1) and the keys it was given.</summary>
internal sealed class GetentRun
{
    private const int Beginning = 100; // milliseconds that a process may take to start on a busy machine
    private const int EachKey = 1; // milliseconds that the system may take to search its own files

    private readonly int _process;
    private byte[] _answer = new byte[1024];
    private int _length;

    private GetentRun(int process, int output, List<byte[]> keys)
    {
        _process = process;
        Output = output;
        Keys = keys;
        SlowFrom = Environment.TickCount64 + Beginning + (keys.Count * EachKey);
    }

    public List<byte[]> Keys { get; }

    /// <summary>The descriptor that its output is read from.</summary>
    public int Output { get; }

    /// <summary>From when on it must be waiting for another machine, by <see cref="Environment.TickCount64"/>.</summary>
    public long SlowFrom { get; }

    public bool IsSlow => Environment.TickCount64 >= SlowFrom;

    /// <summary>Its exit status once it has ended.</summary>
    public int Status { get; private set; }

    public byte[] Answer => _answer.AsSpan(0, _length).ToArray();

    /// <summary>Starts getent.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="database">The database, by getent's name for it.</param>
    /// <param name="left">The keys; those given to it are dequeued, none when it cannot be started.</param>
    /// <param name="share">The most keys to give it.</param>
    /// <param name="resolverOption">An option for the resolver (resolv.conf(5)), or empty.</param>
    /// <exception cref="KernelException">It cannot be started.</exception>
    public static GetentRun Start(byte[] program, ReadOnlySpan<byte> database, Queue<byte[]> left, int share, ReadOnlySpan<byte> resolverOption)
    {
        List<byte[]> keys = [];
        while (keys.Count < share && left.TryDequeue(out byte[]? key))
        {
            keys.Add(key);
        }

        int read = -1;
        int write = -1;
        try
        {
            (read, write) = FileDescriptor.OpenPipe();
            ChildStart start = new()
            {
                Output = write,
                Error = ChildStart.Nothing,
                Environment = ChildEnvironment.System,
                ResolverOption = resolverOption.ToArray(),
            };
            return new GetentRun(ChildProcess.Start([program, database.ToArray(), .. keys], start), read, keys);
        }
        catch
        {
            FileDescriptor.Close(read);
            keys.ForEach(left.Enqueue);
            throw;
        }
        finally
        {
            FileDescriptor.Close(write);
        }
    }

    /// <summary>Reads its output; waits while there is none.</summary>
    /// <returns>Whether the output is complete and it has ended.</returns>
    public bool HasEnded()
    {
        if (_length == _answer.Length)
        {
            Array.Resize(ref _answer, _length * 2);
        }

        int count = FileDescriptor.ReadChunk(Output, _answer.AsSpan(_length));
        _length += count;
        if (count > 0)
        {
            return false;
        }

        FileDescriptor.Close(Output);
        Status = ChildProcess.WaitFor(_process);
        return true;
    }

    /// <summary>Kills it.</summary>
    public void End()
    {
        ChildProcess.End(_process);
        FileDescriptor.Close(Output);
        _ = ChildProcess.WaitFor(_process);
    }
}

using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>
/// Runs getent(1), which asks the system's own C library. It gets no options, since not every system's getent knows any.
/// </summary>
internal static class Getent
{
    /// <summary>How many runs may wait for a slow source, such as a remote name server, at a time.</summary>
    private const int MostAtOnce = 32;

    /// <summary>How many runs may work at a time, given as many processors: each costs a process.</summary>
    private const int MostAtWork = 4;

    /// <summary>How many keys a run gets while the speed of answers is unknown, or low.</summary>
    private const int FewKeys = 4;

    /// <summary>The most keys that a run gets, since the kernel limits the size of a command line.</summary>
    private const int ManyKeys = 1000;

    private const int NotFound = 2; // the exit status when a key has no entry

    private static byte[]? s_program;
    private static string? s_failure;

    /// <summary>Why it cannot answer, or could not the last time, as the end of a sentence that begins with its name, or null.</summary>
    public static string? Trouble => Program is null ? "is neither in /usr/bin nor in /bin" : s_failure;

    private static byte[]? Program => s_program ??= ChildProcess.FindSystemProgram("getent"u8);

    /// <summary>Whether a key can be passed on: it is one word and not an option.</summary>
    public static bool CanAsk(ReadOnlySpan<byte> key) => !key.IsEmpty && key[0] != '-' && key.IndexOfAnyInRange((byte)0, (byte)' ') < 0;

    /// <summary>Looks up one key.</summary>
    /// <param name="database">The database, by getent's name for it.</param>
    /// <param name="key">The key, which <see cref="CanAsk"/>.</param>
    /// <param name="resolverOption">An option for the resolver (resolv.conf(5)), or empty.</param>
    /// <returns>The lines of the answer; empty when there is none.</returns>
    public static byte[] Ask(ReadOnlySpan<byte> database, ReadOnlySpan<byte> key, ReadOnlySpan<byte> resolverOption = default)
    {
        byte[] answer = [];
        AskAll(database, [key.ToArray()], part => answer = part, resolverOption);
        return answer;
    }

    /// <summary>
    /// Looks up many keys in parallel. The first few show how fast answers come: if at once, the rest is divided among the processors;
    /// if slowly, many runs wait at a time.
    /// </summary>
    /// <param name="database">The database, by getent's name for it.</param>
    /// <param name="keys">The keys, each of which <see cref="CanAsk"/>.</param>
    /// <param name="take">Called with the lines of each answer; their order is not that of the keys.</param>
    /// <param name="resolverOption">An option for the resolver (resolv.conf(5)), or empty.</param>
    public static void AskAll(
        ReadOnlySpan<byte> database, List<byte[]> keys, Action<byte[]> take, ReadOnlySpan<byte> resolverOption = default)
    {
        s_failure = null;
        if (Program is not { } program)
        {
            return;
        }

        List<GetentRun> running = [];
        Queue<byte[]> left = new(keys);
        int workers = Math.Min(Environment.ProcessorCount, MostAtWork);
        int most = MostAtOnce;
        bool areSlow = false;
        int share = FewKeys;
        while (left.Count > 0 || running.Count > 0)
        {
            while (left.Count > 0 && running.Count < Math.Min(most, areSlow ? MostAtOnce : workers))
            {
                try
                {
                    running.Add(GetentRun.Start(program, database, left, share, resolverOption));
                }
                catch (KernelException e)
                {
                    s_failure = $"cannot be run: {e.Message}";
                    most = running.Count; // as many as the system has resources for
                }
            }

            if (running.Count == 0)
            {
                return;
            }

            int ready = WaitForOne(running, areSlow);
            if (ready >= 0 && !running[ready].HasEnded())
            {
                continue;
            }

            areSlow = ready < 0 || running[ready].IsSlow;
            share = areSlow ? FewKeys : Math.Clamp((keys.Count / workers) + 1, FewKeys, ManyKeys);
            if (ready < 0)
            {
                // Those with many keys would still be running when all others have ended.
                foreach (GetentRun run in running.FindAll(static run => run.Keys.Count > FewKeys))
                {
                    run.End();
                    run.Keys.ForEach(left.Enqueue);
                    running.Remove(run);
                }
            }
            else
            {
                if (running[ready].Status is not (0 or NotFound))
                {
                    s_failure = $"failed with exit status {running[ready].Status}";
                }

                take(running[ready].Answer);
                running.RemoveAt(ready);
            }
        }
    }

    /// <summary>Waits until a run has output, or one becomes slow.</summary>
    /// <returns>The index of the one with output or an end; -1 when one has become slow.</returns>
    private static int WaitForOne(List<GetentRun> running, bool areSlow)
    {
        Span<int> outputs = stackalloc int[MostAtOnce];
        long until = long.MaxValue;
        for (int i = 0; i < running.Count; i++)
        {
            outputs[i] = running[i].Output;
            until = areSlow ? until : Math.Min(until, running[i].SlowFrom);
        }

        return FileDescriptor.WaitForInput(outputs[..running.Count], until);
    }
}

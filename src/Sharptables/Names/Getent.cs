using System;
using System.Collections.Generic;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>
/// The program getent(1), through which the system's own library is asked. It is given no options: not every system's has any.
/// </summary>
internal static class Getent
{
    /// <summary>How many of them wait for a slow source, such as a far name server, at a time.</summary>
    private const int MostAtOnce = 32;

    /// <summary>How many work at a time, where there are as many processors: each costs a process.</summary>
    private const int MostAtWork = 4;

    /// <summary>How many keys one is given while it is not known how fast they are answered, or when that is slow.</summary>
    private const int FewKeys = 4;

    /// <summary>How many one is given at most, since the kernel bounds what a command line holds.</summary>
    private const int ManyKeys = 1000;

    private const int NotFound = 2; // the exit status when a key has no entry

    private static byte[]? s_program;
    private static string? s_failure;

    /// <summary>What keeps it from answering, as the end of a sentence that begins with its name; null when nothing does.</summary>
    public static string? Trouble => Program is null ? "is neither in /usr/bin nor in /bin" : s_failure;

    private static byte[]? Program => s_program ??= ChildProcess.FindSystemProgram("getent"u8);

    /// <summary>Whether a key may be asked for: no option, and one word.</summary>
    public static bool CanAsk(ReadOnlySpan<byte> key) => !key.IsEmpty && key[0] != '-' && key.IndexOfAnyInRange((byte)0, (byte)' ') < 0;

    /// <summary>Asks for one key.</summary>
    /// <param name="database">What to look in, as getent calls it.</param>
    /// <param name="key">The key, which <see cref="CanAsk"/>.</param>
    /// <param name="resolverOption">An option for the resolver (resolv.conf(5)), or empty.</param>
    /// <returns>The answer's lines; empty when there is none.</returns>
    public static byte[] Ask(ReadOnlySpan<byte> database, ReadOnlySpan<byte> key, ReadOnlySpan<byte> resolverOption = default)
    {
        byte[] answer = [];
        AskAll(database, [key.ToArray()], part => answer = part, resolverOption);
        return answer;
    }

    /// <summary>
    /// Asks for many keys, side by side. The first few show whether they are answered at once: then the rest is shared out among the
    /// processors. When they are not, many wait at a time.
    /// </summary>
    /// <param name="database">What to look in, as getent calls it.</param>
    /// <param name="keys">The keys, each of which <see cref="CanAsk"/>.</param>
    /// <param name="take">Takes the lines of one answer after the other; their order is not that of the keys.</param>
    /// <param name="resolverOption">An option for the resolver (resolv.conf(5)), or empty.</param>
    public static void AskAll(
        ReadOnlySpan<byte> database, List<byte[]> keys, Action<byte[]> take, ReadOnlySpan<byte> resolverOption = default)
    {
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
                    most = running.Count; // as many as the system has the means for
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
                // Those with many keys would be waited for when all others have long ended.
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

    /// <summary>Waits for output of one, or until one is slow.</summary>
    /// <returns>The place of the one that has output, or has ended; -1 when one has become slow.</returns>
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

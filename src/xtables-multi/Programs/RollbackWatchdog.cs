using System;
using System.Buffers.Text;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// The process that iptables-apply starts before it changes anything, and that restores the old rules unless it is told in time to keep
/// the new ones: at the time limit, on request, and when iptables-apply dies. It holds the old rules in memory, has a session of its
/// own, and blocks the signals that could end it. It alone decides whether an answer came in time.
/// </summary>
internal static class RollbackWatchdog
{
    /// <summary>The word after <c>sharptables</c> that starts it; not for people.</summary>
    public const string Word = "rollback-watchdog";

    /// <summary>The time limit for the first order, in milliseconds.</summary>
    private const long FirstWait = 60_000;

    /// <summary>How long the rollback waits for the lock. It happens even if another process never releases the lock.</summary>
    private static readonly TimeSpan s_lockPatience = TimeSpan.FromSeconds(5);

    /// <summary>Runs it: snapshot and orders on standard input, replies on standard output.</summary>
    /// <param name="invocation">Its words are the process that asks, and those of the old rules.</param>
    public static int Run(Invocation invocation)
    {
        ReadOnlySpan<byte[]> words = invocation.Words.Span;
        if (words.Length < 3 || !Utf8Parser.TryParse(words[0], out int asking, out _)
            || OldRules.Receive(StandardStreams.Input, words[1..]) is not { } old)
        {
            return 1; // not started by iptables-apply, or that has ended without a change
        }

        StandardStreams.OutliveBrokenPipe();
        ShowName();
        string program = $"{Invocation.NameFor(old.Families[0])}-apply";
        using PendingApply mark = PendingApply.Make(old.Families, program, asking, out bool isTaken);
        if (isTaken)
        {
            Reply(RollbackReply.Taken);
            return 1;
        }

        Reply(RollbackReply.Armed);
        bool isKept = IsKept(mark, out string reason);
        if (isKept)
        {
            mark.Dispose(); // before anybody learns that the next may begin
            Reply(RollbackReply.Kept);
            return 0;
        }

        string? failure = PutBack(old);
        mark.Dispose();
        SystemLog.Write(program, failure is not null, $"{reason}: {failure ?? "the old rules are in force again"}");
        Reply(failure is null ? RollbackReply.IsBack : RollbackReply.Failed, failure);
        return failure is null ? 0 : 1;
    }

    /// <summary>Restores the old rules, under the lock if possible.</summary>
    /// <returns>What could not be restored, and why; or null.</returns>
    public static string? PutBack(OldRules old)
    {
        using XTablesLock? held = TryLock();
        return old.PutBack();
    }

    /// <summary>Follows orders until it is decided whether the new rules are kept.</summary>
    /// <param name="mark">The mark that tells others that this one waits.</param>
    /// <param name="reason">Why they are not kept.</param>
    private static bool IsKept(PendingApply mark, out string reason)
    {
        long until = Environment.TickCount64 + FirstWait;
        int group = 0;
        while (FileDescriptor.WaitForInput([StandardStreams.Input], until) == 0)
        {
            RollbackOrder? order = RollbackOrder.Receive(StandardStreams.Input);
            switch (order?.Kind)
            {
                case RollbackOrderKind.Wait:
                    until = Environment.TickCount64 + order.Value.Value;
                    mark.Note(until);
                    continue;
                case RollbackOrderKind.Watch:
                    group = (int)order.Value.Value;
                    continue;
                case RollbackOrderKind.Keep:
                    reason = "";
                    return true;
            }

            EndGroup(group);
            reason = order is null
                ? "the program that asked whether the new rules work has ended without an answer"
                : "the new rules were not confirmed";
            return false;
        }

        Reply(RollbackReply.TimeOver);
        EndGroup(group);
        reason = "there was no answer in time to whether the new rules work";
        return false;
    }

    /// <summary>Ends whatever is still changing rules.</summary>
    private static void EndGroup(int group)
    {
        if (group > 0)
        {
            ChildProcess.EndGroup(group, atOnce: true);
        }
    }

    private static XTablesLock? TryLock()
    {
        try
        {
            XTablesLock taken = XTablesLock.Open(XTablesLock.DefaultPath);
            _ = taken.Acquire(s_lockPatience);
            return taken;
        }
        catch (KernelException)
        {
            return null; // the lock protects rules from being lost; here it would make us lose the old ones
        }
    }

    /// <summary>
    /// Makes ps show a meaningful name, not the "exe" of /proc/self/exe. It is not that of iptables-apply, so that killing that by name
    /// does not kill this.
    /// </summary>
    private static void ShowName()
    {
        try
        {
            int name = FileDescriptor.Create("/proc/self/comm"u8);
            FileDescriptor.WriteAll(name, "rules-rollback"u8);
            FileDescriptor.Close(name);
        }
        catch (KernelException)
        {
            // It is only a name.
        }
    }

    private static void Reply(RollbackReply reply, string? text = null)
    {
        try
        {
            FileDescriptor.WriteAll(StandardStreams.Output, [(byte)reply, .. Encoding.UTF8.GetBytes(text ?? "")]);
        }
        catch (KernelException)
        {
            // Nobody listens any more; the work must be done nevertheless.
        }
    }
}

using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Text;
using Sharptables.Backends.Legacy;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>
/// The process that iptables-apply starts before it changes anything, and that puts the old rules back unless it is told in time that the
/// new ones stay: when the time is over, when it is told to, and when iptables-apply is no more. It has the old rules in memory,
/// a session of its own, and blocks the signals that others would end it with. Whether an answer came in time is decided here alone.
/// </summary>
internal static class RollbackWatchdog
{
    /// <summary>The word behind <c>sharptables</c> that it is started by; not for people.</summary>
    public const string Word = "rollback-watchdog";

    /// <summary>How long it waits for an order before the first <see cref="RollbackOrderKind.Wait"/> says otherwise.</summary>
    private const long FirstWait = 60_000;

    /// <summary>How long the rollback waits for the lock. It is owed even if whoever has the lock never gives it up.</summary>
    private static readonly TimeSpan s_lockPatience = TimeSpan.FromSeconds(5);

    /// <summary>Runs it: the snapshot and the orders on its standard input, the replies on its standard output.</summary>
    /// <param name="invocation">With two words, the name of the family and the process that asks.</param>
    public static int Run(Invocation invocation)
    {
        ReadOnlySpan<byte[]> words = invocation.Words.Span;
        if (words.Length != 2 || !Utf8Parser.TryParse(words[1], out int asking, out _)
            || OldRules.Receive(StandardStreams.Input, Family.Named(Encoding.ASCII.GetString(words[0]))) is not { } old)
        {
            return 1; // not by iptables-apply, or it has ended already and changed nothing
        }

        StandardStreams.OutliveBrokenPipe();
        ShowName();
        using PendingApply? mark = PendingApply.TryMake(old.Family, asking, out bool isTaken);
        if (isTaken)
        {
            Reply(RollbackReply.Taken);
            return 1;
        }

        Reply(RollbackReply.Armed);
        bool isKept = IsKept(mark, out string reason);
        if (isKept)
        {
            mark?.Dispose(); // before anybody hears that the next may begin
            Reply(RollbackReply.Kept);
            return 0;
        }

        string program = $"{Invocation.NameFor(old.Family)}-apply";
        string? failure = PutBack(old);
        mark?.Dispose();
        SystemLog.Write(program, failure is not null, $"{reason}: {failure ?? "the old rules are in force again"}");
        Reply(failure is null ? RollbackReply.IsBack : RollbackReply.Failed, failure);
        return failure is null ? 0 : 1;
    }

    /// <summary>Puts the old rules back, under the lock if it can be had.</summary>
    /// <returns>What could not be put back, and why; or null.</returns>
    public static string? PutBack(OldRules old)
    {
        using XTablesLock? held = TryLock();
        using LegacyTables tables = new(new ExtensionSet(old.Family));
        List<string> failures = [];
        try
        {
            foreach ((byte[] table, string reason) in old.Tables.PutBack(tables))
            {
                failures.Add($"table {MessageText.Of(table)} could not be put back: {reason}");
            }
        }
        catch (KernelException e)
        {
            failures.Add($"tables that are new could not be emptied: {KernelErrors.Text(e)}");
        }

        if (old.NftHasChanged)
        {
            failures.Add("nf_tables has been changed as well, and that cannot be put back; `nft list ruleset' shows it");
        }

        return failures.Count == 0 ? null : string.Join("; ", failures);
    }

    /// <summary>Carries out orders until it is decided whether the new rules stay.</summary>
    /// <param name="mark">What tells others that this one waits.</param>
    /// <param name="reason">If not, why.</param>
    private static bool IsKept(PendingApply? mark, out string reason)
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
                    mark?.Note(until);
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
        reason = "no answer came in time to whether the new rules work";
        return false;
    }

    /// <summary>Whoever still puts new rules in force is ended first.</summary>
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
            return null; // the lock is to keep rules from getting lost; here the old ones would
        }
    }

    /// <summary>
    /// Has ps, and whoever asks who holds the lock, see a name that means something, and not "exe" of /proc/self/exe. It is not that of
    /// iptables-apply: whoever ends that by its name is not to end this.
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
            // Nobody is there to hear it. That is no reason to leave the work undone.
        }
    }
}

using System;
using System.Linq;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>
/// The old rules, owed until <see cref="Keep"/>: held by a <see cref="RollbackWatchdog"/>, and by this process in case that is killed.
/// </summary>
internal sealed class Rollback : IDisposable
{
    /// <summary>How long the watchdog may take to start, or to restore the rules, in milliseconds.</summary>
    private const int Patience = 15_000;

    private readonly OldRules _old;
    private readonly int _watchdog;
    private readonly int _orders;
    private readonly int _replies;
    private bool _isOwed = true;

    private Rollback(OldRules old, int watchdog, int orders, int replies)
    {
        _old = old;
        _watchdog = watchdog;
        _orders = orders;
        _replies = replies;
    }

    /// <summary>The descriptor on which the watchdog reports that the time is over.</summary>
    public int Replies => _replies;

    /// <summary>Starts the watchdog. Once this returns, the old rules are restored whatever happens.</summary>
    /// <param name="old">The old rules.</param>
    /// <exception cref="KernelException">It cannot be started, or another one waits for an answer (EBUSY).</exception>
    public static Rollback Arm(OldRules old)
    {
        try
        {
            Rollback rollback = Start(old);
            old.Send(rollback._orders);
            return rollback.NextReply() switch
            {
                RollbackReply.Armed => rollback,
                RollbackReply.Taken => throw new KernelException("flock", Errno.EBUSY),
                _ => throw new KernelException("read", Errno.ECHILD),
            };
        }
        catch (KernelException e)
        {
            throw new KernelException("start of the watchdog that would put the old rules back", e.Errno);
        }
    }

    /// <summary>Makes the watchdog restore the old rules unless it is told something else within a time that begins now.</summary>
    public void Wait(TimeSpan time) => TrySend(new RollbackOrder(RollbackOrderKind.Wait, (long)time.TotalMilliseconds));

    /// <summary>Names a process group that changes rules, which must end before they are restored; 0 when it has ended.</summary>
    public void Watch(int group) => TrySend(new RollbackOrder(RollbackOrderKind.Watch, group));

    /// <summary>Keeps the new rules.</summary>
    /// <returns>False when it was too late; <see cref="PutBack"/> tells the outcome then.</returns>
    public bool Keep()
    {
        TrySend(new RollbackOrder(RollbackOrderKind.Keep));
        _isOwed = NextReply() != RollbackReply.Kept;
        return !_isOwed;
    }

    /// <summary>Has the watchdog restore the old rules, unless it already does, and waits for that.</summary>
    /// <returns>What could not be restored, and why; or null.</returns>
    public string? PutBack()
    {
        _isOwed = false;
        TrySend(new RollbackOrder(RollbackOrderKind.PutBack));
        RollbackReply reply;
        do
        {
            reply = NextReply();
        }
        while (reply == RollbackReply.TimeOver);
        if (reply == RollbackReply.Failed)
        {
            byte[] text = FileDescriptor.ReadToEnd(_replies, 256, out int length);
            return Encoding.UTF8.GetString(text, 0, length);
        }

        if (reply == RollbackReply.IsBack)
        {
            return null;
        }

        ChildProcess.EndGroup(_watchdog, atOnce: true); // if it is only stuck, it must not resume once other rules are in force
        return RollbackWatchdog.PutBack(_old);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOwed)
        {
            _ = PutBack();
        }

        FileDescriptor.Close(_orders);
        FileDescriptor.Close(_replies);
    }

    private static Rollback Start(OldRules old)
    {
        (int childInput, int orders) = FileDescriptor.OpenPipe();
        (int replies, int childOutput) = FileDescriptor.OpenPipe();
        int watchdog;
        try
        {
            watchdog = ChildProcess.Start(
                [
                    "sharptables"u8.ToArray(), Encoding.ASCII.GetBytes(RollbackWatchdog.Word),
                    Encoding.ASCII.GetBytes($"{Environment.ProcessId}"),
                    .. old.Words.Select(Encoding.ASCII.GetBytes),
                ],
                new ChildStart
                {
                    Program = "/proc/self/exe"u8.ToArray(),
                    Input = childInput,
                    Output = childOutput,
                    Error = ChildStart.Nothing,
                    Ties = ChildTies.OwnSession,
                });
        }
        finally
        {
            FileDescriptor.Close(childInput);
            FileDescriptor.Close(childOutput);
        }

        return new Rollback(old, watchdog, orders, replies);
    }

    private RollbackReply NextReply()
    {
        Span<byte> reply = stackalloc byte[1];
        long until = Environment.TickCount64 + Patience;
        return FileDescriptor.WaitForInput([_replies], until) == 0 && FileDescriptor.ReadExactly(_replies, reply)
            ? (RollbackReply)reply[0]
            : RollbackReply.Gone;
    }

    private void TrySend(RollbackOrder order)
    {
        try
        {
            order.Send(_orders);
        }
        catch (KernelException)
        {
            // The watchdog has ended: its last reply, or the lack of one, counts.
        }
    }
}

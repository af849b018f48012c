using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>Takes the lock that all programs of iptables share, and reports who holds it if that fails.</summary>
internal static class TableLock
{
    /// <summary>Takes the lock of the legacy interface; dispose to release it. Null for nf_tables, where the kernel sees to that.</summary>
    /// <param name="used">The interface whose tables are to be changed.</param>
    /// <param name="seconds">How long to wait; null: no time limit.</param>
    public static XTablesLock? Take(KernelInterface used, int? seconds) => used == KernelInterface.Legacy ? Take(seconds) : null;

    /// <summary>Takes the lock of the legacy interface; dispose to release it.</summary>
    /// <param name="seconds">How long to wait; null: no time limit.</param>
    public static XTablesLock Take(int? seconds = null)
    {
        byte[] path = XTablesLock.DefaultPath;
        string shown = MessageText.Of(path);
        XTablesLock taken;
        try
        {
            taken = XTablesLock.Open(path);
        }
        catch (KernelException e)
        {
            throw new UsageException($"Fatal: can't open lock file {shown}: {e.Message}", ErrorShape.NoLock)
            {
                Hint = e.Errno switch
                {
                    Errno.EACCES or Errno.EPERM when !ThisProcess.IsRoot => "Only root may change the firewall; try sudo.",
                    Errno.EMFILE => "This process has too many open files; see ulimit -n.",
                    _ => "XTABLES_LOCKFILE names another lock file.",
                },
            };
        }

        try
        {
            if (seconds is not { } allowed)
            {
                taken.Acquire();
                return taken;
            }

            if (taken.Acquire(TimeSpan.FromSeconds(allowed)))
            {
                return taken;
            }
        }
        catch (KernelException e)
        {
            taken.Dispose();
            throw new UsageException($"Can't lock {shown}: {e.Message}", ErrorShape.NoLock)
            {
                Hint = "Its file system may not support locks; XTABLES_LOCKFILE names another lock file.",
            };
        }

        string? hint = taken.Holder() is { } holder ? $"Process {holder.ProcessId} ({MessageText.Of(holder.Command.Span)}) holds it."
            : taken.TryAcquire() ? null // it has just been released
            : "No process visible from here holds it: it may be one of another container, or of the host.";
        taken.Dispose();
        throw new UsageException(
            $"Can't lock {shown}: Resource temporarily unavailable\nAnother app is currently holding the xtables lock. Stopped waiting after {seconds}s.", ErrorShape.Busy)
        {
            Hint = hint,
        };
    }
}

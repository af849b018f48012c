using System.Collections.Generic;
using System.IO;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Diagnosis;

/// <summary>Whether the xtables lock is available, and who holds it.</summary>
internal static class LockCheck
{
    private const string Topic = "lock";

    /// <summary>Examines the lock without taking it.</summary>
    public static IEnumerable<Observation> Examine()
    {
        string path = Encoding.UTF8.GetString(XTablesLock.DefaultPath);
        string? refusal = null;
        bool isReadOnly = false;
        LockHolder? holder = null;
        try
        {
            using XTablesLock @lock = XTablesLock.Open(XTablesLock.DefaultPath);
            holder = @lock.Holder();
        }
        catch (KernelException e)
        {
            refusal = e.Message;
            isReadOnly = e.Errno == Errno.EROFS;
        }

        yield return refusal is not null
            ? new(Severity.Warning, Topic, $"{path} cannot be opened: {refusal}",
                "Every change of rules needs it. Fix that path, or name another in XTABLES_LOCKFILE.", isReadOnly ? $"mount -o remount,rw {Path.GetDirectoryName(path)}" : null)
            : holder is { } who
            ? new(Severity.Note, Topic, $"{path} is held by {MessageText.Of(who.Command.Span)} (process {who.ProcessId})",
                "Others wait for it, or fail without -w. If that process hangs:", $"kill {who.ProcessId}")
            : new(Severity.Good, Topic, SeesAllProcesses ? $"{path} is free" : $"no process of this container holds {path}");
    }

    /// <summary>Whether this is the initial PID namespace, which sees all processes: PROC_PID_INIT_INO of linux/proc_ns.h.</summary>
    private static bool SeesAllProcesses => new FileInfo("/proc/self/ns/pid").LinkTarget == "pid:[4026531836]";
}

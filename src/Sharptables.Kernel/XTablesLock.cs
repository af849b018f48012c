using System;
using System.Buffers.Text;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Sharptables.Kernel;

/// <summary>
/// The lock that all programs of the iptables family take before they read or change an ip_tables table, so that none overwrites
/// another's change: an exclusive flock(2) on one file. The kernel releases it when the process ends.
/// </summary>
internal sealed unsafe class XTablesLock : IDisposable
{
    private readonly byte[] _path;
    private int _fd;

    private XTablesLock(byte[] path, int fd)
    {
        _path = path;
        _fd = fd;
    }

    /// <summary>The path of the lock file: the environment variable XTABLES_LOCKFILE, or /run/xtables.lock.</summary>
    public static byte[] DefaultPath
    {
        get
        {
            byte[] value = EnvironmentVariable.Read("XTABLES_LOCKFILE"u8);
            return value.Length == 0 ? "/run/xtables.lock"u8.ToArray() : value;
        }
    }

    /// <summary>Opens the lock file, creating it with mode 0600 if it does not exist; does not take the lock.</summary>
    /// <param name="path">The path, such as <see cref="DefaultPath"/>.</param>
    /// <exception cref="KernelException">It cannot be opened.</exception>
    public static XTablesLock Open(byte[] path)
    {
        int fd = FileDescriptor.TryOpen(path, Libc.O_RDONLY | Libc.O_CREAT | Libc.O_CLOEXEC, 0x180 /* 0600 */, out int errno);
        return fd >= 0 ? new XTablesLock(path, fd) : throw new KernelException("open", errno);
    }

    /// <summary>Takes the lock if it is free; false when another process holds it.</summary>
    /// <exception cref="KernelException">The file cannot be locked at all.</exception>
    public bool TryAcquire()
    {
        int errno = Flock(_fd, Libc.LOCK_EX | Libc.LOCK_NB);
        return errno switch
        {
            0 => true,
            Libc.EAGAIN => false,
            _ => throw new KernelException("flock", errno),
        };
    }

    /// <summary>Waits for the lock without a time limit, in the kernel's queue.</summary>
    /// <exception cref="KernelException">The file cannot be locked at all.</exception>
    public void Acquire()
    {
        int errno = Flock(_fd, Libc.LOCK_EX);
        if (errno != 0)
        {
            throw new KernelException("flock", errno);
        }
    }

    /// <summary>
    /// Waits for the lock; false at the time limit. After that, end the process or dispose of this: the lock may still be granted later.
    /// </summary>
    /// <exception cref="KernelException">The file cannot be locked at all.</exception>
    public bool Acquire(TimeSpan timeout)
    {
        if (TryAcquire())
        {
            return true;
        }

        // flock has no timeout. Polling would lose to processes that wait in the kernel's queue, and an alarm signal would interrupt
        // managed code anywhere. So another thread waits in the queue while this one watches the clock.
        int errno = 0;
        int fd = _fd;
        Thread waiter = new(() => errno = Flock(fd, Libc.LOCK_EX), 128 * 1024) { IsBackground = true };
        waiter.Start();
        long milliseconds = Math.Clamp((long)timeout.TotalMilliseconds, 0, int.MaxValue);
        if (!waiter.Join((int)milliseconds))
        {
            return false;
        }

        return errno == 0 ? true : throw new KernelException("flock", errno);
    }

    /// <summary>Waits for the lock until it is ours, the time is over, or the waiting is ended; in the latter cases it cannot be tried again.</summary>
    /// <param name="timeout">How long; <see cref="Timeout.InfiniteTimeSpan"/> for without end.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Whether it is ours now.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    /// <exception cref="KernelException">The file cannot be locked at all.</exception>
    public bool Acquire(TimeSpan timeout, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (TryAcquire())
        {
            return true;
        }

        if (timeout == TimeSpan.Zero)
        {
            return false; // without a place in the queue
        }

        int fd = _fd;
        Task<int> waiter = Task.Factory.StartNew(
            () => Flock(fd, Libc.LOCK_EX), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        bool hasEnded = false;
        try
        {
            hasEnded = waiter.Wait((int)Math.Min(timeout.TotalMilliseconds, int.MaxValue), cancellation);
        }
        finally
        {
            if (!hasEnded)
            {
                // The thread goes on standing in the queue; when its turn comes, it lets go.
                _fd = -1;
                _ = waiter.ContinueWith(_ => Libc.close(fd), TaskScheduler.Default);
            }
        }

        return hasEnded && (waiter.Result == 0 ? true : throw new KernelException("flock", waiter.Result));
    }

    /// <summary>
    /// The process that holds the lock; null when none does, or when it cannot be seen: it is in another PID namespace, or another
    /// user's.
    /// </summary>
    public LockHolder? Holder()
    {
        if (FileReader.ReadAll("/proc/locks"u8) is not { } locks || Statx.Of(_path) is not { } status)
        {
            return null;
        }

        // The process that took it may have ended, and another may have its number.
        int pid = FindOwner(locks, status.DeviceMajor, status.DeviceMinor, status.Inode) ?? 0;
        byte[]? command = pid > 0 && Holds(pid, status) != false ? CommandOf(pid) : null;
        if (command is null && (pid = FindHeir(status)) > 0)
        {
            command = CommandOf(pid);
        }

        return command is not null ? new LockHolder(pid, command) : null;
    }

    /// <summary>Whether the lock file has not been removed since it was opened.</summary>
    public bool IsInPlace => new FileInfo($"/proc/self/fd/{_fd}").LinkTarget?.EndsWith(" (deleted)", StringComparison.Ordinal) != true;

    /// <summary>Opens the lock file; null when it does not exist.</summary>
    /// <exception cref="KernelException">It cannot be opened.</exception>
    public static XTablesLock? OpenExisting(byte[] path)
    {
        int fd = FileDescriptor.TryOpen(path, Libc.O_RDONLY | Libc.O_CLOEXEC, 0, out int errno);
        return fd >= 0 ? new XTablesLock(path, fd) : errno == Errno.ENOENT ? null : throw new KernelException("open", errno);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_fd >= 0)
        {
            _ = Libc.close(_fd);
            _fd = -1;
        }
    }

    /// <summary>The command name of a process; null when there is no such process.</summary>
    private static byte[]? CommandOf(int pid) =>
        FileReader.ReadAll(Encoding.ASCII.GetBytes($"/proc/{pid}/comm"))?.AsSpan().TrimEnd((byte)'\n').ToArray();

    /// <summary>
    /// The process that inherited the lock from the one that took it, as a shell does from flock(1); 0 when it cannot be seen.
    /// </summary>
    private static int FindHeir(in Statx status)
    {
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && Holds(pid, status) == true)
            {
                return pid;
            }
        }

        return 0;
    }

    /// <summary>
    /// Whether a process has the locked descriptor open: its /proc/PID/fdinfo shows the lock as /proc/locks does, except that the owner
    /// is 0 when it has ended or is in another PID namespace.
    /// </summary>
    /// <returns>Null when that is not known: the process has ended meanwhile, or is another user's.</returns>
    private static bool? Holds(int pid, in Statx status)
    {
        try
        {
            foreach (string open in Directory.EnumerateFiles($"/proc/{pid}/fdinfo"))
            {
                byte[]? info = FileReader.ReadAll(Encoding.UTF8.GetBytes(open));
                if (FindOwner(info, status.DeviceMajor, status.DeviceMinor, status.Inode) is not null)
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KernelException)
        {
            return null;
        }
    }

    /// <summary>
    /// Searches /proc/locks (proc(5)) for a flock on an inode. A line reads
    /// <c>1: FLOCK  ADVISORY  WRITE 708 00:15:1221 0 EOF</c>, the device in hexadecimal; those with <c>-></c> are waiting.
    /// Some file systems (btrfs, overlayfs) report another device in stat than here, so a single line where only the inode agrees counts
    /// when no line agrees in both.
    /// </summary>
    /// <returns>The process that took it, 0 when unknown; null when there is no such lock.</returns>
    internal static int? FindOwner(ReadOnlySpan<byte> locks, uint major, uint minor, ulong inode)
    {
        int? byInode = null;
        int similar = 0;
        while (!locks.IsEmpty)
        {
            int end = locks.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? locks : locks[..end];
            locks = end < 0 ? default : locks[(end + 1)..];

            NextField(ref line);
            if (!NextField(ref line).SequenceEqual("FLOCK"u8))
            {
                continue;
            }

            NextField(ref line);
            NextField(ref line);
            ReadOnlySpan<byte> process = NextField(ref line);
            ReadOnlySpan<byte> file = NextField(ref line);
            if (!Utf8Parser.TryParse(process, out int pid, out _)
                || !Utf8Parser.TryParse(file, out uint fileMajor, out int used, 'x')
                || !Utf8Parser.TryParse(file[Math.Min(used + 1, file.Length)..], out uint fileMinor, out int used2, 'x')
                || !Utf8Parser.TryParse(file[Math.Min(used + used2 + 2, file.Length)..], out ulong fileInode, out _)
                || fileInode != inode)
            {
                continue;
            }

            if (fileMajor == major && fileMinor == minor)
            {
                return pid;
            }

            byInode = pid;
            similar++;
        }

        return similar == 1 ? byInode : null;
    }

    private static ReadOnlySpan<byte> NextField(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart((byte)' ');
        int end = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> field = end < 0 ? line : line[..end];
        line = line[field.Length..];
        return field;
    }

    private static int Flock(int fd, int operation)
    {
        while (Libc.flock(fd, operation) != 0)
        {
            int errno = Marshal.GetLastSystemError();
            if (errno != Libc.EINTR)
            {
                return errno;
            }
        }

        return 0;
    }
}

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Sharptables.Testing;

/// <summary>The system calls that the tests need and .NET does not offer: namespaces, spawning on this very thread, raw tables.</summary>
public static unsafe partial class Posix
{
    public const int CloneNewNet = 0x40000000;
    public const int CloneNewNs = 0x20000;
    public const int AfInet = 2;
    public const int AfInet6 = 10;
    public const int Sigkill = 9;

    private const int LimitData = 2;
    private const nuint MountBind = 0x1000;
    private const nuint MountRecursivePrivate = 0x4000 | 0x40000;

    private const int SockRaw = 3;
    private const int SockCloexec = 0x80000;
    private const int IpProtoRaw = 255;
    private const int PidfdOpen = 434;
    private const int PollIn = 1;
    private const uint MfdCloexec = 1;
    private const short SpawnSetPgroup = 0x02;
    private const short SpawnSetSigDef = 0x04;
    private const short SpawnSetSigMask = 0x08;
    private const int LockExclusive = 2;
    private const int LockUnlock = 8;
    private const int OpenReadWriteCreateCloexec = 2 | 0x40 | 0x80000;

    // Opaque structs of glibc, given more room than it takes (80, 336 and 128 bytes on x86-64).
    private const int OpaqueSize = 512;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int unshare(int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int mount(string source, string target, string? type, nuint flags, nint data);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int memfd_create(byte* name, uint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int fd, byte* data, nint length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint pread(int fd, byte* data, nint length, nint offset);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint lseek(int fd, nint offset, int whence);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int fd);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int family, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getsockopt(int fd, int level, int name, byte* value, int* length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int wait4(int pid, int* status, int options, nint* usage);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prlimit(int pid, int resource, long* limit, long* old);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(PollFd* fds, nuint count, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint a, nint b);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int fd, int operation);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc")]
    private static partial int posix_spawn(
        int* pid, byte* path, byte* fileActions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(byte* actions, int fd, int newFd);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(byte* actions, string folder);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(byte* attributes, byte* signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_destroy(byte* attributes);

    /// <summary>
    /// Moves the calling thread, and what it spawns, into a new network namespace, in which <paramref name="hosts"/> is /etc/hosts: that of
    /// one machine has an IPv6 address for localhost, that of another none.
    /// </summary>
    public static void UnshareNetwork(string hosts)
    {
        if (unshare(CloneNewNet | CloneNewNs) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "unshare(CLONE_NEWNET) failed; these tests need root");
        }

        Check(mount("none", "/", null, MountRecursivePrivate, 0), "mount(MS_PRIVATE)");
        Check(mount(hosts, "/etc/hosts", null, MountBind, 0), "mount /etc/hosts");
    }

    /// <summary>An anonymous file in memory holding <paramref name="content"/>, read from its start.</summary>
    public static int MemoryFile(ReadOnlySpan<byte> content)
    {
        fixed (byte* name = "test"u8)
        {
            int fd = Check(memfd_create(name, MfdCloexec), "memfd_create");
            fixed (byte* data = content)
            {
                for (int done = 0; done < content.Length;)
                {
                    done += (int)Check((int)write(fd, data + done, content.Length - done), "write");
                }
            }

            Check((int)lseek(fd, 0, 0), "lseek");
            return fd;
        }
    }

    /// <summary>The whole content of a file in memory, whatever its position; closes it.</summary>
    public static byte[] ReadAndClose(int fd)
    {
        byte[] content = new byte[(int)lseek(fd, 0, 2)];
        fixed (byte* data = content)
        {
            for (int done = 0; done < content.Length;)
            {
                done += Check((int)pread(fd, data + done, content.Length - done, done), "pread");
            }
        }

        Close(fd);
        return content;
    }

    public static void Close(int fd) => Check(close(fd), "close");

    /// <summary>Starts a program in the calling thread's namespaces, in a process group of its own, no signal ignored or blocked.</summary>
    public static int Spawn(
        string path, IReadOnlyList<byte[]> arguments, IReadOnlyList<string> environment, string? folder, int stdin, int stdout, int stderr)
    {
        byte* actions = stackalloc byte[OpaqueSize];
        byte* attributes = stackalloc byte[OpaqueSize];
        byte* all = stackalloc byte[OpaqueSize];
        byte* none = stackalloc byte[OpaqueSize];
        new Span<byte>(all, OpaqueSize).Fill(0xff);
        new Span<byte>(none, OpaqueSize).Clear();
        List<nint> allocated = [];
        byte* CString(ReadOnlySpan<byte> text)
        {
            byte* copy = (byte*)NativeMemory.Alloc((nuint)text.Length + 1);
            text.CopyTo(new Span<byte>(copy, text.Length));
            copy[text.Length] = 0;
            allocated.Add((nint)copy);
            return copy;
        }

        byte** Vector(IEnumerable<byte[]> texts, int count)
        {
            byte** vector = (byte**)NativeMemory.Alloc((nuint)((count + 1) * sizeof(byte*)));
            allocated.Add((nint)vector);
            int i = 0;
            foreach (byte[] text in texts)
            {
                vector[i++] = CString(text);
            }

            vector[i] = null;
            return vector;
        }

        Succeed(posix_spawn_file_actions_init(actions));
        Succeed(posix_spawnattr_init(attributes));
        try
        {
            Succeed(posix_spawn_file_actions_adddup2(actions, stdin, 0));
            Succeed(posix_spawn_file_actions_adddup2(actions, stdout, 1));
            Succeed(posix_spawn_file_actions_adddup2(actions, stderr, 2));
            if (folder is not null)
            {
                Succeed(posix_spawn_file_actions_addchdir_np(actions, folder));
            }

            Succeed(posix_spawnattr_setflags(attributes, SpawnSetPgroup | SpawnSetSigDef | SpawnSetSigMask));
            Succeed(posix_spawnattr_setsigdefault(attributes, all));
            Succeed(posix_spawnattr_setsigmask(attributes, none));
            int pid;
            int error = posix_spawn(
                &pid,
                CString(System.Text.Encoding.UTF8.GetBytes(path)),
                actions,
                attributes,
                Vector(arguments, arguments.Count),
                Vector(environment.Select(System.Text.Encoding.UTF8.GetBytes), environment.Count));
            return error == 0 ? pid : throw new Win32Exception(error, $"cannot start {path}: error {error}");
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
            foreach (nint block in allocated)
            {
                NativeMemory.Free((void*)block);
            }
        }
    }

    /// <summary>Waits for a child to end; false when <paramref name="milliseconds"/> pass first.</summary>
    public static bool WaitForEnd(int pid, int milliseconds)
    {
        int fd = Check((int)syscall(PidfdOpen, pid, 0), "pidfd_open");
        PollFd entry = new() { Fd = fd, Events = PollIn };
        int ready;
        do
        {
            ready = poll(&entry, 1, milliseconds);
        }
        while (ready < 0);
        Close(fd);
        return ready > 0;
    }

    /// <summary>
    /// From now on a child may have so many bytes of memory that it can write to, used or not. (What it has used at most, as wait4 says it,
    /// is no measure: a child begins with its parent's.)
    /// </summary>
    public static void LimitMemory(int pid, long bytes)
    {
        long* limit = stackalloc long[] { bytes, bytes };
        Check(prlimit(pid, LimitData, limit, null), "prlimit");
    }

    /// <summary>The exit status of a child, or 128 plus the signal's number, as in a shell.</summary>
    /// <param name="processorTime">What it took, in user space and in the kernel.</param>
    public static int Reap(int pid, out TimeSpan processorTime)
    {
        // struct rusage, linux/resource.h: two times, each of seconds and microseconds, and fourteen numbers.
        nint* usage = stackalloc nint[18];
        int status;
        while (wait4(pid, &status, 0, usage) < 0)
        {
            if (Marshal.GetLastPInvokeError() != 4)
            {
                throw new Win32Exception(Marshal.GetLastPInvokeError(), "wait4");
            }
        }

        processorTime = TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds((double)(usage[1] + usage[3]));
        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    /// <summary>Kills a child and everything in its process group.</summary>
    public static void KillGroup(int pid)
    {
        if (kill(-pid, Sigkill) != 0)
        {
            _ = kill(pid, Sigkill);
        }
    }

    /// <summary>Takes the lock on a file; disposing releases it.</summary>
    public static IDisposable Lock(string path)
    {
        int fd = Check(open(path, OpenReadWriteCreateCloexec, 0x180), "open " + path);
        Check(flock(fd, LockExclusive), "flock");
        return new HeldLock(fd);
    }

    public static int RawSocket(int family) => Check(socket(family, SockRaw | SockCloexec, IpProtoRaw), "socket");

    /// <summary>getsockopt; false, with the error number, when the kernel refuses.</summary>
    public static bool TryGetOption(int fd, int level, int name, Span<byte> value, out int error)
    {
        int length = value.Length;
        fixed (byte* data = value)
        {
            error = getsockopt(fd, level, name, data, &length) == 0 ? 0 : Marshal.GetLastPInvokeError();
            return error == 0;
        }
    }

    private static int Check(int result, string operation) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError(), operation);

    private static void Succeed(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    private struct PollFd
    {
        public int Fd;
        public short Events;
        public short Returned;
    }

    private sealed class HeldLock(int fd) : IDisposable
    {
        public void Dispose()
        {
            Check(flock(fd, LockUnlock), "flock");
            Close(fd);
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

internal static unsafe partial class Libc
{
    /// <summary>posix_spawnattr_setflags: the child leads a process group.</summary>
    public const short POSIX_SPAWN_SETPGROUP = 2;

    /// <summary>posix_spawnattr_setflags: reset the signals of the set to their default action.</summary>
    public const short POSIX_SPAWN_SETSIGDEF = 4;

    /// <summary>posix_spawnattr_setflags: block the signals of a set.</summary>
    public const short POSIX_SPAWN_SETSIGMASK = 8;

    /// <summary>posix_spawnattr_setflags: the child leads a session.</summary>
    public const short POSIX_SPAWN_SETSID = 0x80;

    public const int WNOHANG = 1;

    // asm-generic/signal.h
    public const int SIGILL = 4;
    public const int SIGTRAP = 5;
    public const int SIGABRT = 6;
    public const int SIGBUS = 7;
    public const int SIGFPE = 8;
    public const int SIGKILL = 9;
    public const int SIGSEGV = 11;
    public const int SIGTERM = 15;
    public const int SIGSYS = 31;

    /// <summary>The first one that the C library leaves to programs: signal(7).</summary>
    public const int SIGRTMIN = 34;

    [LibraryImport(Name)]
    internal static partial int unshare(int flags);

    [LibraryImport(Name)]
    internal static partial int posix_spawn(
        int* pid, byte* file, SpawnFileActions* actions, SpawnAttributes* attributes, byte** arguments, byte** environment);

    [LibraryImport(Name)]
    internal static partial int posix_spawn_file_actions_init(SpawnFileActions* actions);

    [LibraryImport(Name)]
    internal static partial int posix_spawn_file_actions_destroy(SpawnFileActions* actions);

    [LibraryImport(Name)]
    internal static partial int posix_spawn_file_actions_adddup2(SpawnFileActions* actions, int fd, int newFd);

    [LibraryImport(Name)]
    internal static partial int posix_spawn_file_actions_addopen(SpawnFileActions* actions, int fd, byte* path, int flags, uint mode);

    [LibraryImport(Name)]
    internal static partial int posix_spawnattr_init(SpawnAttributes* attributes);

    [LibraryImport(Name)]
    internal static partial int posix_spawnattr_destroy(SpawnAttributes* attributes);

    [LibraryImport(Name)]
    internal static partial int posix_spawnattr_setflags(SpawnAttributes* attributes, short flags);

    [LibraryImport(Name)]
    internal static partial int posix_spawnattr_setsigdefault(SpawnAttributes* attributes, SignalSet* signals);

    [LibraryImport(Name)]
    internal static partial int posix_spawnattr_setsigmask(SpawnAttributes* attributes, SignalSet* signals);

    [LibraryImport(Name)]
    internal static partial int waitpid(int pid, int* status, int options);

    [LibraryImport(Name)]
    internal static partial int kill(int pid, int signal);

    [LibraryImport(Name)]
    internal static partial nint signal(int signal, nint handler);

    /// <summary>_LINUX_CAPABILITY_VERSION_3 of linux/capability.h.</summary>
    public const uint CapabilityVersion = 0x20080522;

    [LibraryImport(Name)]
    [DoesNotReturn]
    internal static partial void _exit(int status);

    [LibraryImport(Name)]
    internal static partial int execv(byte* path, byte** words);

    /// <summary>getauxval: not 0 if the file that was executed lends rights.</summary>
    public const nuint AT_SECURE = 23;

    [LibraryImport(Name)]
    internal static partial nuint getauxval(nuint type);

    [LibraryImport(Name)]
    internal static partial uint geteuid();

    [LibraryImport(Name)]
    internal static partial int capget(uint* header, CapabilitySets* sets);

    [LibraryImport(Name)]
    internal static partial int sigemptyset(SignalSet* signals);

    [LibraryImport(Name)]
    internal static partial int sigaddset(SignalSet* signals, int signal);

    /// <summary>posix_spawn_file_actions_t has 80 bytes in glibc and musl; this has room to spare.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    internal struct SpawnFileActions
    {
        private readonly nint _aligned;
    }

    /// <summary>posix_spawnattr_t has 336 bytes in glibc; this has room to spare.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 512)]
    internal struct SpawnAttributes
    {
        private readonly nint _aligned;
    }

    /// <summary>glibc's sigset_t: 1024 bits.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    internal struct SignalSet
    {
        private readonly nint _aligned;
    }

    /// <summary>linux/capability.h: struct __user_cap_data_struct[2], the lower half of each set and the upper.</summary>
    internal struct CapabilitySets
    {
        public uint Effective;
        public uint Permitted;
        public uint Inheritable;
        public uint UpperEffective;
        public uint UpperPermitted;
        public uint UpperInheritable;
    }
}

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Sharptables.Kernel;

/// <summary>
/// Runs other programs, by path only: the caller may have set our PATH, and must not choose what runs with our rights.
/// </summary>
internal static unsafe class ChildProcess
{
    /// <summary>The exit status of a program that could not be started; a shell reports the same.</summary>
    public const int NotStarted = 127;

    private const int LastSignal = 64;

    private static readonly Lock s_lock = new();
    private static byte[]? s_ownEnvironment;

    /// <summary>
    /// The signals that <see cref="ChildTies.OwnSession"/> leaves unblocked: those of a fault in the process itself, and the one with
    /// which the .NET runtime suspends threads.
    /// </summary>
    private static ReadOnlySpan<int> HeardInOwnSession =>
        [Libc.SIGILL, Libc.SIGTRAP, Libc.SIGABRT, Libc.SIGBUS, Libc.SIGFPE, Libc.SIGSEGV, Libc.SIGSYS, Libc.SIGRTMIN];

    private static ReadOnlySpan<byte> SystemPath => "/usr/sbin:/usr/bin:/sbin:/bin"u8;

    /// <summary>The path of a system program in /usr/bin or /bin, whatever PATH says; null when neither has it.</summary>
    public static byte[]? FindSystemProgram(ReadOnlySpan<byte> name)
    {
        byte[] path = [.. "/usr/bin/"u8, .. name];
        if (!FileDescriptor.IsExecutable(path))
        {
            path = [.. "/bin/"u8, .. name];
        }

        return FileDescriptor.IsExecutable(path) ? path : null;
    }

    /// <summary>
    /// Runs a system program and waits for it. Its standard input is /dev/null, its environment <see cref="ChildEnvironment.System"/>.
    /// </summary>
    /// <param name="arguments">Its path, then its arguments; none holds a NUL.</param>
    /// <param name="output">What it wrote to standard output.</param>
    /// <param name="showErrors">Whether its standard error is ours; else /dev/null.</param>
    /// <returns>Its exit status; 128 plus the number of the signal that killed it; or <see cref="NotStarted"/>.</returns>
    /// <exception cref="KernelException">The system is out of descriptors, memory or processes.</exception>
    public static int Run(IReadOnlyList<byte[]> arguments, out byte[] output, bool showErrors = false)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentOutOfRangeException.ThrowIfZero(arguments.Count);
        (int read, int write) = FileDescriptor.OpenPipe();
        int pid;
        int errno;
        try
        {
            ChildStart start = new()
            {
                Output = write,
                Error = showErrors ? StandardStreams.Error : ChildStart.Nothing,
                Environment = ChildEnvironment.System,
            };
            errno = Spawn(arguments, start, out pid);
        }
        finally
        {
            FileDescriptor.Close(write);
        }

        try
        {
            if (errno != 0)
            {
                output = [];
                return NotStartedFor(errno);
            }

            byte[] buffer = FileDescriptor.ReadToEnd(read, 1024, out int length);
            output = buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            FileDescriptor.Close(read);
        }

        return WaitFor(pid);
    }

    /// <summary>Runs a program and waits for it.</summary>
    /// <param name="arguments">Its <c>argv</c>; no word holds a NUL.</param>
    /// <param name="start">Its streams, environment and process group.</param>
    /// <returns>Its exit status; 128 plus the number of the signal that killed it; or <see cref="NotStarted"/>.</returns>
    /// <exception cref="KernelException">The system is out of descriptors, memory or processes.</exception>
    public static int Run(IReadOnlyList<byte[]> arguments, in ChildStart start)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentOutOfRangeException.ThrowIfZero(arguments.Count);
        int errno = Spawn(arguments, start, out int pid);
        if (errno != 0)
        {
            return NotStartedFor(errno);
        }

        return WaitFor(pid);
    }

    /// <summary>Starts a program without waiting for it.</summary>
    /// <param name="arguments">Its <c>argv</c>, without NULs; the first is its path unless <see cref="ChildStart.Program"/> is set.</param>
    /// <param name="start">Its streams, environment and process group.</param>
    /// <returns>Its process id, for <see cref="HasEnded"/> and <see cref="WaitFor"/>.</returns>
    /// <exception cref="KernelException">It cannot be started; the error number is that of posix_spawn(3).</exception>
    public static int Start(IReadOnlyList<byte[]> arguments, in ChildStart start)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentOutOfRangeException.ThrowIfZero(arguments.Count);
        int errno = Spawn(arguments, start, out int pid);
        return errno == 0 ? pid : throw new KernelException("posix_spawn", errno);
    }

    /// <summary>Whether a child has ended. Once this returns true, its process id is no longer valid.</summary>
    /// <param name="pid">What <see cref="Start"/> returned.</param>
    /// <param name="status">Its exit status, or 128 plus the number of the signal that killed it.</param>
    public static bool HasEnded(int pid, out int status) => TryWait(pid, waits: false, out status);

    /// <summary>Waits for a child to end. Its process id is not valid afterwards.</summary>
    /// <param name="pid">What <see cref="Start"/> returned.</param>
    /// <returns>Its exit status, or 128 plus the number of the signal that killed it.</returns>
    public static int WaitFor(int pid)
    {
        _ = TryWait(pid, waits: true, out int status);
        return status;
    }

    /// <summary>Kills a child that has not been waited for.</summary>
    public static void End(int pid) => _ = Libc.kill(pid, Libc.SIGKILL);

    /// <summary>Ends all processes of a group that a child leads; does nothing when there are none left.</summary>
    /// <param name="group">The process id of the leader, which must not have been waited for.</param>
    /// <param name="atOnce">SIGKILL rather than SIGTERM.</param>
    public static void EndGroup(int group, bool atOnce) => _ = Libc.kill(-group, atOnce ? Libc.SIGKILL : Libc.SIGTERM);

    private static int Spawn(IReadOnlyList<byte[]> arguments, in ChildStart start, out int pid)
    {
        Libc.SpawnFileActions actions;
        Libc.SpawnAttributes attributes;
        Libc.SignalSet signals;
        byte[] environment = start.Environment switch
        {
            ChildEnvironment.System => SystemEnvironment(start.ResolverOption),
            ChildEnvironment.None => [],
            _ => OwnEnvironment(),
        };

        // One block holds all words, each ended by NUL; two arrays of pointers into it, each ended by null.
        byte[] program = start.Program ?? arguments[0];
        if (!program.AsSpan().Contains((byte)'/'))
        {
            throw new ArgumentException("A program is named by its path.", nameof(arguments));
        }

        int size = program.Length + 1 + environment.Length + 1;
        foreach (byte[] argument in arguments)
        {
            size += argument.Length + 1;
        }

        byte[] block = new byte[size];
        int variables = environment.AsSpan().Count((byte)0);
        byte*[] pointers = new byte*[arguments.Count + 1 + variables + 1];

        fixed (byte* words = block)
        fixed (byte** list = pointers)
        fixed (byte* devNull = "/dev/null"u8)
        {
            program.CopyTo(new Span<byte>(words, program.Length));
            byte* next = words + program.Length + 1;
            for (int i = 0; i < arguments.Count; i++)
            {
                list[i] = next;
                arguments[i].CopyTo(new Span<byte>(next, arguments[i].Length));
                next += arguments[i].Length + 1;
            }

            environment.CopyTo(new Span<byte>(next, environment.Length));
            byte** variable = list + arguments.Count + 1;
            for (int i = 0; i < variables; i++)
            {
                variable[i] = next;
                next += MemoryMarshal.CreateReadOnlySpanFromNullTerminated(next).Length + 1;
            }

            // SAFETY: the structs are at least as large as the C library's; all words and lists are NUL- or null-terminated and stay
            // pinned until posix_spawn returns, when the child has its own copy. The init functions cannot fail in glibc and musl;
            // the others fail only for lack of memory, and then nothing is spawned.
            _ = Libc.posix_spawn_file_actions_init(&actions);
            _ = Libc.posix_spawnattr_init(&attributes);
            int errno = Connect(&actions, start.Input, StandardStreams.Input, devNull);
            errno = errno != 0 ? errno : Connect(&actions, start.Output, StandardStreams.Output, devNull);
            errno = errno != 0 ? errno : Connect(&actions, start.Error, StandardStreams.Error, devNull);

            // The .NET runtime ignores SIGPIPE, and a child inherits that unless it is reset.
            _ = Libc.sigemptyset(&signals);
            _ = Libc.sigaddset(&signals, Libc.SIGPIPE);
            errno = errno != 0 ? errno : Libc.posix_spawnattr_setsigdefault(&attributes, &signals);
            short flags = Libc.POSIX_SPAWN_SETSIGDEF;
            if (start.Ties == ChildTies.OwnGroup)
            {
                flags |= Libc.POSIX_SPAWN_SETPGROUP; // the child's own: its number is zero in the attributes
            }
            else if (start.Ties == ChildTies.OwnSession)
            {
                flags |= Libc.POSIX_SPAWN_SETSID | Libc.POSIX_SPAWN_SETSIGMASK;
                for (int signal = 1; signal <= LastSignal; signal++)
                {
                    if (!HeardInOwnSession.Contains(signal))
                    {
                        _ = Libc.sigaddset(&signals, signal); // fails for the two that the C library keeps for itself
                    }
                }

                errno = errno != 0 ? errno : Libc.posix_spawnattr_setsigmask(&attributes, &signals);
            }

            errno = errno != 0 ? errno : Libc.posix_spawnattr_setflags(&attributes, flags);

            int child = 0;
            errno = errno != 0 ? errno : Libc.posix_spawn(&child, words, &actions, &attributes, list, variable);
            _ = Libc.posix_spawnattr_destroy(&attributes);
            _ = Libc.posix_spawn_file_actions_destroy(&actions);
            pid = child;
            return errno;
        }
    }

    /// <summary>A missing program is reported as a status; a system without memory or processes is an error.</summary>
    private static int NotStartedFor(int errno) =>
        errno is Libc.ENOMEM or Libc.EAGAIN ? throw new KernelException("posix_spawn", errno) : NotStarted;

    /// <summary>The environment we were started with: <c>NAME=value</c> strings, each followed by a NUL.</summary>
    private static byte[] OwnEnvironment()
    {
        lock (s_lock)
        {
            return s_ownEnvironment ??= FileReader.ReadAll("/proc/self/environ"u8) ?? [];
        }
    }

    /// <summary>A fixed PATH, the variables that resolver(5) and hostname(7) read, and nothing else of the caller's.</summary>
    private static byte[] SystemEnvironment(ReadOnlySpan<byte> resolverOption)
    {
        List<byte> kept = [.. "PATH="u8, .. SystemPath, 0];
        List<byte> options = [.. "RES_OPTIONS="u8, .. resolverOption];
        ReadOnlySpan<byte> rest = OwnEnvironment();
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)0);
            ReadOnlySpan<byte> one = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (one.StartsWith("LOCALDOMAIN="u8) || one.StartsWith("HOSTALIASES="u8))
            {
                kept.AddRange(one);
                kept.Add(0);
            }
            else if (one.StartsWith("RES_OPTIONS="u8))
            {
                options.Add((byte)' ');
                options.AddRange(one["RES_OPTIONS="u8.Length..]);
            }
        }

        return [.. kept, .. options, 0];
    }

    private static int Connect(Libc.SpawnFileActions* actions, int descriptor, int stream, byte* devNull)
    {
        if (descriptor == ChildStart.Nothing)
        {
            int mode = stream == StandardStreams.Input ? Libc.O_RDONLY : Libc.O_WRONLY;
            return Libc.posix_spawn_file_actions_addopen(actions, stream, devNull, mode, 0);
        }

        return descriptor == stream ? 0 : Libc.posix_spawn_file_actions_adddup2(actions, descriptor, stream);
    }

    private static bool TryWait(int pid, bool waits, out int status)
    {
        int raw;
        int ended;

        // SAFETY: waitpid writes one int.
        while ((ended = Libc.waitpid(pid, &raw, waits ? 0 : Libc.WNOHANG)) < 0)
        {
            int errno = Marshal.GetLastSystemError();
            if (errno != Libc.EINTR)
            {
                throw new KernelException("waitpid", errno);
            }
        }

        // Laid out as wait(2) says: WIFEXITED, WTERMSIG.
        int signal = raw & 0x7f;
        status = signal == 0 ? (raw >> 8) & 0xff : 128 + signal;
        return ended != 0;
    }
}

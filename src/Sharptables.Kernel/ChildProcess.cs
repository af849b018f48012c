using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;

namespace Sharptables.Kernel;

/// <summary>
/// Runs other programs. A program is named by its path: whoever calls us has a say in our PATH, and must not have one in what runs
/// with our rights.
/// </summary>
internal static unsafe class ChildProcess
{
    /// <summary>The exit status of a program that could not be started, as a shell has it.</summary>
    public const int NotStarted = 127;

    private const int LastSignal = 64;

    private static readonly Lock s_lock = new();
    private static byte[]? s_ownEnvironment;

    /// <summary>
    /// The signals that <see cref="ChildTies.OwnSession"/> still hears: what a process brings about by a fault of its own, and the one by
    /// which the .NET runtime stops its threads. All others are blocked.
    /// </summary>
    private static ReadOnlySpan<int> HeardInOwnSession =>
        [Libc.SIGILL, Libc.SIGTRAP, Libc.SIGABRT, Libc.SIGBUS, Libc.SIGFPE, Libc.SIGSEGV, Libc.SIGSYS, Libc.SIGRTMIN];

    /// <summary>The folders in which a system has its own programs.</summary>
    private static ReadOnlySpan<byte> SystemPath => "/usr/sbin:/usr/bin:/sbin:/bin"u8;

    /// <summary>Where a program of the system is: in /usr/bin or in /bin, whatever PATH says.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its path; null when it is in neither.</returns>
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
    /// Runs a program of the system to its end. It reads nothing (/dev/null) and has the system's environment
    /// (<see cref="ChildEnvironment.System"/>).
    /// </summary>
    /// <param name="arguments">Its path, then its arguments; none holds a NUL.</param>
    /// <param name="output">What it wrote to its standard output.</param>
    /// <param name="showErrors">Whether what it says on its standard error goes to ours, or nowhere.</param>
    /// <returns>Its exit status; 128 and the number of the signal that ended it; or <see cref="NotStarted"/>.</returns>
    /// <exception cref="KernelException">The system lacks the means: descriptors, memory, processes.</exception>
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

    /// <summary>Runs a program to its end.</summary>
    /// <param name="arguments">What it is called by, then its arguments; none holds a NUL.</param>
    /// <param name="start">How it begins.</param>
    /// <returns>Its exit status; 128 and the number of the signal that ended it; or <see cref="NotStarted"/>.</returns>
    /// <exception cref="KernelException">The system lacks the means: descriptors, memory, processes.</exception>
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

    /// <summary>Starts a program and does not wait for it.</summary>
    /// <param name="arguments">What it is called by, then its arguments; none holds a NUL. Without
    /// <see cref="ChildStart.Program"/>, the first is its path.</param>
    /// <param name="start">How it begins.</param>
    /// <returns>Its process id, for <see cref="HasEnded"/>.</returns>
    /// <exception cref="KernelException">It cannot be started; the error number is that of posix_spawn(3).</exception>
    public static int Start(IReadOnlyList<byte[]> arguments, in ChildStart start)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentOutOfRangeException.ThrowIfZero(arguments.Count);
        int errno = Spawn(arguments, start, out int pid);
        return errno == 0 ? pid : throw new KernelException("posix_spawn", errno);
    }

    /// <summary>Whether a child that was started has ended; once it has, it is not to be asked for again.</summary>
    /// <param name="pid">What <see cref="Start"/> gave.</param>
    /// <param name="status">Its exit status, or 128 and the number of the signal that ended it.</param>
    public static bool HasEnded(int pid, out int status) => TryWait(pid, waits: false, out status);

    /// <summary>Waits until a child that was started has ended; it is not to be asked for again.</summary>
    /// <param name="pid">What <see cref="Start"/> gave.</param>
    /// <returns>Its exit status, or 128 and the number of the signal that ended it.</returns>
    public static int WaitFor(int pid)
    {
        _ = TryWait(pid, waits: true, out int status);
        return status;
    }

    /// <summary>Kills a child that was started and has not been waited for.</summary>
    public static void End(int pid) => _ = Libc.kill(pid, Libc.SIGKILL);

    /// <summary>Ends a child that leads a group or a session of its own, and all of its group; does nothing when they have ended.</summary>
    /// <param name="group">The process id of the child that leads it, which must not have been waited for.</param>
    /// <param name="atOnce">Whether they are killed, or asked to end (SIGTERM).</param>
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

            // SAFETY: the structs are at least as large as the C library's; all words and lists end as it expects and stay pinned
            // until posix_spawn returns, which is when the child has its own copy. The init functions cannot fail in glibc and
            // musl; the others fail for want of memory only, and then the spawn is not tried.
            _ = Libc.posix_spawn_file_actions_init(&actions);
            _ = Libc.posix_spawnattr_init(&attributes);
            int errno = Connect(&actions, start.Input, StandardStreams.Input, devNull);
            errno = errno != 0 ? errno : Connect(&actions, start.Output, StandardStreams.Output, devNull);
            errno = errno != 0 ? errno : Connect(&actions, start.Error, StandardStreams.Error, devNull);

            // The .NET runtime ignores SIGPIPE, and what is ignored stays so in a child that does not expect it.
            _ = Libc.sigemptyset(&signals);
            _ = Libc.sigaddset(&signals, Libc.SIGPIPE);
            errno = errno != 0 ? errno : Libc.posix_spawnattr_setsigdefault(&attributes, &signals);
            short flags = Libc.POSIX_SPAWN_SETSIGDEF;
            if (start.Ties == ChildTies.OwnGroup)
            {
                flags |= Libc.POSIX_SPAWN_SETPGROUP; // of its own number, as the attributes begin
            }
            else if (start.Ties == ChildTies.OwnSession)
            {
                flags |= Libc.POSIX_SPAWN_SETSID | Libc.POSIX_SPAWN_SETSIGMASK;
                for (int signal = 1; signal <= LastSignal; signal++)
                {
                    if (!HeardInOwnSession.Contains(signal))
                    {
                        _ = Libc.sigaddset(&signals, signal); // refused for the two that the C library has for itself
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

    /// <summary>A program that is not there is an answer; a system without the means to start one is an error.</summary>
    private static int NotStartedFor(int errno) =>
        errno is Libc.ENOMEM or Libc.EAGAIN ? throw new KernelException("posix_spawn", errno) : NotStarted;

    /// <summary>The environment we were given, <c>NAME=value</c> and NUL each.</summary>
    private static byte[] OwnEnvironment()
    {
        lock (s_lock)
        {
            return s_ownEnvironment ??= FileReader.ReadAll("/proc/self/environ"u8) ?? [];
        }
    }

    /// <summary>The system's own PATH, what resolver(5) and hostname(7) read, and nothing else of the caller's.</summary>
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

    /// <summary>Says what becomes one of the child's standard streams.</summary>
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

        // The layout of the status: wait(2), WIFEXITED and its like.
        int signal = raw & 0x7f;
        status = signal == 0 ? (raw >> 8) & 0xff : 128 + signal;
        return ended != 0;
    }
}

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>Runs other programs.</summary>
public static unsafe class ChildProcess
{
    /// <summary>The exit status of a program that could not be started, as a shell has it.</summary>
    public const int NotStarted = 127;

    private const int LastSignal = 64;

    /// <summary>
    /// The signals that <see cref="ChildTies.OwnSession"/> still hears: what a process brings about by a fault of its own, and the one by
    /// which the .NET runtime stops its threads. All others are blocked.
    /// </summary>
    private static ReadOnlySpan<int> HeardInOwnSession =>
        [Libc.SIGILL, Libc.SIGTRAP, Libc.SIGABRT, Libc.SIGBUS, Libc.SIGFPE, Libc.SIGSEGV, Libc.SIGSYS, Libc.SIGRTMIN];

    /// <summary>
    /// Runs a program to its end. It reads nothing (/dev/null) and has our environment.
    /// </summary>
    /// <param name="arguments">Its path, or a name to be looked for in PATH, then its arguments; none holds a NUL.</param>
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
            ChildStart start = new() { Output = write, Error = showErrors ? StandardStreams.Error : ChildStart.Nothing };
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
                return errno is Libc.ENOMEM or Libc.EAGAIN ? throw new KernelException("posix_spawn", errno) : NotStarted;
            }

            byte[] buffer = FileDescriptor.ReadToEnd(read, 1024, out int length);
            output = buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            FileDescriptor.Close(read);
        }

        _ = TryWait(pid, waits: true, out int status);
        return status;
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
            return errno is Libc.ENOMEM or Libc.EAGAIN ? throw new KernelException("posix_spawn", errno) : NotStarted;
        }

        _ = TryWait(pid, waits: true, out int status);
        return status;
    }

    /// <summary>Starts a program and does not wait for it.</summary>
    /// <param name="arguments">What it is called by, then its arguments; none holds a NUL.</param>
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

    /// <summary>Ends a child that leads a group or a session of its own, and all of its group; does nothing when they have ended.</summary>
    /// <param name="group">The process id of the child that leads it, which must not have been waited for.</param>
    /// <param name="atOnce">Whether they are killed, or asked to end (SIGTERM).</param>
    public static void EndGroup(int group, bool atOnce) => _ = Libc.kill(-group, atOnce ? Libc.SIGKILL : Libc.SIGTERM);

    private static int Spawn(IReadOnlyList<byte[]> arguments, in ChildStart start, out int pid)
    {
        Libc.SpawnFileActions actions;
        Libc.SpawnAttributes attributes;
        Libc.SignalSet signals;
        byte[] environment = (start.HasOurEnvironment ? FileReader.ReadAll("/proc/self/environ"u8) : null) ?? [];

        // One block holds all words, each ended by NUL; two arrays of pointers into it, each ended by null.
        byte[] program = start.Program ?? arguments[0];
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
            // until posix_spawnp returns, which is when the child has its own copy. The init functions cannot fail in glibc and
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
            errno = errno != 0 ? errno : Libc.posix_spawnp(&child, words, &actions, &attributes, list, variable);
            _ = Libc.posix_spawnattr_destroy(&attributes);
            _ = Libc.posix_spawn_file_actions_destroy(&actions);
            pid = child;
            return errno;
        }
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

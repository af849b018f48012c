using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>Runs another program and waits for it.</summary>
public static unsafe class ChildProcess
{
    /// <summary>The exit status of a program that could not be started, as a shell has it.</summary>
    public const int NotStarted = 127;

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
        int* ends = stackalloc int[2];
        if (Libc.pipe2(ends, Libc.O_CLOEXEC) != 0)
        {
            throw new KernelException("pipe", Marshal.GetLastSystemError());
        }

        int pid;
        int errno;
        try
        {
            errno = Spawn(arguments, ends[1], showErrors, out pid);
        }
        finally
        {
            _ = Libc.close(ends[1]);
        }

        try
        {
            if (errno != 0)
            {
                output = [];
                return errno is Libc.ENOMEM or Libc.EAGAIN ? throw new KernelException("posix_spawn", errno) : NotStarted;
            }

            byte[] buffer = FileDescriptor.ReadToEnd(ends[0], 1024, out int length);
            output = buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            _ = Libc.close(ends[0]);
        }

        return Wait(pid);
    }

    private static int Spawn(IReadOnlyList<byte[]> arguments, int standardOutput, bool showErrors, out int pid)
    {
        Libc.SpawnFileActions actions;
        Libc.SpawnAttributes attributes;
        Libc.SignalSet signals;
        byte[] environment = FileReader.ReadAll("/proc/self/environ"u8) ?? [];

        // One block holds all words, each ended by NUL; two arrays of pointers into it, each ended by null.
        int size = environment.Length + 1;
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
            byte* next = words;
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
            int errno = Libc.posix_spawn_file_actions_addopen(&actions, StandardStreams.Input, devNull, Libc.O_RDONLY, 0);
            errno = errno != 0 ? errno : Libc.posix_spawn_file_actions_adddup2(&actions, standardOutput, StandardStreams.Output);
            if (errno == 0 && !showErrors)
            {
                errno = Libc.posix_spawn_file_actions_addopen(&actions, StandardStreams.Error, devNull, Libc.O_WRONLY, 0);
            }

            // The .NET runtime ignores SIGPIPE, and what is ignored stays so in a child that does not expect it.
            _ = Libc.sigemptyset(&signals);
            _ = Libc.sigaddset(&signals, Libc.SIGPIPE);
            errno = errno != 0 ? errno : Libc.posix_spawnattr_setsigdefault(&attributes, &signals);
            errno = errno != 0 ? errno : Libc.posix_spawnattr_setflags(&attributes, Libc.POSIX_SPAWN_SETSIGDEF);

            int child = 0;
            errno = errno != 0 ? errno : Libc.posix_spawnp(&child, list[0], &actions, &attributes, list, variable);
            _ = Libc.posix_spawnattr_destroy(&attributes);
            _ = Libc.posix_spawn_file_actions_destroy(&actions);
            pid = child;
            return errno;
        }
    }

    private static int Wait(int pid)
    {
        int status;

        // SAFETY: waitpid writes one int.
        while (Libc.waitpid(pid, &status, 0) < 0)
        {
            int errno = Marshal.GetLastSystemError();
            if (errno != Libc.EINTR)
            {
                throw new KernelException("waitpid", errno);
            }
        }

        // The layout of the status: wait(2), WIFEXITED and its like.
        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }
}

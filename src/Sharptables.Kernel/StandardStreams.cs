namespace Sharptables.Kernel;

/// <summary>The descriptors that every program starts with.</summary>
public static class StandardStreams
{
    /// <summary>The standard input.</summary>
    public const int Input = 0;

    /// <summary>The standard output.</summary>
    public const int Output = 1;

    /// <summary>Where errors and warnings go.</summary>
    public const int Error = 2;

    /// <summary>
    /// From now on, writing to a pipe that nobody reads any more ends the process by SIGPIPE, as it does any C program (a shell
    /// shows status 141). The .NET runtime ignores that signal, and writing would fail with EPIPE instead.
    /// </summary>
    public static void EndOnBrokenPipe() => _ = Libc.signal(Libc.SIGPIPE, 0 /* SIG_DFL */);

    /// <summary>From now on, writing to a pipe that nobody reads fails, and the process goes on: it has something to put right.</summary>
    public static void OutliveBrokenPipe() => _ = Libc.signal(Libc.SIGPIPE, 1 /* SIG_IGN */);

    /// <summary>Opens /dev/null as each standard stream that is closed, lest a file that is opened later be taken for one.</summary>
    public static void EnsureOpen()
    {
        int fd;
        do
        {
            fd = FileDescriptor.TryOpen("/dev/null"u8, Libc.O_RDWR, 0, out _); // takes the least number that is free
        }
        while (fd is >= 0 and <= Error);
        FileDescriptor.Close(fd);
    }
}

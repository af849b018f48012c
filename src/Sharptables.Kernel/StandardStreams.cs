using System;

namespace Sharptables.Kernel;

/// <summary>The descriptors that every program starts with.</summary>
internal static unsafe class StandardStreams
{
    /// <summary>The standard input.</summary>
    public const int Input = 0;

    /// <summary>The standard output.</summary>
    public const int Output = 1;

    /// <summary>Where errors and warnings go.</summary>
    public const int Error = 2;

    /// <summary>Whether somebody reads what is written there on a terminal.</summary>
    public static bool IsTerminal(int stream)
    {
        Libc.TerminalSettings settings;

        // SAFETY: the kernel writes at most one struct termios.
        return Libc.tcgetattr(stream, &settings) == 0;
    }

    /// <summary>From now on, writing to a pipe that nobody reads fails, and the process goes on: it has something to put right.</summary>
    public static void OutliveBrokenPipe()
    {
        OutlivesBrokenPipe = true;
        _ = Libc.signal(Libc.SIGPIPE, 1 /* SIG_IGN */);
    }

    /// <summary>
    /// Whether a broken pipe is for this program to act upon. Otherwise SIGPIPE is as the caller has it: it ends the process, or is ignored
    /// (as in a unit of systemd), and then the caller wants to hear nothing of output that nobody reads.
    /// </summary>
    public static bool OutlivesBrokenPipe { get; private set; }

    /// <summary>
    /// Puts something that can neither be read nor written in the place of each standard stream that is closed, lest a file or
    /// socket that is opened later be taken for it. To be called before anything else is opened.
    /// </summary>
    public static void HoldPlaces() => OpenClosed("/"u8, Libc.O_PATH);

    /// <summary>Opens /dev/null as each standard stream whose place is only held: writing to it is to succeed.</summary>
    public static void EnsureOpen()
    {
        for (int stream = Input; stream <= Error; stream++)
        {
            if ((Libc.fcntl(stream, Libc.F_GETFL) & Libc.O_PATH) != 0)
            {
                FileDescriptor.Close(stream);
            }
        }

        OpenClosed("/dev/null"u8, Libc.O_RDWR);
    }

    private static void OpenClosed(ReadOnlySpan<byte> path, int flags)
    {
        for (int stream = Input; stream <= Error; stream++)
        {
            if (Libc.fcntl(stream, Libc.F_GETFL) < 0)
            {
                _ = FileDescriptor.TryOpen(path, flags, 0, out _); // takes the least number that is free: this one
            }
        }
    }
}

using System;

namespace Sharptables.Kernel;

internal static unsafe class StandardStreams
{
    public const int Input = 0;

    public const int Output = 1;

    public const int Error = 2;

    /// <summary>Whether a descriptor is a terminal.</summary>
    public static bool IsTerminal(int stream)
    {
        Libc.TerminalSettings settings;

        // SAFETY: the kernel writes at most one struct termios.
        return Libc.tcgetattr(stream, &settings) == 0;
    }

    /// <summary>From now on a broken pipe is an error to handle and does not end the process, which has something to put right.</summary>
    public static void OutliveBrokenPipe()
    {
        OutlivesBrokenPipe = true;
        _ = Libc.signal(Libc.SIGPIPE, 1 /* SIG_IGN */);
    }

    /// <summary>
    /// Whether this program handles broken pipes itself. Otherwise SIGPIPE is as the caller set it: it ends the process, or is ignored
    /// (as in a systemd unit), and then output without a reader is no error.
    /// </summary>
    public static bool OutlivesBrokenPipe { get; private set; }

    /// <summary>
    /// Opens a placeholder, neither readable nor writable, for each standard stream that is closed, so that no file or socket gets its
    /// number. Call before opening anything else.
    /// </summary>
    public static void HoldPlaces() => OpenClosed("/"u8, Libc.O_PATH);

    /// <summary>Opens /dev/null as each standard stream that was closed, so that writing to it succeeds.</summary>
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
                _ = FileDescriptor.TryOpen(path, flags, 0, out _); // gets the lowest free number: this one
            }
        }
    }
}

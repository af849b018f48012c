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
}

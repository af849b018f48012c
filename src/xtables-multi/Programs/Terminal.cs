using System;
using System.Collections.Generic;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary>How the commands of sharptables behave on a terminal. The programs of iptables do not.</summary>
internal static class Terminal
{
    private const int NotRun = 126; // the status of a shell that cannot run a program
    private const int NotFound = 127;

    /// <summary>The option by which one says whether there are colours.</summary>
    public static ProgramOption ColorOption { get; } =
        new('\x11', "color", "always|never|auto", "Whether words are coloured; auto: on a terminal, unless NO_COLOR is set.");

    /// <summary>Whether what is written to standard output is coloured.</summary>
    /// <param name="when">What <see cref="ColorOption"/> says, or null.</param>
    /// <exception cref="OptionException">It is none of its words.</exception>
    public static bool HasColor(byte[]? when) => when is null ? IsByDefault : Encoding.ASCII.GetString(when) switch
    {
        "always" => true,
        "never" => false,
        "auto" => IsByDefault,
        _ => throw new OptionException($"--color takes always, never or auto, not \"{MessageText.Of(when)}\""),
    };

    private static bool IsByDefault => StandardStreams.IsTerminal(StandardStreams.Output) && EnvironmentVariable.Read("NO_COLOR"u8).Length == 0
        && !EnvironmentVariable.Read("TERM"u8).AsSpan().SequenceEqual("dumb"u8);

    /// <summary>A word in a colour, if it is to have one.</summary>
    /// <param name="word">The word.</param>
    /// <param name="color">The number of ECMA-48: 31 red, 32 green, 33 yellow, 36 cyan.</param>
    /// <param name="isColored">Whether it is to have one.</param>
    public static string Paint(string word, int color, bool isColored) => isColored ? $"\e[{color}m{word}\e[0m" : word;

    /// <summary>Shows a text, one screen after the other if standard output is a terminal: by the program that PAGER names, or less(1), or more(1).</summary>
    public static void Page(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (!StandardStreams.IsTerminal(StandardStreams.Output) || Pager() is not { } pager)
        {
            FileDescriptor.WriteAll(StandardStreams.Output, bytes);
            return;
        }

        (int read, int write) = FileDescriptor.OpenPipe();
        int child = ChildProcess.Start(pager, new ChildStart { Input = read });
        FileDescriptor.Close(read);
        StandardStreams.OutliveBrokenPipe();
        try
        {
            FileDescriptor.WriteAll(write, bytes);
        }
        catch (KernelException e) when (e.Errno == Errno.EPIPE)
        {
            // The reader has seen enough.
        }

        FileDescriptor.Close(write);
        if (ChildProcess.WaitFor(child) is NotFound or NotRun)
        {
            FileDescriptor.WriteAll(StandardStreams.Output, bytes);
        }
    }

    /// <summary>With borrowed rights nobody chooses what runs.</summary>
    private static List<byte[]>? Pager() =>
        !ThisProcess.HasBorrowedRights && EnvironmentVariable.Read("PAGER"u8) is { Length: > 0 } named ? ["/bin/sh"u8.ToArray(), "-c"u8.ToArray(), named]
        : ChildProcess.FindSystemProgram("less"u8) is { } less ? [less, "-R"u8.ToArray()]
        : ChildProcess.FindSystemProgram("more"u8) is { } more ? [more]
        : null;
}

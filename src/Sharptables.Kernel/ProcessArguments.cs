using System;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>The command line as the bytes it was given in.</summary>
internal static class ProcessArguments
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The words of the command line, the name of the program first. A word may hold any byte but NUL: where the strings given
    /// to Main show that one was no UTF-8, the bytes are read from /proc/self/cmdline; where that cannot be read, the strings
    /// are all there is.
    /// </summary>
    /// <param name="fallback">The strings given to Main, which lack the program's name.</param>
    public static byte[][] Read(string[] fallback)
    {
        ArgumentNullException.ThrowIfNull(fallback);
        string program = Environment.GetCommandLineArgs()[0];
        bool exact = !program.Contains(Replacement, StringComparison.Ordinal);
        byte[][] words = new byte[fallback.Length + 1][];
        words[0] = Encoding.UTF8.GetBytes(program);
        for (int i = 0; i < fallback.Length; i++)
        {
            words[i + 1] = Encoding.UTF8.GetBytes(fallback[i]);
            exact &= !fallback[i].Contains(Replacement, StringComparison.Ordinal);
        }

        if (!exact && FileReader.ReadAll("/proc/self/cmdline"u8) is { } commandLine)
        {
            ReadLast(commandLine, words);
        }

        return words;
    }

    /// <summary>
    /// Takes the last words of a command line, each ended by NUL: a host program such as dotnet puts its own before them.
    /// Leaves <paramref name="words"/> alone when there are fewer.
    /// </summary>
    internal static void ReadLast(ReadOnlySpan<byte> commandLine, byte[][] words)
    {
        int surplus = commandLine.Count((byte)0) - words.Length;
        if (surplus < 0)
        {
            return;
        }

        for (int i = -surplus; i < words.Length; i++)
        {
            int end = commandLine.IndexOf((byte)0);
            if (i >= 0)
            {
                words[i] = commandLine[..end].ToArray();
            }

            commandLine = commandLine[(end + 1)..];
        }
    }
}

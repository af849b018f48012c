using System;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>The command line as raw bytes.</summary>
internal static class ProcessArguments
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The words of the command line, the program's name first. A word may hold any byte but NUL: if the strings given to Main show
    /// that one was not UTF-8, the bytes are read from /proc/self/cmdline, or if that cannot be read, taken from the strings.
    /// </summary>
    /// <param name="fallback">The strings given to Main, without the program's name.</param>
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
    /// Takes the last words of a NUL-terminated list, since a host such as dotnet puts its own in front. Leaves <paramref name="words"/>
    /// alone when there are too few.
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

using System;
using Sharptables.Kernel;

namespace Sharptables.Names;

/// <summary>Where the system looks names up, by /etc/nsswitch.conf (nsswitch.conf(5)), and asking it there.</summary>
internal static class NameServiceSwitch
{
    private static bool s_isRead;
    private static byte[]? s_configuration;

    /// <summary>
    /// Whether more can be known of a database than its file in /etc holds. True when nothing says otherwise. The source
    /// <c>db</c> counts only where its file, which few systems have, is there.
    /// </summary>
    public static bool LooksBeyondFiles(ReadOnlySpan<byte> database)
    {
        if (!s_isRead)
        {
            s_configuration = SystemFile.Read("/etc/nsswitch.conf"u8);
            s_isRead = true;
        }

        return s_configuration is null || LooksBeyondFiles(s_configuration, database);
    }

    internal static bool LooksBeyondFiles(ReadOnlySpan<byte> configuration, ReadOnlySpan<byte> database)
    {
        NameLines lines = new(configuration);
        while (lines.NextLine())
        {
            ReadOnlySpan<byte> key = configuration[lines.NextField()];
            if (key.Length != database.Length + 1 || !key.StartsWith(database) || key[^1] != ':')
            {
                continue;
            }

            while (configuration[lines.NextField()] is { IsEmpty: false } source)
            {
                bool isFile = source.SequenceEqual("files"u8) || source[0] == '['
                    || (source.SequenceEqual("db"u8) && !HasDatabaseFile(database));
                if (!isFile)
                {
                    return true;
                }
            }

            return false;
        }

        return true;
    }

    /// <summary>Asks the system's own library, through the program getent(1).</summary>
    /// <param name="arguments">The database and the key, and options before them.</param>
    /// <returns>The answer; null when there is none, or no getent.</returns>
    public static byte[]? Ask(params ReadOnlySpan<byte[]> arguments)
    {
        byte[][] words = new byte[arguments.Length + 1][];
        words[0] = "getent"u8.ToArray();
        arguments.CopyTo(words.AsSpan(1));
        return ChildProcess.Run(words, out byte[] output) == 0 && output.Length > 0 ? output : null;
    }

    private static bool HasDatabaseFile(ReadOnlySpan<byte> database)
    {
        Span<byte> path = stackalloc byte[64];
        "/var/lib/misc/"u8.CopyTo(path);
        database.CopyTo(path[14..]);
        ".db"u8.CopyTo(path[(14 + database.Length)..]);
        return SystemFile.Read(path[..(14 + database.Length + 3)]) is not null;
    }
}

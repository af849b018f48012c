using System;

namespace Sharptables.Names;

/// <summary>Which sources the system uses for names: /etc/nsswitch.conf (nsswitch.conf(5)).</summary>
internal static class NameServiceSwitch
{
    private static bool s_isRead;
    private static byte[]? s_configuration;

    public static NameSources Of(ReadOnlySpan<byte> database)
    {
        if (!s_isRead)
        {
            s_configuration = SystemFile.Read("/etc/nsswitch.conf"u8);
            s_isRead = true;
        }

        return Of(s_configuration, database);
    }

    /// <summary>
    /// The sources of a database. If it is not mentioned, they are its file, and DNS for hosts and networks. The source <c>db</c> counts
    /// only if its file exists, which is rare.
    /// </summary>
    internal static NameSources Of(ReadOnlySpan<byte> configuration, ReadOnlySpan<byte> database)
    {
        NameLines lines = new(configuration);
        while (lines.NextLine())
        {
            ReadOnlySpan<byte> key = configuration[lines.NextField()];
            if (key.Length != database.Length + 1 || !key.StartsWith(database) || key[^1] != ':')
            {
                continue;
            }

            NameSources sources = NameSources.None;
            while (configuration[lines.NextField()] is { IsEmpty: false } source)
            {
                if (source.SequenceEqual("files"u8))
                {
                    sources |= sources == NameSources.None ? NameSources.File | NameSources.FileFirst : NameSources.File;
                }
                else if (source[0] != '[' && !(source.SequenceEqual("db"u8) && !HasDatabaseFile(database)))
                {
                    bool isOnlyDns = source.SequenceEqual("dns"u8) && (sources & NameSources.Others) == 0;
                    sources = (sources & ~NameSources.OnlyDns) | NameSources.Others | (isOnlyDns ? NameSources.OnlyDns : NameSources.None);
                }
            }

            return sources;
        }

        bool isInDns = database.SequenceEqual("hosts"u8) || database.SequenceEqual("networks"u8);
        return NameSources.File | NameSources.FileFirst | (isInDns ? NameSources.Others | NameSources.OnlyDns : NameSources.None);
    }

    /// <summary>Why a name may not have been found: a source that could not be asked. Null when all were.</summary>
    /// <param name="database">The name of the database.</param>
    /// <param name="path">The path of its file.</param>
    public static string? Gap(ReadOnlySpan<byte> database, ReadOnlySpan<byte> path) =>
        (Of(database) & NameSources.Others) != 0 && Getent.Trouble is { } trouble
            ? $"Only {System.Text.Encoding.ASCII.GetString(path)} was searched: other sources, such as DNS, are asked through getent, which {trouble}."
            : null;

    private static bool HasDatabaseFile(ReadOnlySpan<byte> database)
    {
        Span<byte> path = stackalloc byte[64];
        "/var/lib/misc/"u8.CopyTo(path);
        database.CopyTo(path[14..]);
        ".db"u8.CopyTo(path[(14 + database.Length)..]);
        return SystemFile.Read(path[..(14 + database.Length + 3)]) is not null;
    }
}

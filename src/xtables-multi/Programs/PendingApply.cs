using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>
/// Marks an iptables-apply that waits for its answer, so that a second one does not take unconfirmed rules for the old ones. The mark is a
/// file beside the xtables lock for each family whose rules may be restored, one in each network namespace, locked by the watchdog. It
/// contains the process that asks, the moment at which the old rules are restored, and the name of the program.
/// </summary>
/// <param name="program">The name of the program.</param>
/// <param name="asking">The process that asks.</param>
internal sealed class PendingApply(string program, int asking) : IDisposable
{
    private const int Attempts = 10;

    private readonly List<byte[]> _paths = [];
    private readonly List<XTablesLock> _locks = [];

    /// <summary>Makes the mark. The watchdog works without a file that cannot be made.</summary>
    /// <param name="families">The families whose rules may be restored.</param>
    /// <param name="program">The name of the program.</param>
    /// <param name="asking">The process that asks.</param>
    /// <param name="isTaken">Whether another process has it; then it is not made.</param>
    public static PendingApply Make(Family[] families, string program, int asking, out bool isTaken)
    {
        PendingApply mark = new(program, asking);
        isTaken = Array.Exists(families, family => !mark.Add(PathFor(family)));
        if (isTaken)
        {
            mark.Dispose();
        }

        return mark;
    }

    /// <summary>Who waits for an answer after which the rules of one of these families may be restored; null when nobody does.</summary>
    /// <returns>For a message.</returns>
    public static (string Error, string? Hint)? Find(Family[] families)
    {
        foreach (Family family in families)
        {
            if (Find(PathFor(family)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Writes the time limit for the answer into the mark.</summary>
    public void Note(long until)
    {
        foreach (byte[] path in _paths)
        {
            try
            {
                int file = FileDescriptor.Create(path);
                FileDescriptor.WriteAll(file, Encoding.ASCII.GetBytes($"{asking} {until} {program}\n"));
                FileDescriptor.Close(file);
            }
            catch (KernelException)
            {
                // It is only for a message.
            }
        }
    }

    public void Dispose()
    {
        _paths.ForEach(static path => FileDescriptor.Remove(path));
        _locks.ForEach(static held => held.Dispose());
        _paths.Clear();
        _locks.Clear();
    }

    /// <returns>False when another process has the file.</returns>
    private bool Add(byte[] path)
    {
        try
        {
            for (int left = Attempts; left > 0; left--)
            {
                XTablesLock file = XTablesLock.Open(path);
                if (!file.TryAcquire())
                {
                    file.Dispose();
                    return false;
                }

                if (file.IsInPlace)
                {
                    _paths.Add(path);
                    _locks.Add(file);
                    return true;
                }

                file.Dispose(); // the process that had it has just removed it
            }
        }
        catch (KernelException)
        {
            // The directory is missing or read-only.
        }

        return true;
    }

    private static (string Error, string? Hint)? Find(byte[] path)
    {
        try
        {
            using XTablesLock? file = XTablesLock.OpenExisting(path);
            if (file is null || file.TryAcquire())
            {
                return null;
            }

            string[] words = Encoding.ASCII.GetString(FileReader.ReadAll(path) ?? []).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || !long.TryParse(words[1], CultureInfo.InvariantCulture, out long until))
            {
                return ("Error: another iptables-apply or ip6tables-apply changes the rules now", null);
            }

            long seconds = Math.Max(0, (until - Environment.TickCount64 + 999) / 1000);
            return ($"Error: another {words[2]} (process {words[0]}) waits for its answer; in {seconds} s it restores the old rules",
                $"Answer it where it was started. To make it restore the old rules now: kill {words[0]}");
        }
        catch (KernelException)
        {
            return null;
        }
    }

    private static byte[] PathFor(Family family)
    {
        string space = new FileInfo("/proc/self/ns/net").LinkTarget ?? ""; // net:[4026531840]
        string number = string.Concat(Array.FindAll(space.ToCharArray(), char.IsAsciiDigit));
        return [.. XTablesLock.DefaultPath, .. Encoding.ASCII.GetBytes($".{Invocation.NameFor(family)}-apply.{number}")];
    }
}

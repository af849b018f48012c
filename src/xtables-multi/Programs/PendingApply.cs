using System;
using System.Globalization;
using System.IO;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>
/// Marks an iptables-apply that waits for its answer, so that a second one does not take unconfirmed rules for the old ones. The mark is a
/// file beside the xtables lock, one for each family and network namespace, locked by the watchdog. It contains the process that asks,
/// and the moment at which the old rules are restored.
/// </summary>
/// <param name="path">The path of the file.</param>
/// <param name="held">The lock on it.</param>
/// <param name="asking">The process that asks.</param>
internal sealed class PendingApply(byte[] path, XTablesLock held, int asking) : IDisposable
{
    private const int Attempts = 10;

    /// <summary>Makes the mark.</summary>
    /// <param name="family">The family.</param>
    /// <param name="asking">The process that asks.</param>
    /// <param name="isTaken">Whether another process has it.</param>
    /// <returns>Null when it cannot be made; the watchdog works without it.</returns>
    public static PendingApply? TryMake(Family family, int asking, out bool isTaken)
    {
        isTaken = false;
        byte[] path = PathFor(family);
        try
        {
            for (int left = Attempts; left > 0; left--)
            {
                XTablesLock file = XTablesLock.Open(path);
                if (!file.TryAcquire())
                {
                    file.Dispose();
                    isTaken = true;
                    return null;
                }

                if (file.IsInPlace)
                {
                    return new PendingApply(path, file, asking);
                }

                file.Dispose(); // the process that had it has just removed it
            }
        }
        catch (KernelException)
        {
            // The directory is missing or read-only.
        }

        return null;
    }

    /// <summary>Who waits for an answer, for a message; null when nobody does.</summary>
    public static (string Error, string? Hint)? Find(Family family)
    {
        byte[] path = PathFor(family);
        try
        {
            using XTablesLock? file = XTablesLock.OpenExisting(path);
            if (file is null || file.TryAcquire())
            {
                return null;
            }

            string program = $"{Invocation.NameFor(family)}-apply";
            string[] words = Encoding.ASCII.GetString(FileReader.ReadAll(path) ?? []).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !long.TryParse(words[1], CultureInfo.InvariantCulture, out long until))
            {
                return ($"Error: another {program} changes the rules now", null);
            }

            long seconds = Math.Max(0, (until - Environment.TickCount64 + 999) / 1000);
            return ($"Error: another {program} (process {words[0]}) waits for its answer; in {seconds} s it restores the old rules",
                $"Answer it where it was started. To make it restore the old rules now: kill {words[0]}");
        }
        catch (KernelException)
        {
            return null;
        }
    }

    /// <summary>Writes the time limit for the answer into the mark.</summary>
    public void Note(long until)
    {
        try
        {
            int file = FileDescriptor.Create(path);
            FileDescriptor.WriteAll(file, Encoding.ASCII.GetBytes($"{asking} {until}\n"));
            FileDescriptor.Close(file);
        }
        catch (KernelException)
        {
            // It is only for a message.
        }
    }

    public void Dispose()
    {
        FileDescriptor.Remove(path);
        held.Dispose();
    }

    private static byte[] PathFor(Family family)
    {
        string space = new FileInfo("/proc/self/ns/net").LinkTarget ?? ""; // net:[4026531840]
        string number = string.Concat(Array.FindAll(space.ToCharArray(), char.IsAsciiDigit));
        return [.. XTablesLock.DefaultPath, .. Encoding.ASCII.GetBytes($".{Invocation.NameFor(family)}-apply.{number}")];
    }
}

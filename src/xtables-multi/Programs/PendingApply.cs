using System;
using System.Globalization;
using System.IO;
using System.Text;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>
/// The mark of an iptables-apply that waits for its answer, so that a second one does not take rules that nobody has confirmed for the old
/// ones. A file beside the lock of the programs, one for each family and network namespace, locked by the watchdog. It holds the process
/// that asks, and the moment at which the old rules come back.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="held">The lock on it.</param>
/// <param name="asking">The process that asks.</param>
internal sealed class PendingApply(byte[] path, XTablesLock held, int asking) : IDisposable
{
    private const int Attempts = 10;

    /// <summary>Makes the mark.</summary>
    /// <param name="family">The family.</param>
    /// <param name="asking">The process that asks.</param>
    /// <param name="isTaken">Whether another has it.</param>
    /// <returns>Null when it cannot be made. That is no reason not to watch.</returns>
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

                file.Dispose(); // whoever had it has removed it meanwhile
            }
        }
        catch (KernelException)
        {
            // The folder is missing or read-only.
        }

        return null;
    }

    /// <summary>Says who waits for an answer, for a message; null when nobody does.</summary>
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
            return ($"Error: another {program} (process {words[0]}) waits for its answer; in {seconds} s it puts the old rules back",
                $"Answer it where it was started. To have it put the old rules back now: kill {words[0]}");
        }
        catch (KernelException)
        {
            return null;
        }
    }

    /// <summary>Writes down until when there is time for an answer.</summary>
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

    /// <summary>Removes the mark.</summary>
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

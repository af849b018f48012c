using System;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>Whole small files.</summary>
internal static class FileReader
{
    private const int FirstRead = 16 * 1024;

    /// <summary>Reads a file that may as well not be there: one that this process may not read counts as missing.</summary>
    /// <param name="path">Its path, without a NUL.</param>
    /// <returns>What is in it; null when it cannot be read.</returns>
    public static byte[]? TryReadAll(string path)
    {
        try
        {
            return ReadAll(Encoding.UTF8.GetBytes(path));
        }
        catch (KernelException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads a file of settings that may as well not be there. Never waits, and never reads more than it may: whatever else stands in
    /// its place (a pipe, a device, a file without end) counts as missing.
    /// </summary>
    /// <param name="path">Its path, without a NUL.</param>
    /// <param name="most">How many bytes it may have.</param>
    /// <returns>What is in it; null when it cannot be read, or has more.</returns>
    public static byte[]? TryReadSmall(ReadOnlySpan<byte> path, int most)
    {
        int fd = FileDescriptor.TryOpen(path, Libc.O_RDONLY | Libc.O_CLOEXEC | Libc.O_NONBLOCK | Libc.O_NOCTTY, 0, out _);
        if (fd < 0)
        {
            return null;
        }

        try
        {
            if (Libc.lseek(fd, 0, Libc.SEEK_CUR) < 0)
            {
                return null; // a pipe or the like
            }

            byte[] buffer = FileDescriptor.ReadToEnd(fd, most + 1, out int length, tooMany: most + 1);
            return buffer[..length];
        }
        catch (KernelException)
        {
            return null;
        }
        finally
        {
            FileDescriptor.Close(fd);
        }
    }

    /// <summary>Reads a file from its beginning to its end, of whatever kind it is.</summary>
    /// <param name="path">Its path, without a NUL.</param>
    /// <returns>What is in it; null when there is no such file.</returns>
    /// <exception cref="KernelException">It is there, but cannot be opened or read, or is larger than what is read here.</exception>
    public static byte[]? ReadAll(ReadOnlySpan<byte> path)
    {
        int fd = FileDescriptor.TryOpen(path, Libc.O_RDONLY | Libc.O_CLOEXEC, 0, out int errno);
        if (fd < 0)
        {
            return errno is Libc.ENOENT or Libc.ENOTDIR ? null : throw new KernelException("open", errno);
        }

        try
        {
            byte[] buffer = FileDescriptor.ReadToEnd(fd, FirstRead, out int length);
            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            FileDescriptor.Close(fd);
        }
    }
}

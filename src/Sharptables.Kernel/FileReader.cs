using System;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>Whole small files.</summary>
public static class FileReader
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

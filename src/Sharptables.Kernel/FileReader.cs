using System;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>Reads whole small files.</summary>
internal static class FileReader
{
    private const int FirstRead = 16 * 1024;

    /// <summary>Reads an optional file; null when it is missing or cannot be read.</summary>
    /// <param name="path">The path, without a NUL.</param>
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

    /// <summary>Where a symbolic link leads; empty when it is none, or is too long for the path of a program.</summary>
    /// <param name="path">The path: a literal (<c>"/path"u8</c>), which the compiler ends with a NUL.</param>
    public static unsafe byte[] TryReadLink(ReadOnlySpan<byte> path)
    {
        Span<byte> target = stackalloc byte[256];
        fixed (byte* link = path, bytes = target)
        {
            // SAFETY: u8 literals are followed by a NUL; the kernel writes no more than the buffer holds.
            nint length = Libc.readlink(link, bytes, (nuint)target.Length);
            return target[..(int)Math.Max(length, 0)].ToArray();
        }
    }

    /// <summary>
    /// Reads an optional settings file. It never blocks and never reads more than allowed: a pipe, a device or a file that is too large
    /// counts as missing.
    /// </summary>
    /// <param name="path">The path, without a NUL.</param>
    /// <param name="most">The most bytes that it may have.</param>
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

    /// <summary>Reads a file of any kind to its end; null when it does not exist.</summary>
    /// <param name="path">The path, without a NUL.</param>
    /// <exception cref="KernelException">It cannot be opened or read, or is too large.</exception>
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

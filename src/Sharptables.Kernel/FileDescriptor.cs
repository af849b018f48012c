using System;
using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>Unbuffered reading and writing by file descriptor.</summary>
internal static unsafe class FileDescriptor
{
    private const int MaxRead = 256 << 20;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">Its path, without a NUL.</param>
    /// <returns>The descriptor, for <see cref="Close"/>.</returns>
    /// <exception cref="KernelException">It cannot be opened.</exception>
    public static int OpenRead(ReadOnlySpan<byte> path)
    {
        int fd = TryOpen(path, Libc.O_RDONLY | Libc.O_CLOEXEC, 0, out int errno);
        return fd >= 0 ? fd : throw new KernelException("open", errno);
    }

    /// <summary>Creates a file, or truncates an existing one, and opens it for writing.</summary>
    /// <param name="path">Its path, without a NUL.</param>
    /// <exception cref="KernelException">It cannot be opened.</exception>
    public static int Create(ReadOnlySpan<byte> path)
    {
        int fd = TryOpen(path, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_TRUNC | Libc.O_CLOEXEC, 0x1b6 /* 0666, less the umask */, out int errno);
        return fd >= 0 ? fd : throw new KernelException("open", errno);
    }

    /// <summary>Removes a file if possible.</summary>
    /// <param name="path">The path, without a NUL.</param>
    public static void Remove(ReadOnlySpan<byte> path)
    {
        byte[] terminated = [.. path, 0];
        fixed (byte* bytes = terminated)
        {
            // SAFETY: the path ends with NUL.
            _ = Libc.unlink(bytes);
        }
    }

    /// <summary>Opens the file behind a descriptor again, from its beginning; -1 for a pipe, a terminal and the like.</summary>
    public static int ReopenFile(int fd)
    {
        if (Libc.lseek(fd, 0, Libc.SEEK_CUR) < 0)
        {
            return -1;
        }

        Span<byte> path = stackalloc byte[32];
        "/proc/self/fd/"u8.CopyTo(path);
        return System.Buffers.Text.Utf8Formatter.TryFormat(fd, path[14..], out int digits)
            ? TryOpen(path[..(14 + digits)], Libc.O_RDONLY | Libc.O_CLOEXEC, 0, out _)
            : -1;
    }

    public static void Close(int fd) => _ = Libc.close(fd);

    /// <summary>Reads what is available, as much as fits; blocks while there is nothing.</summary>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    /// <exception cref="KernelException">It cannot be read.</exception>
    public static int ReadChunk(int fd, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                // SAFETY: the kernel writes at most `buffer.Length` bytes into the pinned span.
                nint count = Libc.read(fd, bytes, (nuint)buffer.Length);
                if (count >= 0)
                {
                    return (int)count;
                }

                WaitOrThrow("read", fd, Libc.POLLIN);
            }
        }
    }

    /// <summary>Reads to the end of a file or stream.</summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="sizeHint">How many bytes to allocate at first.</param>
    /// <param name="length">How many bytes of the result have been read.</param>
    /// <param name="tooMany">The size at which it gives up.</param>
    /// <exception cref="KernelException">It cannot be read, or is too large, as /dev/zero is.</exception>
    public static byte[] ReadToEnd(int fd, int sizeHint, out int length, int tooMany = MaxRead)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(Math.Max(sizeHint, 256));
        length = 0;
        while (true)
        {
            int count = ReadChunk(fd, buffer.AsSpan(length));
            if (count == 0)
            {
                return buffer;
            }

            length += count;
            if (length >= tooMany)
            {
                throw new KernelException("read", Libc.EFBIG);
            }

            if (length == buffer.Length)
            {
                byte[] larger = GC.AllocateUninitializedArray<byte>(Math.Min(buffer.Length * 2, tooMany));
                buffer.CopyTo(larger.AsSpan());
                buffer = larger;
            }
        }
    }

    /// <summary>Writes all bytes, in as many calls as it takes.</summary>
    /// <exception cref="KernelException">Such as EPIPE (nobody reads any more), ENOSPC, EIO.</exception>
    public static void WriteAll(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            int written = 0;
            while (written < bytes.Length)
            {
                // SAFETY: the kernel reads only the rest of the pinned span.
                nint count = Libc.write(fd, start + written, (nuint)(bytes.Length - written));
                if (count < 0)
                {
                    WaitOrThrow("write", fd, Libc.POLLOUT);
                    continue;
                }

                written += (int)count;
            }
        }
    }

    /// <summary>Whether a file exists, as far as this process can see.</summary>
    /// <param name="path">Its path, without a NUL.</param>
    public static bool Exists(ReadOnlySpan<byte> path) => MayAccess(path, Libc.F_OK);

    /// <summary>Whether this process may execute a file.</summary>
    /// <param name="path">Its path, without a NUL.</param>
    public static bool IsExecutable(ReadOnlySpan<byte> path) => MayAccess(path, Libc.X_OK);

    private static bool MayAccess(ReadOnlySpan<byte> path, int mode)
    {
        byte[] terminated = [.. path, 0];
        fixed (byte* bytes = terminated)
        {
            // SAFETY: the path ends with NUL.
            return Libc.access(bytes, mode) == 0;
        }
    }

    /// <summary>Fills the whole span, however long that takes.</summary>
    /// <returns>False at the end of the input.</returns>
    /// <exception cref="KernelException">It cannot be read.</exception>
    public static bool ReadExactly(int fd, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = ReadChunk(fd, buffer);
            if (count == 0)
            {
                return false;
            }

            buffer = buffer[count..];
        }

        return true;
    }

    /// <summary>Makes a pipe whose ends are closed in child processes.</summary>
    /// <exception cref="KernelException">There are too many open files.</exception>
    public static (int Read, int Write) OpenPipe()
    {
        int* ends = stackalloc int[2];

        // SAFETY: pipe2 writes two ints.
        return Libc.pipe2(ends, Libc.O_CLOEXEC) == 0 ? (ends[0], ends[1]) : throw new KernelException("pipe", Marshal.GetLastSystemError());
    }

    /// <summary>Waits until a descriptor has input or has reached its end.</summary>
    /// <param name="descriptors">The descriptors, the most important first; at most 64.</param>
    /// <param name="until">When to give up, by <see cref="Environment.TickCount64"/>.</param>
    /// <returns>The index of the first such descriptor; -1 at the time limit.</returns>
    /// <exception cref="KernelException">poll(2) failed.</exception>
    public static int WaitForInput(ReadOnlySpan<int> descriptors, long until)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, 64);
        PollFd* waiting = stackalloc PollFd[64];
        for (int i = 0; i < descriptors.Length; i++)
        {
            waiting[i] = new PollFd { Descriptor = descriptors[i], Events = Libc.POLLIN };
        }

        while (true)
        {
            // SAFETY: the elements that are counted are those filled above.
            long left = Math.Clamp(until - Environment.TickCount64, 0, int.MaxValue);
            int ready = Libc.poll(waiting, (nuint)descriptors.Length, (int)left);
            int errno = ready < 0 ? Marshal.GetLastSystemError() : 0;
            for (int i = 0; ready > 0 && i < descriptors.Length; i++)
            {
                if (waiting[i].Returned != 0)
                {
                    return i;
                }
            }

            if (errno is not (0 or Libc.EINTR))
            {
                throw new KernelException("poll", errno);
            }

            if (left == 0)
            {
                return -1;
            }
        }
    }

    /// <summary>Opens a file; -1 and the error number when that fails.</summary>
    internal static int TryOpen(ReadOnlySpan<byte> path, int flags, uint mode, out int errno)
    {
        Span<byte> terminated = path.Length < 512 ? stackalloc byte[path.Length + 1] : new byte[path.Length + 1];
        path.CopyTo(terminated);
        terminated[path.Length] = 0;
        errno = 0;
        fixed (byte* bytes = terminated)
        {
            while (true)
            {
                // SAFETY: the path ends with NUL and is pinned during the call.
                int fd = Libc.open(bytes, flags, mode);
                if (fd >= 0)
                {
                    return fd;
                }

                errno = Marshal.GetLastSystemError();
                if (errno != Libc.EINTR)
                {
                    return -1;
                }
            }
        }
    }

    /// <summary>After a failed call: returns when it is worth another try, since our terminal may have been made non-blocking.</summary>
    private static void WaitOrThrow(string operation, int fd, short events)
    {
        int errno = Marshal.GetLastSystemError();
        if (errno == Libc.EAGAIN)
        {
            PollFd waiting = new() { Descriptor = fd, Events = events };

            // SAFETY: one element, on the stack. The result does not matter: the call is tried again either way.
            _ = Libc.poll(&waiting, 1, -1);
        }
        else if (errno != Libc.EINTR)
        {
            throw new KernelException(operation, errno);
        }
    }
}

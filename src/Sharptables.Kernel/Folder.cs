using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>Directories and symbolic links. Unlike System.IO's, the errors carry errno.</summary>
internal static unsafe class Folder
{
    /// <summary>Makes a directory and its parents, unless they exist.</summary>
    /// <param name="path">The path, without a NUL.</param>
    /// <exception cref="KernelException">It cannot be made.</exception>
    public static void Make(ReadOnlySpan<byte> path)
    {
        int errno = TryMake(path);
        int slash = path.LastIndexOf((byte)'/');
        if (errno == Errno.ENOENT && slash > 0)
        {
            Make(path[..slash]);
            errno = TryMake(path);
        }

        if (errno is not (0 or Libc.EEXIST))
        {
            throw new KernelException("mkdir", errno);
        }
    }

    /// <summary>Makes a symbolic link, replacing a file of that name.</summary>
    /// <param name="path">The path, without a NUL.</param>
    /// <param name="target">Where it points, relative to its own directory.</param>
    /// <exception cref="KernelException">It cannot be made.</exception>
    public static void Link(ReadOnlySpan<byte> path, ReadOnlySpan<byte> target)
    {
        fixed (byte* name = (byte[])[.. path, 0], to = (byte[])[.. target, 0])
        {
            // SAFETY: both paths end with NUL.
            _ = Libc.unlink(name);
            Check("symlink", Libc.symlink(to, name));
        }
    }

    /// <summary>Hands on the names of what is in a directory; none if it cannot be read.</summary>
    /// <param name="path">The path, without a NUL.</param>
    /// <param name="take">Receives each name, which is not valid longer than the call.</param>
    public static void ForEach(ReadOnlySpan<byte> path, Action<ReadOnlySpan<byte>> take)
    {
        const int lengthAt = 16, nameAt = 19; // struct linux_dirent64: getdents(2)
        int folder = FileDescriptor.TryOpen(path, Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_CLOEXEC, 0, out _);
        if (folder < 0)
        {
            return;
        }

        Span<byte> buffer = stackalloc byte[16 * 1024];
        int length;
        do
        {
            fixed (byte* bytes = buffer)
            {
                // SAFETY: the kernel writes no more than the buffer holds.
                length = (int)Libc.getdents64(folder, bytes, (nuint)buffer.Length);
            }

            for (ReadOnlySpan<byte> rest = buffer[..Math.Max(length, 0)]; !rest.IsEmpty;)
            {
                ReadOnlySpan<byte> entry = rest[..BinaryPrimitives.ReadUInt16LittleEndian(rest[lengthAt..])];
                ReadOnlySpan<byte> name = entry[nameAt..];
                take(name[..name.IndexOf((byte)0)]);
                rest = rest[entry.Length..];
            }
        }
        while (length > 0);
        FileDescriptor.Close(folder);
    }

    /// <summary>A path with symbolic links resolved; null when there is no such file.</summary>
    /// <param name="path">The path, without a NUL.</param>
    public static byte[]? RealPath(ReadOnlySpan<byte> path)
    {
        byte* resolved = stackalloc byte[4096]; // PATH_MAX, linux/limits.h
        fixed (byte* bytes = (byte[])[.. path, 0])
        {
            // SAFETY: the path ends with NUL; realpath writes at most PATH_MAX bytes, NUL included.
            return Libc.realpath(bytes, resolved) is null ? null : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(resolved).ToArray();
        }
    }

    /// <summary>
    /// Whether every user may put files into a directory, or another in its place: every user may write to it, or to one that it lies in and
    /// whose entries are not protected from others (the sticky bit).
    /// </summary>
    /// <param name="path">The path, without a NUL.</param>
    public static bool IsOpenToAll(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> folder = RealPath(path);
        bool isOpen = Statx.Of(folder) is { IsWritableByAll: true };
        while (!isOpen && folder.LastIndexOf((byte)'/') is > 0 and int slash)
        {
            folder = folder[..slash];
            isOpen = Statx.Of(folder) is { IsWritableByAll: true, IsSticky: false };
        }

        return isOpen;
    }

    private static int TryMake(ReadOnlySpan<byte> path)
    {
        fixed (byte* name = (byte[])[.. path, 0])
        {
            // SAFETY: the path ends with NUL.
            return Libc.mkdir(name, 0x1ff /* 0777, less the umask */) == 0 ? 0 : Marshal.GetLastSystemError();
        }
    }
}

using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>
/// A file that takes the place of another in one step when it is complete and on the disk; until then, and if it never is, the other
/// stays. What is no regular file (a pipe, /dev/stdout) is written to as it is.
/// </summary>
internal sealed unsafe class ReplacementFile : IDisposable
{
    private readonly byte[] _path;
    private byte[]? _temporary;

    private ReplacementFile(byte[] path, byte[]? temporary, int descriptor)
    {
        _path = path;
        _temporary = temporary;
        Descriptor = descriptor;
    }

    /// <summary>Where to write.</summary>
    public int Descriptor { get; }

    /// <summary>Begins a file.</summary>
    /// <param name="path">The path of the file to replace, without a NUL; links are followed.</param>
    /// <exception cref="KernelException">It cannot be made.</exception>
    public static ReplacementFile Create(byte[] path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[]? real = RealPath(path);
        Statx before = default;
        if (real is null ? IsLink(path) : Status(real, 0, out before) && !before.IsRegularFile)
        {
            return new ReplacementFile(path, null, FileDescriptor.Create(path)); // a folder is refused here
        }

        byte[] target = real ?? path;
        for (int number = Environment.ProcessId; ; number++)
        {
            byte[] temporary = [.. target, .. Encoding.ASCII.GetBytes($".{number}~")];
            int fd = FileDescriptor.TryOpen(
                temporary, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL | Libc.O_CLOEXEC, 0x1b6 /* 0666, less the umask */, out int errno);
            if (fd >= 0)
            {
                // A new file keeps the mode it has by the umask; one that replaces another has the other's. Giving it the other's owner,
                // too, may be beyond our rights.
                _ = real is not null && Libc.fchown(fd, before.User, before.Group) == 0;
                return real is null || Libc.fchmod(fd, before.Permissions) == 0
                    ? new ReplacementFile(target, temporary, fd)
                    : throw new KernelException("chmod", Marshal.GetLastSystemError());
            }

            if (errno != Libc.EEXIST)
            {
                throw new KernelException("open", errno);
            }
        }
    }

    /// <summary>Puts it in the other's place, once all is on the disk.</summary>
    /// <exception cref="KernelException">The disk has failed; the other file stays.</exception>
    public void Commit()
    {
        if (_temporary is not { } temporary)
        {
            return;
        }

        int slash = _path.AsSpan().LastIndexOf((byte)'/');
        Check("fsync", Libc.fsync(Descriptor));
        fixed (byte* from = Terminated(temporary), to = Terminated(_path))
        {
            // SAFETY: both paths end with NUL.
            Check("rename", Libc.rename(from, to));
        }

        _temporary = null;
        int folder = FileDescriptor.OpenRead(slash < 0 ? "."u8 : slash == 0 ? "/"u8 : _path.AsSpan(0, slash));
        _ = Libc.fsync(folder); // the name, too; some file systems refuse it, and the file is whole either way
        FileDescriptor.Close(folder);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FileDescriptor.Close(Descriptor);
        if (_temporary is { } temporary)
        {
            fixed (byte* path = Terminated(temporary))
            {
                // SAFETY: the path ends with NUL.
                _ = Libc.unlink(path);
            }

            _temporary = null;
        }
    }

    private static byte[] Terminated(byte[] path) => [.. path, 0];

    private static bool IsLink(byte[] path) => Status(path, 0x100 /* AT_SYMLINK_NOFOLLOW */, out _);

    private static bool Status(byte[] path, int flags, out Statx status)
    {
        fixed (byte* bytes = Terminated(path))
        fixed (Statx* found = &status)
        {
            // SAFETY: the path ends with NUL; the C library writes no more than a struct statx.
            return Libc.statx(-100 /* AT_FDCWD */, bytes, flags, Statx.WantBasics, found) == 0;
        }
    }

    /// <summary>The path without links; null when there is no file.</summary>
    private static byte[]? RealPath(byte[] path)
    {
        byte* resolved = stackalloc byte[4096]; // PATH_MAX, linux/limits.h
        fixed (byte* bytes = Terminated(path))
        {
            // SAFETY: the path ends with NUL; realpath writes at most PATH_MAX bytes, NUL included.
            return Libc.realpath(bytes, resolved) is null ? null : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(resolved).ToArray();
        }
    }

    private static void Check(string operation, int result)
    {
        if (result < 0)
        {
            throw new KernelException(operation, Marshal.GetLastSystemError());
        }
    }
}

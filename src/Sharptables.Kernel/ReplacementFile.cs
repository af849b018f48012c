using System;
using System.Runtime.InteropServices;
using System.Text;
using static Sharptables.Kernel.KernelException;

namespace Sharptables.Kernel;

/// <summary>
/// A new file that replaces another in one step once it is complete and on disk; until then, and if that never happens, the old one
/// stays. What is not a regular file (a pipe, /dev/stdout) is written to directly.
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

    public int Descriptor { get; }

    /// <summary>Begins a file.</summary>
    /// <param name="path">The path of the file to replace, without a NUL; symbolic links are followed.</param>
    /// <exception cref="KernelException">It cannot be created.</exception>
    public static ReplacementFile Create(byte[] path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[]? real = Folder.RealPath(path);
        Statx? found = Statx.Of(real ?? path, ofLinkItself: real is null);
        Statx before = found ?? default;
        if (found is not null && (real is null || !before.IsRegularFile))
        {
            return new ReplacementFile(path, null, FileDescriptor.Create(path)); // fails for a directory
        }

        byte[] target = real ?? path;
        for (int number = Environment.ProcessId; ; number++)
        {
            byte[] temporary = [.. target, .. Encoding.ASCII.GetBytes($".{number}~")];
            int fd = FileDescriptor.TryOpen(
                temporary, Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL | Libc.O_CLOEXEC, 0x1b6 /* 0666, less the umask */, out int errno);
            if (fd >= 0)
            {
                // A new file has the mode that the umask gives it; a replacement gets the old file's. Copying the owner may be beyond
                // our rights.
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

    /// <summary>Writes it to disk and renames it over the old one.</summary>
    /// <exception cref="KernelException">That failed; the old file stays.</exception>
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
        _ = Libc.fsync(folder); // the name as well; some file systems refuse, and the file is complete either way
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
}

using System;
using System.Runtime.InteropServices;

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
            if (Libc.symlink(to, name) != 0)
            {
                throw new KernelException("symlink", Marshal.GetLastSystemError());
            }
        }
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

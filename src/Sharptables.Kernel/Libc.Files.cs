using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

internal static unsafe partial class Libc
{
    public const int F_OK = 0;
    public const int X_OK = 1;

    [LibraryImport(Name)]
    internal static partial int access(byte* path, int mode);

    [LibraryImport(Name)]
    internal static partial int fchmod(int fd, uint mode);

    [LibraryImport(Name)]
    internal static partial int fchown(int fd, uint user, uint group);

    [LibraryImport(Name)]
    internal static partial int fsync(int fd);

    [LibraryImport(Name)]
    internal static partial int rename(byte* from, byte* to);

    [LibraryImport(Name)]
    internal static partial int unlink(byte* path);

    [LibraryImport(Name)]
    internal static partial byte* realpath(byte* path, byte* resolved);
}

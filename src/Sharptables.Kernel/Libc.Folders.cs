using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    internal static partial int mkdir(byte* path, uint mode);

    [LibraryImport(Name)]
    internal static partial int symlink(byte* target, byte* path);

    public const int O_DIRECTORY = 0x10000;

    [LibraryImport(Name)]
    internal static partial nint getdents64(int fd, void* buffer, nuint size);
}

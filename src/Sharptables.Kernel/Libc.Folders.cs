using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

internal static unsafe partial class Libc
{
    [LibraryImport(Name)]
    internal static partial int mkdir(byte* path, uint mode);

    [LibraryImport(Name)]
    internal static partial int symlink(byte* target, byte* path);
}

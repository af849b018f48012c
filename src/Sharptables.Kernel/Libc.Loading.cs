using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>What <see cref="PcapLibrary"/> calls to load a library (dlfcn.h, gnu/libc-version.h).</summary>
internal static unsafe partial class Libc
{
    public const int RTLD_NOW = 2;

    [LibraryImport(Name)]
    internal static partial void* dlopen(byte* file, int mode);

    [LibraryImport(Name)]
    internal static partial void* dlsym(void* library, byte* name);

    [LibraryImport(Name)]
    internal static partial byte* dlerror();

    [LibraryImport(Name)]
    internal static partial byte* gnu_get_libc_version();
}

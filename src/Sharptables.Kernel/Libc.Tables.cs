using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>
/// What <see cref="NativeBuffer"/> and <see cref="XTablesSocket"/> call; numbers from asm-generic/mman-common.h and sys/socket.h.
/// </summary>
internal static unsafe partial class Libc
{
    public const int PROT_READ = 1;
    public const int PROT_WRITE = 2;
    public const int MAP_PRIVATE = 2;
    public const int MAP_ANONYMOUS = 0x20;
    public const int MREMAP_MAYMOVE = 1;
    public const int MADV_DONTNEED = 4;
    public const int MADV_HUGEPAGE = 14;

    public const int SOCK_RAW = 3;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int IPPROTO_IP = 0;
    public const int IPPROTO_IPV6 = 41;
    public const int IPPROTO_RAW = 255;

    /// <summary>What mmap and mremap return when they fail.</summary>
    public static void* MAP_FAILED => (void*)-1;

    [LibraryImport(Name)]
    internal static partial void* mmap(void* address, nuint length, int protection, int flags, int fd, nint offset);

    /// <summary>The C function is variadic, but reads only these four without MREMAP_FIXED.</summary>
    [LibraryImport(Name)]
    internal static partial void* mremap(void* address, nuint oldLength, nuint newLength, int flags);

    [LibraryImport(Name)]
    internal static partial int munmap(void* address, nuint length);

    [LibraryImport(Name)]
    internal static partial int madvise(void* address, nuint length, int advice);

    [LibraryImport(Name)]
    internal static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Name)]
    internal static partial int getsockopt(int socket, int level, int option, void* value, uint* length);

    [LibraryImport(Name)]
    internal static partial int setsockopt(int socket, int level, int option, void* value, uint length);
}

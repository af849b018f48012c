using System.Runtime.InteropServices;

namespace Sharptables.Kernel;

/// <summary>
/// The functions of the C library that this assembly calls, all with blittable arguments. After a failure, read errno at once with
/// <see cref="Marshal.GetLastSystemError"/>. In the native executable the C library is linked in, and these are direct calls. The
/// numbers are those that x86-64 and arm64 share (include/uapi/asm-generic).
/// </summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EEXIST = 17;
    public const int ENOTDIR = 20;
    public const int EINVAL = 22;
    public const int EFBIG = 27;
    public const int ENOPROTOOPT = 92;
    public const int EPROTONOSUPPORT = 93;

    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_RDWR = 2;
    public const int O_PATH = 0x200000;
    public const int F_GETFL = 3;
    public const int O_CREAT = 0x40;
    public const int O_EXCL = 0x80;
    public const int O_TRUNC = 0x200;
    public const int O_NOCTTY = 0x100;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;

    public const int SEEK_CUR = 1;

    public const int LOCK_EX = 2;
    public const int LOCK_NB = 4;

    public const short POLLIN = 1;
    public const short POLLOUT = 4;

    public const int SIGPIPE = 13;

    [LibraryImport(Name)]
    internal static partial int open(byte* path, int flags, uint mode);

    [LibraryImport(Name)]
    internal static partial int close(int fd);

    [LibraryImport(Name)]
    internal static partial nint read(int fd, void* buffer, nuint count);

    [LibraryImport(Name)]
    internal static partial nint write(int fd, void* buffer, nuint count);

    [LibraryImport(Name)]
    internal static partial nint lseek(int fd, nint offset, int whence);

    [LibraryImport(Name)]
    internal static partial nint readlink(byte* path, byte* buffer, nuint size);

    [LibraryImport(Name)]
    internal static partial int fcntl(int fd, int command);

    [LibraryImport(Name)]
    internal static partial int poll(PollFd* descriptors, nuint count, int milliseconds);

    [LibraryImport(Name)]
    internal static partial int pipe2(int* ends, int flags);

    [LibraryImport(Name)]
    internal static partial int flock(int fd, int operation);

    [LibraryImport(Name)]
    internal static partial int statx(int directory, byte* path, int flags, uint mask, Statx* status);

    [LibraryImport(Name)]
    internal static partial byte* getenv(byte* name);

    [LibraryImport(Name)]
    internal static partial int setenv(byte* name, byte* value, int overwrite);

    [LibraryImport(Name)]
    internal static partial int unsetenv(byte* name);

    [LibraryImport(Name)]
    internal static partial byte* strerror(int errno);
}

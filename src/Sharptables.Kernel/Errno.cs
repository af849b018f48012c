namespace Sharptables.Kernel;

/// <summary>Error numbers that somebody acts upon (asm-generic/errno-base.h, asm-generic/errno.h).</summary>
internal static class Errno
{
    /// <summary>Not permitted.</summary>
    public const int EPERM = 1;

    /// <summary>No such thing.</summary>
    public const int ENOENT = 2;

    /// <summary>The file is no program.</summary>
    public const int ENOEXEC = 8;

    /// <summary>The child process is gone.</summary>
    public const int ECHILD = 10;

    /// <summary>It changed in between; once more.</summary>
    public const int EAGAIN = 11;

    /// <summary>Out of memory.</summary>
    public const int ENOMEM = 12;

    /// <summary>Not allowed.</summary>
    public const int EACCES = 13;

    /// <summary>Somebody else has it.</summary>
    public const int EBUSY = 16;

    /// <summary>Exists already.</summary>
    public const int EEXIST = 17;

    /// <summary>A value that the kernel does not take.</summary>
    public const int EINVAL = 22;

    /// <summary>This process may have no more files open.</summary>
    public const int EMFILE = 24;

    /// <summary>Too many links.</summary>
    public const int EMLINK = 31;

    /// <summary>A pipe that nobody reads.</summary>
    public const int EPIPE = 32;

    /// <summary>Too many levels: chains that jump in a loop.</summary>
    public const int ELOOP = 40;

    /// <summary>A message that is none.</summary>
    public const int EBADMSG = 74;

    /// <summary>The interface is not there: no such table family.</summary>
    public const int ENOPROTOOPT = 92;

    /// <summary>The protocol is not there: no such part of netlink.</summary>
    public const int EPROTONOSUPPORT = 93;

    /// <summary>The kernel cannot do this.</summary>
    public const int EOPNOTSUPP = 95;
}

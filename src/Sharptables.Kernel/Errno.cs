namespace Sharptables.Kernel;

/// <summary>Error numbers that somebody acts upon (asm-generic/errno-base.h, asm-generic/errno.h).</summary>
public static class Errno
{
    /// <summary>Not permitted.</summary>
    public const int EPERM = 1;

    /// <summary>No such thing.</summary>
    public const int ENOENT = 2;

    /// <summary>It changed in between; once more.</summary>
    public const int EAGAIN = 11;

    /// <summary>Out of memory.</summary>
    public const int ENOMEM = 12;

    /// <summary>Not allowed.</summary>
    public const int EACCES = 13;

    /// <summary>Exists already.</summary>
    public const int EEXIST = 17;

    /// <summary>A value that the kernel does not take.</summary>
    public const int EINVAL = 22;

    /// <summary>Too many links.</summary>
    public const int EMLINK = 31;

    /// <summary>Too many levels: chains that jump in a loop.</summary>
    public const int ELOOP = 40;

    /// <summary>The interface is not there: no such table family.</summary>
    public const int ENOPROTOOPT = 92;
}

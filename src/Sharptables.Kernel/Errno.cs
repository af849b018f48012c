namespace Sharptables.Kernel;

/// <summary>The error numbers that the code acts on (asm-generic/errno-base.h, asm-generic/errno.h).</summary>
internal static class Errno
{
    /// <summary>Operation not permitted.</summary>
    public const int EPERM = 1;

    /// <summary>No such file, module, set or entry.</summary>
    public const int ENOENT = 2;

    /// <summary>Too long or too many; from libip4tc: a rule's number that the chain does not have.</summary>
    public const int E2BIG = 7;

    /// <summary>The file is not an executable.</summary>
    public const int ENOEXEC = 8;

    /// <summary>No child process.</summary>
    public const int ECHILD = 10;

    /// <summary>Try again; from x_tables: the table has changed since it was read.</summary>
    public const int EAGAIN = 11;

    /// <summary>Out of memory.</summary>
    public const int ENOMEM = 12;

    /// <summary>Permission denied.</summary>
    public const int EACCES = 13;

    /// <summary>In use.</summary>
    public const int EBUSY = 16;

    /// <summary>Already exists.</summary>
    public const int EEXIST = 17;

    /// <summary>Invalid argument.</summary>
    public const int EINVAL = 22;

    /// <summary>This process has too many open files.</summary>
    public const int EMFILE = 24;

    /// <summary>A file system that is mounted read-only.</summary>
    public const int EROFS = 30;

    /// <summary>Too many links.</summary>
    public const int EMLINK = 31;

    /// <summary>A pipe without a reader.</summary>
    public const int EPIPE = 32;

    /// <summary>Not empty.</summary>
    public const int ENOTEMPTY = 39;

    /// <summary>Malformed message.</summary>
    public const int EBADMSG = 74;

    /// <summary>From nf_tables: the ruleset has changed since the generation that a batch names.</summary>
    public const int ERESTART = 85;

    /// <summary>A message is longer than a socket may send.</summary>
    public const int EMSGSIZE = 90;

    /// <summary>Unknown socket option; from x_tables: the family has no tables in this kernel.</summary>
    public const int ENOPROTOOPT = 92;

    /// <summary>Unknown protocol; from netlink: this kernel lacks the subsystem.</summary>
    public const int EPROTONOSUPPORT = 93;

    /// <summary>Not supported.</summary>
    public const int EOPNOTSUPP = 95;

    /// <summary>No room for what was received.</summary>
    public const int ENOBUFS = 105;

    /// <summary>No route leads there.</summary>
    public const int ENETUNREACH = 101;

    /// <summary>No route leads there from here, or this machine does not forward.</summary>
    public const int EHOSTUNREACH = 113;

    /// <summary>Not from one device to another; of a route: no packet comes from that source by that interface.</summary>
    public const int EXDEV = 18;
}

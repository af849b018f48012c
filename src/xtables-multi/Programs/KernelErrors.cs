using Sharptables.Kernel;

namespace Sharptables.Programs;

/// <summary>What iptables says of the kernel's error numbers.</summary>
internal static class KernelErrors
{
    /// <summary>Why a table cannot be opened.</summary>
    public static string OpenText(KernelException e) => e.Errno switch
    {
        Errno.ENOENT or Errno.ENOPROTOOPT => "Table does not exist (do you need to insmod?)",
        Errno.EPERM => "Permission denied (you must be root)",
        Errno.EINVAL => "Module is wrong version",
        _ => e.Message,
    };

    /// <summary>Why a table cannot be written.</summary>
    public static string WriteText(KernelException e) => e.Errno switch
    {
        Errno.ENOENT => "No chain/target/match by that name.",
        Errno.EINVAL => "Invalid argument. Run `dmesg' for more information.",
        _ => e.Message + ".",
    };
}

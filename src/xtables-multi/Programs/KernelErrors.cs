using System;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>What iptables says of the kernel's error numbers.</summary>
internal static class KernelErrors
{
    /// <summary>Whether an exception says that something could not be read or written, and not that it was typed wrongly.</summary>
    public static bool IsOne(Exception e) => e is KernelException or MalformedTableException;

    /// <summary>What could not be read or written, and why.</summary>
    public static string Text(Exception e) => e switch
    {
        KernelException { Operation: "write" } => $"cannot write the output: {e.Message}",
        KernelException failed => $"{failed.Operation}: {failed.Message}",
        _ => $"what the kernel gave as the table is none: {e.Message}",
    };

    /// <summary>Why a table cannot be opened.</summary>
    /// <param name="e">What the kernel said.</param>
    /// <param name="loading">What came of having the kernel's part loaded: iptables takes its failure for that of the table.</param>
    public static string OpenText(KernelException e, ModuleAttempt? loading = null) => e.Errno switch
    {
        Errno.ENOPROTOOPT when loading is not { HasLoaded: false } => "iptables who? (do you need to insmod?)",
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

using System;
using Sharptables.Backends;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>iptables' messages for the kernel's error numbers.</summary>
internal static class KernelErrors
{
    /// <summary>Whether an exception is a failure to read or write, not a mistake in what was typed.</summary>
    public static bool IsOne(Exception e) => e is KernelException or MalformedTableException or TablesChangedException;

    /// <summary>What could not be read or written, and why.</summary>
    public static string Text(Exception e) => e switch
    {
        KernelException { Operation: "write" } => $"cannot write the output: {e.Message}",
        TablesChangedException => "other processes change the tables all the time: nothing was done",
        KernelException failed => $"{failed.Operation}: {failed.Message}",
        _ => $"what the kernel returned is not a valid table: {e.Message}",
    };

    /// <summary>The error of a program that changes tables.</summary>
    public static UsageException ErrorOf(Exception e) => new(Text(e), e is TablesChangedException ? ErrorShape.RefusedByNft : ErrorShape.Refused);

    /// <summary>Why a table cannot be opened.</summary>
    /// <param name="e">The kernel's error.</param>
    /// <param name="loading">The outcome of loading the kernel's part: iptables reports its failure as that of the table.</param>
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

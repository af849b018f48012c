using System.Diagnostics.CodeAnalysis;

namespace Sharptables.Kernel;

/// <summary>The process that this program is.</summary>
public static unsafe class ThisProcess
{
    /// <summary>To set up networks: rules, interfaces (linux/capability.h).</summary>
    public const int NetAdmin = 12;

    /// <summary>To send what packets one likes, which opening a table needs besides.</summary>
    public const int NetRaw = 13;

    /// <summary>Whether it acts as root.</summary>
    public static bool IsRoot => Libc.geteuid() == 0;

    /// <summary>Whether /proc, where the kernel tells of itself, is mounted where it can see it.</summary>
    public static bool SeesProc => FileDescriptor.Exists("/proc/net/dev"u8);

    /// <summary>Whether it has a capability, in the user namespace that it is in.</summary>
    /// <param name="capability">Its number, below 32.</param>
    public static bool Has(int capability)
    {
        uint* header = stackalloc uint[2] { Libc.CapabilityVersion, 0 };
        Libc.CapabilitySets sets;

        // SAFETY: the header is a version and a process, itself; of this version the kernel writes two structs, which the sets are.
        return Libc.capget(header, &sets) == 0 && (sets.Effective >> capability & 1) != 0;
    }

    /// <summary>
    /// Ends it at once. Returning from Main would have the runtime look for threads to wait for and code to run at the end; there is
    /// none.
    /// </summary>
    /// <param name="status">The exit status.</param>
    [DoesNotReturn]
    public static void End(int status) => Libc._exit(status);
}

using System.Diagnostics.CodeAnalysis;

namespace Sharptables.Kernel;

internal static unsafe class ThisProcess
{
    /// <summary>CAP_NET_ADMIN: configure rules and interfaces (linux/capability.h).</summary>
    public const int NetAdmin = 12;

    /// <summary>CAP_NET_RAW: raw sockets, which opening a table needs as well.</summary>
    public const int NetRaw = 13;

    /// <summary>Whether its effective user is root.</summary>
    public static bool IsRoot => Libc.geteuid() == 0;

    /// <summary>Whether /proc is mounted.</summary>
    public static bool SeesProc => FileDescriptor.Exists("/proc/net/dev"u8);

    /// <summary>Whether it has a capability in its user namespace.</summary>
    /// <param name="capability">Its number, below 32.</param>
    public static bool Has(int capability)
    {
        uint* header = stackalloc uint[2] { Libc.CapabilityVersion, 0 };
        Libc.CapabilitySets sets;

        // SAFETY: the header is a version and a process id, 0 for ourselves; for this version the kernel writes two structs, the sets.
        return Libc.capget(header, &sets) == 0 && (sets.Effective >> capability & 1) != 0;
    }

    /// <summary>
    /// Ends the process at once. Returning from Main would make the runtime look for threads to join and exit code to run; there is none.
    /// </summary>
    [DoesNotReturn]
    public static void End(int status) => Libc._exit(status);
}

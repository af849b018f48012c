namespace Sharptables.Kernel;

/// <summary>
/// A network namespace without interfaces or rules (network_namespaces(7)), where a table can be tried on the kernel without harm.
/// </summary>
internal static class EmptyNetwork
{
    private const int CloneNewNet = 0x40000000; // linux/sched.h

    /// <summary>Moves the calling thread, and no other, into a new network namespace, which lasts as long as the thread.</summary>
    /// <returns>False without the right to; nothing has changed then.</returns>
    public static bool TryEnter() => Libc.unshare(CloneNewNet) == 0;
}

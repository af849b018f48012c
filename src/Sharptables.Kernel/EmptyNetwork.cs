namespace Sharptables.Kernel;

/// <summary>
/// A network namespace without interfaces and rules (network_namespaces(7)), in which the kernel can be asked what it thinks of a table.
/// </summary>
internal static class EmptyNetwork
{
    private const int CloneNewNet = 0x40000000; // linux/sched.h

    /// <summary>Moves the calling thread, and no other, into a network namespace of its own, which goes when the thread ends.</summary>
    /// <returns>False when one may not, and the thread is where it was.</returns>
    public static bool TryEnter() => Libc.unshare(CloneNewNet) == 0;
}

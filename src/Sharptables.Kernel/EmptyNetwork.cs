using System;
using System.Threading;

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

    /// <summary>Opens something in a new network namespace, which lasts as long as what was opened: a socket stays where it was opened.</summary>
    /// <returns>Null without the right to, or if it cannot be opened.</returns>
    public static T? TryOpen<T>(Func<T> open)
        where T : class
    {
        T? opened = null;
        Thread thread = new(() =>
        {
            try
            {
                opened = TryEnter() ? open() : null;
            }
            catch (KernelException)
            {
                // the kernel lacks it; asking for a table reports that
            }
        });
        thread.Start();
        thread.Join();
        return opened;
    }
}

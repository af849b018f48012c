using Sharptables.Kernel;

namespace Sharptables.Backends.Nft;

/// <summary>The generation of nf_tables' ruleset, a number that every change increments.</summary>
internal static class NftGeneration
{
    /// <summary>The number before the first change, and on a kernel without nf_tables.</summary>
    public const uint First = 1;

    private const byte AnyFamily = 0; // NFPROTO_UNSPEC, linux/netfilter.h

    public static uint Read()
    {
        try
        {
            using NftSocket socket = new(AnyFamily);
            return socket.ReadGeneration();
        }
        catch (KernelException)
        {
            return First; // the kernel has no nf_tables, or has not loaded it: nothing can have changed
        }
    }
}

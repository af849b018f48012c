using Sharptables.Backends;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The only place that knows what stands behind the kernel's interfaces.</summary>
internal static class KernelTables
{
    /// <summary>The tables of a family; asks nothing of the kernel until the first is used.</summary>
    /// <param name="through">The interface.</param>
    /// <param name="extensions">The extensions of the family.</param>
    /// <param name="modprobe">The program that loads kernel modules; null: the one that the kernel names.</param>
    public static ITables Open(KernelInterface through, ExtensionSet extensions, byte[]? modprobe = null) =>
        through == KernelInterface.Nft ? new NftTables(extensions) : new LegacyTables(extensions, modprobe);
}

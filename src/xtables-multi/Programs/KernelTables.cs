using Sharptables.Backends;
using Sharptables.Backends.Legacy;
using Sharptables.Extensions.Catalogue;

namespace Sharptables.Programs;

/// <summary>The only place that decides which of the kernel's interfaces the programs use.</summary>
internal static class KernelTables
{
    /// <summary>The tables of a family; asks nothing of the kernel until the first is used.</summary>
    /// <param name="extensions">The extensions of the family.</param>
    /// <param name="modprobe">The program that loads kernel modules; null: the one that the kernel names.</param>
    public static ITables Open(ExtensionSet extensions, byte[]? modprobe = null) => new LegacyTables(extensions, modprobe);
}

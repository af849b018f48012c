using Sharptables.Backends;
using Sharptables.Backends.Legacy;
using Sharptables.Extensions.Catalogue;

namespace Sharptables.Programs;

/// <summary>Which of the kernel's interfaces the programs use; here alone it is decided.</summary>
internal static class KernelTables
{
    /// <summary>The tables of a family; nothing is asked of the kernel before the first of them is.</summary>
    /// <param name="extensions">The extensions of the family.</param>
    /// <param name="modprobe">The program that loads kernel modules; null: the one that the kernel names.</param>
    public static ITables Open(ExtensionSet extensions, byte[]? modprobe = null) => new LegacyTables(extensions, modprobe);
}

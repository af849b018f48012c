using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>Warns whoever lists tables that the kernel's other interface has some as well, since packets have to pass both.</summary>
internal static class OtherInterface
{
    /// <summary>Warns, in the original's words; of tables without rules, too, since the kernel does not drop one that was made.</summary>
    /// <param name="invocation">The program that lists.</param>
    /// <param name="suffix">What the program's plain name has more than <see cref="Invocation.CommandName"/>.</param>
    /// <param name="errors">Where to warn.</param>
    public static void Warn(Invocation invocation, string suffix, ErrorReport errors)
    {
        bool isNft = invocation.Interface == KernelInterface.Nft;
        if (isNft ? invocation.Family.KernelTables is { } tables && FileReader.TryReadAll($"/proc/net/{tables}_names") is [_, ..] : NftPresence.HasTables(invocation.Family))
        {
            string other = $"{invocation.CommandName}-{(isNft ? "legacy" : "nft")}";
            errors.Line($"# Warning: {other} tables present, use {other}{suffix} to see them");
        }
    }
}

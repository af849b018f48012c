using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>Warns whoever lists tables that the kernel's other interface has some as well, since packets have to pass both.</summary>
internal static class OtherInterface
{
    /// <summary>Warns, in the original's words.</summary>
    /// <param name="invocation">The program that lists.</param>
    /// <param name="suffix">What the program's plain name has more than <see cref="Invocation.CommandName"/>.</param>
    /// <param name="errors">Where to warn.</param>
    public static void Warn(Invocation invocation, string suffix, ErrorReport errors)
    {
        bool isNft = invocation.Interface == KernelInterface.Nft;
        if (isNft ? HasLegacyTables(invocation.Family) : NftPresence.HasTables(invocation.Family))
        {
            string other = $"{invocation.CommandName}-{(isNft ? "legacy" : "nft")}";
            errors.Line($"# Warning: {other} tables present, use {other}{suffix} to see them");
        }
    }

    /// <summary>Whether there are any: with rules or not, since the kernel does not drop a table that was made.</summary>
    private static bool HasLegacyTables(Family family)
    {
        try
        {
            using LegacyTables tables = new(new ExtensionSet(family));
            return tables.NamesInForce().Count > 0;
        }
        catch (KernelException)
        {
            return false; // it is not for this process to know
        }
    }
}

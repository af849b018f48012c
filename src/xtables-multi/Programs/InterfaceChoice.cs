using System;
using Sharptables.Backends.Legacy;
using Sharptables.Backends.Nft;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>
/// Which of the kernel's interfaces programs use whose names leave that open. Rules in both would each do only a part: so this follows the
/// administrator, then the rules that are there, then the system, then the kernel.
/// </summary>
/// <param name="Interface">The interface.</param>
/// <param name="Reason">Why, as the end of a sentence.</param>
internal sealed record InterfaceChoice(KernelInterface Interface, string Reason)
{
    private static readonly InterfaceChoice s_nftByDefault = new(KernelInterface.Nft, "it is the kernel's interface of today");

    /// <summary>Chooses. Asks no more than it takes, and loads no module for an interface that is not chosen.</summary>
    public static InterfaceChoice Make()
    {
        if (Settings.InterfaceSet is { } set)
        {
            return new(set, $"the setting \"interface\" ({Settings.InterfaceVariable} or {Settings.File}) says so");
        }

        InterfaceChoice? system = OfSystem();
        if (HasLegacyRules())
        {
            return !HasNftTables() ? new(KernelInterface.Legacy, "it has rules, and nf_tables has none of iptables")
                : system ?? new(KernelInterface.Nft, "both interfaces have rules of iptables, and packets pass those of nf_tables last");
        }

        return system is { Interface: KernelInterface.Legacy } && HasNftTables() ? new(KernelInterface.Nft, "it has rules of iptables, and the legacy interface has none")
            : system ?? (NftPresence.Answers() ? s_nftByDefault : new(KernelInterface.Legacy, "the kernel has no nf_tables"));
    }

    /// <summary>What would have programs use the other interface than the wanted one, now or after the next boot, and how to change that; null for nothing.</summary>
    public static string? Against(KernelInterface wanted)
    {
        string word = wanted == KernelInterface.Nft ? "nft" : "legacy";
        if (Settings.InterfaceSet is { } set)
        {
            return set == wanted ? null
                : $"Warning: iptables still uses the other interface: {Settings.InterfaceVariable} or {Settings.File} says so. Say \"interface = {word}\" there.";
        }

        return OfSystem() is not { } system || system.Interface == wanted ? null
            : $"Warning: after the next boot iptables uses the other interface again: the alternative of the system says so. Run: "
                + string.Join("; ", Array.ConvertAll(Family.OfXTables(), family => $"update-alternatives --set {family.Program} /usr/sbin/{family.Program}-{word}"));
    }

    /// <summary>What Debian's alternative for iptables says, if it is one that says so by its name.</summary>
    private static InterfaceChoice? OfSystem()
    {
        ReadOnlySpan<byte> target = FileReader.TryReadLink("/etc/alternatives/iptables"u8);
        const string Reason = "the alternative of the system (update-alternatives) is such a program";
        return target.EndsWith("iptables-nft"u8) ? new(KernelInterface.Nft, Reason)
            : target.EndsWith("iptables-legacy"u8) ? new(KernelInterface.Legacy, Reason)
            : null;
    }

    private static bool HasLegacyRules() => Array.Exists(Family.OfXTables(), static family =>
    {
        using LegacyTables tables = new(new ExtensionSet(family));
        return tables.HaveRules();
    });

    private static bool HasNftTables() => Array.Exists(Family.OfXTables(), NftPresence.HasTables);
}

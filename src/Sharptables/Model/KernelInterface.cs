namespace Sharptables.Model;

/// <summary>The two interfaces that the kernel has for rules.</summary>
internal enum KernelInterface
{
    /// <summary>ip_tables and ip6_tables.</summary>
    Legacy,

    /// <summary>nf_tables.</summary>
    Nft,
}

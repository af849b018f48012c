namespace Sharptables.Kernel;

/// <summary>The two address families that ip_tables and ip6_tables filter; the values are <c>AF_INET</c> and <c>AF_INET6</c>.</summary>
public enum Family : byte
{
    /// <summary>IPv4: the kernel's <c>ip_tables</c>.</summary>
    IPv4 = 2,

    /// <summary>IPv6: the kernel's <c>ip6_tables</c>.</summary>
    IPv6 = 10,
}

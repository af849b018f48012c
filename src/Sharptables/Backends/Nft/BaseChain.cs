namespace Sharptables.Backends.Nft;

/// <summary>How iptables hooks a built-in chain into nf_tables: what makes a chain of that name the built-in one.</summary>
/// <param name="Type">The chain's type.</param>
/// <param name="Priority">Its place among the chains of its hook.</param>
internal readonly record struct BaseChain(string Type, int Priority)
{
    private const int RawPriority = -300; // enum nf_ip_hook_priorities, linux/netfilter_ipv4.h
    private const int ManglePriority = -150;
    private const int DestinationNatPriority = -100;
    private const int SourceNatPriority = 100;
    private const int SecurityPriority = 150;

    /// <summary>That of a table's chain.</summary>
    /// <param name="table">The name of the table.</param>
    /// <param name="chain">The name of the chain.</param>
    public static BaseChain Of(string table, string chain) => (table, chain) switch
    {
        ("raw", _) => new("filter", RawPriority),
        ("mangle", "OUTPUT") => new("route", ManglePriority), // the packet is routed again
        ("mangle", _) => new("filter", ManglePriority),
        ("nat", "PREROUTING" or "OUTPUT") => new("nat", DestinationNatPriority),
        ("nat", _) => new("nat", SourceNatPriority),
        ("security", _) => new("filter", SecurityPriority),
        _ => new("filter", 0),
    };
}

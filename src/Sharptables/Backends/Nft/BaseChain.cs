using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>How iptables hooks a built-in chain into nf_tables: what makes a chain of that name the built-in one.</summary>
/// <param name="Type">The chain's type.</param>
/// <param name="Priority">Its place among the chains of its hook.</param>
/// <param name="Hook">Its hook, if that is not the one of the same name.</param>
internal readonly record struct BaseChain(string Type, int Priority, int? Hook = null)
{
    private const int PreRoutingHook = 0; // NF_BR_PRE_ROUTING
    private const int BridgeFirstPriority = int.MinValue; // enum nf_br_hook_priorities, linux/netfilter_bridge.h
    private const int BridgeDestinationNatPriority = -300;
    private const int BridgeFilterPriority = -200;
    private const int BridgeDestinationNatOtherPriority = 100;
    private const int BridgeSourceNatPriority = 300;

    private const int RawPriority = -300; // enum nf_ip_hook_priorities, linux/netfilter_ipv4.h
    private const int ManglePriority = -150;
    private const int DestinationNatPriority = -100;
    private const int SourceNatPriority = 100;
    private const int SecurityPriority = 150;

    /// <summary>That of a table's chain.</summary>
    /// <param name="table">The table.</param>
    /// <param name="chain">The name of the chain.</param>
    public static BaseChain Of(BuiltInTable table, string chain) => (table.Families & Families.Bridge) != 0 ? OfBridge(table.Name, chain) : (table.Name, chain) switch
    {
        ("raw", _) => new("filter", RawPriority),
        ("mangle", "OUTPUT") => new("route", ManglePriority), // the packet is routed again
        ("mangle", _) => new("filter", ManglePriority),
        ("nat", "PREROUTING" or "OUTPUT") => new("nat", DestinationNatPriority),
        ("nat", _) => new("nat", SourceNatPriority),
        ("security", _) => new("filter", SecurityPriority),
        _ => new("filter", 0),
    };

    private static BaseChain OfBridge(string table, string chain) => (table, chain) switch
    {
        ("broute", _) => new("filter", BridgeFirstPriority, PreRoutingHook),
        ("nat", "PREROUTING") => new("filter", BridgeDestinationNatPriority),
        ("nat", "OUTPUT") => new("filter", BridgeDestinationNatOtherPriority),
        ("nat", _) => new("filter", BridgeSourceNatPriority),
        _ => new("filter", BridgeFilterPriority),
    };
}

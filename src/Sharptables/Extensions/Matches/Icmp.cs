using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m icmp</c>.</summary>
internal sealed class Icmp() : IcmpMatch("icmp", "icmp-type", " icmp", Protocol.Icmp, Types)
{
    private static readonly IcmpTypeName s_any = new("any", 255);
    internal static readonly IcmpTypeSyntax Types = new("ICMP",
    [
        s_any,
        new("echo-reply", 0, alias: "pong"),
        new("destination-unreachable", 3),
        new("network-unreachable", 3, code: 0),
        new("host-unreachable", 3, code: 1),
        new("protocol-unreachable", 3, code: 2),
        new("port-unreachable", 3, code: 3),
        new("fragmentation-needed", 3, code: 4),
        new("source-route-failed", 3, code: 5),
        new("network-unknown", 3, code: 6),
        new("host-unknown", 3, code: 7),
        new("network-prohibited", 3, code: 9),
        new("host-prohibited", 3, code: 10),
        new("TOS-network-unreachable", 3, code: 11),
        new("TOS-host-unreachable", 3, code: 12),
        new("communication-prohibited", 3, code: 13),
        new("host-precedence-violation", 3, code: 14),
        new("precedence-cutoff", 3, code: 15),
        new("source-quench", 4),
        new("redirect", 5),
        new("network-redirect", 5, code: 0),
        new("host-redirect", 5, code: 1),
        new("TOS-network-redirect", 5, code: 2),
        new("TOS-host-redirect", 5, code: 3),
        new("echo-request", 8, alias: "ping"),
        new("router-advertisement", 9),
        new("router-solicitation", 10),
        new("time-exceeded", 11, alias: "ttl-exceeded"),
        new("ttl-zero-during-transit", 11, code: 0),
        new("ttl-zero-during-reassembly", 11, code: 1),
        new("parameter-problem", 12),
        new("ip-header-bad", 12, code: 0),
        new("required-option-missing", 12, code: 1),
        new("timestamp-request", 13),
        new("timestamp-reply", 14),
        new("address-mask-request", 17),
        new("address-mask-reply", 18),
    ], s_any);

    /// <inheritdoc/>
    public override string Summary => "Matches ICMP packets by their type and code.";
}

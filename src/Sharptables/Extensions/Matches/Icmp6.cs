using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m icmp6</c>.</summary>
internal sealed class Icmp6() : IcmpMatch("icmp6", "icmpv6-type", " ipv6-icmp", Protocol.Icmp6, Types)
{
    internal static readonly IcmpTypeSyntax Types = new("ICMPv6",
    [
        new("destination-unreachable", 1),
        new("no-route", 1, code: 0),
        new("communication-prohibited", 1, code: 1),
        new("beyond-scope", 1, code: 2),
        new("address-unreachable", 1, code: 3),
        new("port-unreachable", 1, code: 4),
        new("failed-policy", 1, code: 5),
        new("reject-route", 1, code: 6),
        new("packet-too-big", 2),
        new("time-exceeded", 3, alias: "ttl-exceeded"),
        new("ttl-zero-during-transit", 3, code: 0),
        new("ttl-zero-during-reassembly", 3, code: 1),
        new("parameter-problem", 4),
        new("bad-header", 4, code: 0),
        new("unknown-header-type", 4, code: 1),
        new("unknown-option", 4, code: 2),
        new("echo-request", 128, alias: "ping"),
        new("echo-reply", 129, alias: "pong"),
        new("mld-listener-query", 130),
        new("mld-listener-report", 131),
        new("mld-listener-done", 132, alias: "mld-listener-reduction"),
        new("router-solicitation", 133),
        new("router-advertisement", 134),
        new("neighbour-solicitation", 135, alias: "neighbor-solicitation"),
        new("neighbour-advertisement", 136, alias: "neighbor-advertisement"),
        new("redirect", 137),
    ]);

    /// <inheritdoc/>
    public override string HelpHeading => "icmpv6 match options:";

    /// <inheritdoc/>
    public override string Summary => "Matches ICMPv6 packets by their type and code.";
}

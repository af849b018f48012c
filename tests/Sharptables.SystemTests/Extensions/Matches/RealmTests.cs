using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class RealmTests
{
    [Shows("-m realm")]
    [Theory]
    [InlineData(4, "ip route add 198.51.100.0/24 via 203.0.113.9 realm 5 ; -A FORWARD -m realm --realm 5",
        "+ lan>wan udp dst=198.51.100.7", "- lan>wan udp")]
    [InlineData(4, "ip route add 198.51.100.0/24 via 203.0.113.9 realm 5 ; -A FORWARD -m realm ! --realm 0x4/0xfe",
        "- lan>wan udp dst=198.51.100.7", "+ lan>wan udp")]
    public void Takes_packets_by_the_realm_of_their_route(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

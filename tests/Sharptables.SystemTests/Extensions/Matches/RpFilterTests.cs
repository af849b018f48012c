using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class RpFilterTests
{
    [Shows("-m rpfilter")]
    [Theory]
    [InlineData(4, "ip rule add fwmark 1 table 5 ; ip route add 203.0.113.10 dev LAN1 table 5 ; " +
        "-t raw -A PREROUTING -p udp -j MARK --set-mark 1 ; -t raw -A PREROUTING -m rpfilter --validmark",
        "+ udp src=203.0.113.10", "- tcp src=203.0.113.10")]
    public void The_mark_counts_for_the_way_back(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

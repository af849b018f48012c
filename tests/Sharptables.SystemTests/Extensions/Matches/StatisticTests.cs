using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class StatisticTests
{
    [Shows("-m statistic")]
    [Theory]
    [InlineData(4, "-A INPUT -m statistic --mode nth --every 3 --packet 0", "+ udp", "- udp", "- udp", "+ udp")]
    [InlineData(4, "-A INPUT -m statistic --mode nth --every 3 --packet 1", "- udp", "+ udp", "- udp", "- udp", "+ udp")]
    [InlineData(4, "-A INPUT -m statistic --mode random --probability 1", "+ udp", "+ udp", "+ udp")]
    [InlineData(4, "-A INPUT -m statistic --mode random ! --probability 1", "- udp", "- udp", "- udp")]
    [InlineData(6, "-A INPUT -m statistic --mode nth --every 2 --packet 0", "+ udp", "- udp")]
    public void Takes_every_nth_packet_or_by_chance(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

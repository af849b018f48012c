using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class RecentTests
{
    [Shows("-m recent")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m recent --name seen --set ; -A INPUT -m recent --name seen --rcheck",
        "- udp", "+ tcp", "+ udp", "- udp src=192.168.1.3")]
    [InlineData(4, "-A INPUT -m recent --name often --set ; -A INPUT -m recent --name often --rcheck --seconds 60 --hitcount 3",
        "- udp", "- udp", "+ udp", "- udp src=192.168.1.3")]
    [InlineData(4, "-A INPUT -p tcp -m recent --name to --rdest --set ; -A INPUT -p udp -m recent --name to --rdest --remove",
        "- udp", "- tcp", "+ udp", "- udp")]
    [InlineData(4, "-A INPUT -p tcp -m recent --name hop --set ; -A INPUT -m recent --name hop --rcheck --rttl",
        "+ tcp ttl=9", "+ udp ttl=9", "- udp ttl=10")]
    [InlineData(6, "-A INPUT -p tcp -m recent --name six --set ; -A INPUT -m recent --name six --update",
        "- udp", "+ tcp", "+ udp", "- udp src=fd00:1::3")]
    public void Takes_packets_by_the_addresses_seen_before(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

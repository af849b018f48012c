using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class ConnLimitTests
{
    [Shows("-m connlimit")]
    [Theory]
    [InlineData(4, "-A FORWARD -p tcp -m connlimit --connlimit-above 1",
        "- lan>wan tcp sport=1", "+ lan>wan tcp sport=2", "- lan>wan tcp sport=3 src=192.168.1.3")]
    [InlineData(4, "-A FORWARD -p tcp -m connlimit --connlimit-upto 1 --connlimit-mask 24",
        "+ lan>wan tcp sport=1", "- lan>wan tcp sport=2 src=192.168.1.3")]
    [InlineData(4, "-A FORWARD -p tcp -m connlimit --connlimit-above 1 --connlimit-daddr",
        "- lan>wan tcp sport=1", "+ lan>wan tcp sport=2 src=192.168.1.3", "- lan>wan tcp sport=3 dst=203.0.113.10")]
    [InlineData(6, "-A FORWARD -p tcp -m connlimit --connlimit-above 1 --connlimit-mask 127",
        "- lan>wan tcp sport=1", "+ lan>wan tcp sport=2 src=fd00:1::3", "- lan>wan tcp sport=3 src=fd00:1::4")]
    public void Takes_packets_by_how_many_connections_their_host_has(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

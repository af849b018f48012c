using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class PhysDevTests
{
    private const string Bridge =
        "ip link add br0 type bridge ; ip link set LAN1 master br0 ; ip link set WAN1 master br0 ; ip link set br0 up" +
        " ; sh -c 'cd /proc/sys/net/bridge && for n in bridge-nf-call-ip*tables; do echo 1 > $n; done' ; ";

    [Shows("-m physdev")]
    [Theory]
    [InlineData(4, Bridge + "-A FORWARD -m physdev --physdev-in LAN1",
        "+ lan>wan udp to=02:00:00:00:02:02", "- wan>lan udp to=02:00:00:00:01:02")]
    [InlineData(4, Bridge + "-A FORWARD -m physdev --physdev-is-bridged ! --physdev-out WAN1",
        "- lan>wan udp to=02:00:00:00:02:02", "+ wan>lan udp to=02:00:00:00:01:02")]
    [InlineData(4, "-A FORWARD -m physdev --physdev-is-in", "- lan>wan udp")]
    [InlineData(6, Bridge + "-A FORWARD -m physdev --physdev-in LAN1 ! --physdev-out LAN1",
        "+ lan>wan udp to=02:00:00:00:02:02", "- wan>lan udp to=02:00:00:00:01:02")]
    public void Takes_packets_by_the_port_of_a_bridge(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

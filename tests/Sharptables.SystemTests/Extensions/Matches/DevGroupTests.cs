using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class DevGroupTests
{
    [Shows("-m devgroup")]
    [Theory]
    [InlineData(4, "ip link set LAN1 group 5 ; -A INPUT -m devgroup --src-group 5", "+ udp", "- wan>router udp")]
    [InlineData(4, "ip link set LAN1 group 5 ; -A INPUT -m devgroup ! --src-group 4/6", "- udp", "+ wan>router udp")]
    [InlineData(4, "ip link set WAN1 group 5 ; -A FORWARD -m devgroup --dst-group 5", "+ lan>wan udp", "- wan>lan udp")]
    [InlineData(4, "ip link set WAN1 group 5 ; -A FORWARD -m devgroup --src-group 0 ! --dst-group 5", "- lan>wan udp", "- wan>lan udp")]
    [InlineData(6, "ip link set WAN1 group 5 ; -A FORWARD -m devgroup --dst-group 5", "+ lan>wan udp", "- wan>lan udp")]
    public void Takes_packets_by_the_group_of_their_interface(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

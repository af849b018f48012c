using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Targets;

public sealed class TcpMssTests
{
    [Theory]
    [InlineData(4, "ip link set WAN1 mtu 1300 ; -t mangle -A FORWARD -p tcp --syn -j TCPMSS --clamp-mss-to-pmtu", "lan>wan tcp mss=1460",
        "wan tcp syn mss=1260")]
    [InlineData(6, "ip link set WAN1 mtu 1300 ; -t mangle -A FORWARD -p tcp --syn -j TCPMSS --clamp-mss-to-pmtu", "lan>wan tcp mss=1440",
        "wan tcp syn mss=1240")]
    public void The_MSS_is_cut_to_what_the_way_takes(int ip, string commands, string packet, string heard) =>
        Lab.Sends(ip, commands, packet, heard);
}

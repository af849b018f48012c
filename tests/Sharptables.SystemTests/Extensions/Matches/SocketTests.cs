using System.Net.Sockets;
using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class SocketTests
{
    /// <summary>On the router's address: port 1, port 2 with a mark of 7, port 3 that is transparent. On any address: port 4.</summary>
    [Shows("-m socket")]
    [Theory]
    [InlineData(4, "-t mangle -A PREROUTING -m socket",
        "+ udp dport=1", "+ udp dport=3", "- udp dport=4", "- udp dport=5", "- lan>wan udp dport=1")]
    [InlineData(4, "-t mangle -A PREROUTING -m socket --nowildcard", "+ udp dport=1", "+ udp dport=4", "- udp dport=5")]
    [InlineData(4, "-t mangle -A PREROUTING -m socket --transparent", "- udp dport=1", "+ udp dport=3")]
    [InlineData(4, "-t mangle -A PREROUTING -m socket --restore-skmark ; -A INPUT -m mark --mark 7", "+ udp dport=2", "- udp dport=1")]
    [InlineData(6, "-t mangle -A PREROUTING -m socket", "+ udp dport=1", "- udp dport=4", "- udp dport=5")]
    [InlineData(6, "-t mangle -A PREROUTING -m socket --transparent --nowildcard", "- udp dport=1", "+ udp dport=3")]
    public void Takes_packets_for_a_socket_of_the_router(int ip, string commands, params string[] packets)
    {
        string router = ip == 6 ? "fd00:1::1" : "192.168.1.1";
        using Lab lab = new(v6: ip == 6);
        using Socket plain = lab.Listen(1, address: router);
        using Socket marked = lab.Listen(2, address: router, mark: 7);
        using Socket transparent = lab.Listen(3, transparent: true, address: router);
        using Socket any = lab.Listen(4);
        CountingRule.Check(lab, commands, packets);
    }
}

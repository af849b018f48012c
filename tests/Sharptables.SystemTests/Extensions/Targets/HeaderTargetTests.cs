using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Targets;

/// <summary>
/// What targets write into the heads of packets. Each row: the version of IP, commands, a packet, and what is then heard.
/// </summary>
public sealed class HeaderTargetTests
{
    [Shows("-j TCPMSS", "the MSS of a SYN on the wire")]
    [Theory]
    [InlineData(4, "-t mangle -A FORWARD -p tcp --syn -j TCPMSS --set-mss 1200", "lan>wan tcp mss=1460", "wan tcp syn mss=1200 !badsum")]
    [InlineData(6, "-t mangle -A FORWARD -p tcp --syn -j TCPMSS --set-mss 1200", "lan>wan tcp mss=1460", "wan tcp syn mss=1200 !badsum")]
    [InlineData(4, "ip link set WAN1 mtu 1300 ; -t mangle -A FORWARD -p tcp --syn -j TCPMSS --clamp-mss-to-pmtu", "lan>wan tcp mss=1460",
        "wan tcp syn mss=1260")]
    [InlineData(6, "ip link set WAN1 mtu 1300 ; -t mangle -A FORWARD -p tcp --syn -j TCPMSS --clamp-mss-to-pmtu", "lan>wan tcp mss=1440",
        "wan tcp syn mss=1240")]
    public void TcpMss(int ip, string commands, string packet, string heard) => Lab.Sends(ip, commands, packet, heard);

    [Shows("-j TTL", "the TTL on the wire")]
    [Theory]
    [InlineData(4, "-t mangle -A FORWARD -j TTL --ttl-set 11", "lan>wan udp", "wan udp ttl=11")]
    [InlineData(4, "-t mangle -A FORWARD -j TTL --ttl-inc 5", "lan>wan udp", "wan udp ttl=68")]
    [InlineData(4, "-t mangle -A FORWARD -j TTL --ttl-dec 5", "lan>wan udp", "wan udp ttl=58")]
    public void Ttl(int ip, string commands, string packet, string heard) => Lab.Sends(ip, commands, packet, heard);

    [Shows("-j HL", "the hop limit on the wire")]
    [Theory]
    [InlineData(6, "-t mangle -A FORWARD -j HL --hl-set 11", "lan>wan udp", "wan udp ttl=11")]
    [InlineData(6, "-t mangle -A FORWARD -j HL --hl-inc 5", "lan>wan udp", "wan udp ttl=68")]
    [InlineData(6, "-t mangle -A FORWARD -j HL --hl-dec 5", "lan>wan udp", "wan udp ttl=58")]
    public void Hl(int ip, string commands, string packet, string heard) => Lab.Sends(ip, commands, packet, heard);

    [Shows("-j DSCP", "the DSCP on the wire; the bits of ECN stay")]
    [Theory]
    [InlineData(4, "-t mangle -A FORWARD -j DSCP --set-dscp-class EF", "lan>wan udp", "wan udp tos=0xb8")]
    [InlineData(4, "-t mangle -A FORWARD -j DSCP --set-dscp 1", "lan>wan udp tos=0xfe", "wan udp tos=0x06")]
    [InlineData(6, "-t mangle -A FORWARD -j DSCP --set-dscp-class AF11", "lan>wan udp tos=0xfe", "wan udp tos=0x2a")]
    public void Dscp(int ip, string commands, string packet, string heard) => Lab.Sends(ip, commands, packet, heard);

    [Shows("-j TOS", "the TOS on the wire, each way to change it")]
    [Theory]
    [InlineData(4, "-t mangle -A FORWARD -j TOS --set-tos 0x10/0xff", "lan>wan udp", "wan udp tos=0x10")]
    [InlineData(4, "-t mangle -A FORWARD -j TOS --set-tos Maximize-Throughput", "lan>wan udp tos=0xe0", "wan udp tos=0xc8")]
    [InlineData(4, "-t mangle -A FORWARD -j TOS --and-tos 0xf0", "lan>wan udp tos=0x3c", "wan udp tos=0x30")]
    [InlineData(4, "-t mangle -A FORWARD -j TOS --or-tos 0x04", "lan>wan udp tos=0x30", "wan udp tos=0x34")]
    [InlineData(6, "-t mangle -A FORWARD -j TOS --xor-tos 0xff", "lan>wan udp tos=0x3c", "wan udp tos=0xc3")]
    public void Tos(int ip, string commands, string packet, string heard) => Lab.Sends(ip, commands, packet, heard);

    [Shows("-j ECN", "a SYN without ECE and CWR on the wire")]
    [Theory]
    [InlineData(4, "-t mangle -A FORWARD -p tcp --dport 80 -j ECN --ecn-tcp-remove", "lan>wan tcp dport=80 flags=syn,ece,cwr",
        "wan tcp syn !ece !cwr !badsum")]
    [InlineData(4, "-t mangle -A FORWARD -p tcp --dport 80 -j ECN --ecn-tcp-remove", "lan>wan tcp dport=81 flags=syn,ece,cwr",
        "wan tcp syn ece cwr")]
    public void Ecn(int ip, string commands, string packet, string heard) => Lab.Sends(ip, commands, packet, heard);

    /// <summary>0402 is SACK permitted, 0303 07 a window scale of 7.</summary>
    [Shows("-j TCPOPTSTRIP", "an option has become NOPs on the wire, its neighbour stays")]
    [Theory]
    [InlineData(4, "-t mangle -A FORWARD -p tcp -j TCPOPTSTRIP --strip-options mss", "lan>wan tcp mss=1460 opts=0402",
        "wan tcp syn nop nop nop nop sackok !mss=1460 !badsum")]
    [InlineData(6, "-t mangle -A FORWARD -p tcp -j TCPOPTSTRIP --strip-options sack-permitted,wscale",
        "lan>wan tcp mss=1440 opts=0402030307", "wan tcp syn mss=1440 nop nop nop nop nop !sackok !wscale=7 !badsum")]
    public void TcpOptStrip(int ip, string commands, string packet, string heard) => Lab.Sends(ip, commands, packet, heard);

    /// <summary>The router leaves the sum of its own packets to the network card, and a veth pair never needs one.</summary>
    [Shows("-j CHECKSUM", "the checksum of the router's own packet is right on the wire; without the rule it is not")]
    [Theory]
    [InlineData(4, "-t mangle -A POSTROUTING -p udp --dport 68 -j CHECKSUM --checksum-fill", "router>lan udp dport=68", "lan udp !badsum")]
    [InlineData(4, "-t mangle -A POSTROUTING -p udp --dport 68 -j CHECKSUM --checksum-fill", "router>lan udp dport=69", "lan udp badsum")]
    [InlineData(6, "-t mangle -A POSTROUTING -p udp --dport 68 -j CHECKSUM --checksum-fill", "router>lan udp dport=68", "lan udp !badsum")]
    public void Checksum(int ip, string commands, string packet, string heard) => Lab.Sends(ip, commands, packet, heard);
}

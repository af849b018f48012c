using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class ConnBytesTests
{
    [Shows("-m connbytes")]
    [Theory]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 2: --connbytes-dir original --connbytes-mode packets",
        "- lan>wan udp", "+ lan>wan udp")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 1: --connbytes-dir reply --connbytes-mode packets",
        "- lan>wan udp", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(4, "-A FORWARD -m connbytes ! --connbytes 2:3 --connbytes-dir both --connbytes-mode packets",
        "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000", "- lan>wan udp", "+ lan>wan udp")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 100: --connbytes-dir original --connbytes-mode bytes",
        "- lan>wan udp len=32", "- wan>lan udp sport=9 dport=40000 len=72", "+ lan>wan udp len=32")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 100 --connbytes-dir reply --connbytes-mode bytes",
        "- lan>wan udp len=72", "+ wan>lan udp sport=9 dport=40000 len=72")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 100:200 --connbytes-dir original --connbytes-mode avgpkt",
        "- lan>wan udp len=32", "+ lan>wan udp len=172", "- lan>wan udp len=1000")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 100: --connbytes-dir both --connbytes-mode avgpkt",
        "- lan>wan udp len=32", "+ wan>lan udp sport=9 dport=40000 len=172")]
    [InlineData(6, "-A FORWARD -m connbytes --connbytes 2: --connbytes-dir both --connbytes-mode packets",
        "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    public void Takes_packets_by_what_their_connection_has_carried(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class ConnMarkTests
{
    [Shows("-m connmark")]
    [Theory]
    [InlineData(4, "-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --set-mark 5 ; -A FORWARD -m connmark --mark 5",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=54")]
    [InlineData(4, "-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --set-mark 5 ; -A FORWARD -m connmark ! --mark 5/7",
        "- lan>wan udp dport=53", "+ lan>wan udp dport=54")]
    [InlineData(6, "-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --set-mark 5 ; -A FORWARD -m connmark --mark 5",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=54")]
    public void Takes_packets_by_the_mark_of_their_connection(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

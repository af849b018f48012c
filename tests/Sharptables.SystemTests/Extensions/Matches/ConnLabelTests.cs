using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class ConnLabelTests
{
    [Shows("-m connlabel")]
    [Theory]
    [InlineData(4, "-A FORWARD -p udp --dport 53 -m connlabel --label 40 --set ; -A FORWARD -m connlabel --label 40",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=54")]
    [InlineData(4, "-A FORWARD -p udp --dport 53 -m connlabel --label 40 --set ; -A FORWARD -m connlabel ! --label 40",
        "- lan>wan udp dport=53", "+ lan>wan udp dport=54")]
    [InlineData(4, "-A FORWARD -p udp --dport 53 -m connlabel --label 40 --set ; -A FORWARD -m connlabel --label 41",
        "- lan>wan udp dport=53")]
    [InlineData(6, "-A FORWARD -p udp --dport 53 -m connlabel --label 0 --set ; -A FORWARD -m connlabel --label 0",
        "+ lan>wan udp dport=53", "- lan>wan udp dport=54")]
    public void Takes_packets_by_a_label_of_their_connection(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

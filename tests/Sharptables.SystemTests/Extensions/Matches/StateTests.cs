using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class StateTests
{
    [Shows("-m state")]
    [Theory]
    [InlineData(4, "-A FORWARD -m state --state NEW", "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000")]
    [InlineData(4, "-A FORWARD -m state --state ESTABLISHED,RELATED", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(6, "-A FORWARD -m state --state NEW", "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000")]
    public void Takes_packets_by_the_state_of_their_connection(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

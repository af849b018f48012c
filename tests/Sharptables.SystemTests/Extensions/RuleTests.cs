using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions;

/// <summary>
/// The parts of a rule that belong to no extension. Each row: 4 or 6, the family; commands, of which the last adds the rule in question (without
/// a target, so that every packet goes on); then the packets in the order they are sent: + if the rule is to count it, - if not.
/// </summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData(4, "-A INPUT -s 192.168.1.2", "+ udp", "- udp src=192.168.1.3")]
    [InlineData(4, "-A INPUT ! -s 192.168.1.0/24", "- udp", "+ udp src=198.51.100.7")]
    [InlineData(4, "-A FORWARD -d 203.0.113.8/31", "+ lan>wan udp", "- lan>wan udp dst=203.0.113.10")]
    [InlineData(4, "-A INPUT -i LAN1", "+ udp", "- wan>router udp")]
    [InlineData(4, "-A INPUT ! -i LAN1", "- udp", "+ wan>router udp")]
    [InlineData(4, "-A INPUT -i WA+", "- udp", "+ wan>router udp")]
    [InlineData(4, "-A FORWARD -o WAN1", "+ lan>wan udp", "- wan>lan udp")]
    [InlineData(4, "-A INPUT -p udp", "+ udp", "- tcp")]
    [InlineData(4, "-A INPUT ! -p udp", "- udp", "+ tcp", "+ icmp")]
    [InlineData(4, "-A INPUT -p 255", "+ ip", "- ip proto=254")]
    [InlineData(4, "-t raw -A PREROUTING -f", "- udp frag=0+", "+ ip proto=17 len=8 frag=1400", "- udp")]
    [InlineData(6, "-A INPUT -s fd00:1::2/128", "+ udp", "- udp src=fd00:1::3")]
    public void Takes_packets_by_address_interface_protocol_and_fragment(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

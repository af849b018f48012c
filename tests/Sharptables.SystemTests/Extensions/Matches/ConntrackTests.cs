using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class ConntrackTests
{
    [Shows("-m conntrack")]
    [Theory]
    [InlineData(4, "-A FORWARD -m conntrack --ctstate NEW", "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000", "- lan>wan udp")]
    [InlineData(4, "-A FORWARD -m conntrack --ctstate ESTABLISHED", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000", "- wan>lan udp")]
    [InlineData(4, "-A FORWARD -m conntrack --ctstate RELATED",
        "- lan>wan udp", "+ wan>lan icmp type=3 code=3 inner=lan>wan_udp", "- wan>lan icmp")]
    [InlineData(4, "-t raw -A PREROUTING -p udp -j NOTRACK ; -A FORWARD -m conntrack --ctstate UNTRACKED",
        "+ lan>wan udp", "- lan>wan tcp")]
    [InlineData(4, "-A FORWARD -m conntrack --ctdir REPLY", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(4, "-A FORWARD -m conntrack --ctorigdst 203.0.113.9 --ctorigdstport 50:60",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=61")]
    [InlineData(4, "-A FORWARD -m conntrack --ctstatus SEEN_REPLY", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000", "+ lan>wan udp")]
    [InlineData(4, "-t nat -A PREROUTING -p udp --dport 1 -j DNAT --to-destination 203.0.113.9:2 ; -A FORWARD -m conntrack --ctstate DNAT",
        "+ udp dport=1", "- lan>wan udp dport=2 sport=4")]
    [InlineData(4, "-A FORWARD -m conntrack --ctexpire 1:60", "- lan>wan udp", "+ lan>wan udp", "- lan>wan tcp", "- lan>wan tcp")]
    [InlineData(6, "-A FORWARD -m conntrack --ctstate ESTABLISHED", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    public void Takes_packets_by_what_is_known_of_their_connection(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

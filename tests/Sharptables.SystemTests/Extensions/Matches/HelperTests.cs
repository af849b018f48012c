using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class HelperTests
{
    // A read request of TFTP, RFC 1350: the answer, from a port of the server's choice, is another connection.
    private const string Tftp = "-t raw -A PREROUTING -p udp --dport 69 -j CT --helper tftp ; ";
    private const string ReadRequest = "lan>wan udp dport=69 hex=000161006f6374657400";
    private const string Answer = "wan>lan udp sport=5000 dport=40000";

    [Shows("-m helper")]
    [Theory]
    [InlineData(4, Tftp + "-A FORWARD -m helper --helper tftp", "- " + ReadRequest, "+ " + Answer, "- wan>lan udp sport=5000 dport=1")]
    [InlineData(4, Tftp + "-A FORWARD -m helper ! --helper tftp", "+ " + ReadRequest, "- " + Answer)]
    [InlineData(4, Tftp + "-A FORWARD -m helper --helper ftp", "- " + ReadRequest, "- " + Answer)]
    [InlineData(4, Tftp + "-A FORWARD -m helper --helper \"\"", "- " + ReadRequest, "+ " + Answer, "- lan>wan udp")]
    [InlineData(6, Tftp + "-A FORWARD -m helper --helper tftp", "- " + ReadRequest, "+ " + Answer)]
    public void Takes_packets_by_the_helper_that_expected_them(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

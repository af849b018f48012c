using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class HashLimitTests
{
    [Shows("-m hashlimit")]
    [Theory]
    [InlineData(4, "-A INPUT -m hashlimit --hashlimit-upto 1/hour --hashlimit-burst 1 --hashlimit-mode srcip --hashlimit-name perhost",
        "+ udp", "- udp", "+ udp src=192.168.1.3")]
    [InlineData(4, "-A INPUT -m hashlimit --hashlimit-above 1/hour --hashlimit-burst 1 --hashlimit-mode dstport --hashlimit-name flood",
        "- udp", "+ udp", "- udp dport=10")]
    [InlineData(6, "-A INPUT -m hashlimit --hashlimit-upto 1/hour --hashlimit-burst 1 --hashlimit-mode srcip --hashlimit-name six",
        "+ udp", "- udp", "+ udp src=fd00:1::3")]
    public void Each_host_or_port_has_a_limit_of_its_own(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

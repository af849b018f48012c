using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class LimitTests
{
    [Shows("-m limit")]
    [Theory]
    [InlineData(4, "-A INPUT -m limit --limit 1/hour --limit-burst 2", "+ udp", "+ udp", "- udp")]
    [InlineData(6, "-A INPUT -m limit --limit 1/hour --limit-burst 1", "+ udp", "- udp")]
    public void Takes_a_burst_and_then_no_more(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

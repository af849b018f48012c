using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class QuotaTests
{
    [Shows("-m quota")]
    [Theory]
    [InlineData(4, "-A INPUT -m quota --quota 100", "+ udp len=60", "- udp len=60")]
    [InlineData(4, "-A INPUT -m quota ! --quota 100", "- udp len=60", "+ udp len=60")]
    [InlineData(6, "-A INPUT -m quota --quota 108", "+ udp len=60", "- udp len=0")]
    public void Takes_as_many_bytes_as_the_quota_has(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class OwnerTests
{
    private const string ByUser7 = "run setpriv --reuid 7 --regid 8 --groups 9 bash -c \"echo > /dev/udp/192.168.1.2/9\"";

    [Shows("-m owner")]
    [Theory]
    [InlineData(4, "-A OUTPUT -m owner --uid-owner 0", "+ router>lan udp", "- " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner ! --uid-owner 5-7", "+ router>lan udp", "- " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner --gid-owner 8", "- router>lan udp", "+ " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner ! --gid-owner 8", "+ router>lan udp", "- " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner --gid-owner 9", "- " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner --gid-owner 9 --suppl-groups", "- router>lan udp", "+ " + ByUser7)]
    [InlineData(6, "-A OUTPUT -m owner --uid-owner 0",
        "+ router>lan udp", "- run setpriv --reuid 7 bash -c \"echo > /dev/udp/fd00:1::2/9\"")]
    public void Takes_what_a_user_or_a_group_sends(int ip, string commands, params string[] packets) =>
        CountingRule.Check(ip, commands, packets);
}

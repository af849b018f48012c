using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Matches;

public sealed class NfAcctTests
{
    /// <summary>A packet is taken when the object called web has had two, its quota.</summary>
    [Shows("-m nfacct")]
    [Theory]
    [InlineData(4, "-A INPUT -p udp -m nfacct --nfacct-name web", "- udp", "- udp", "- tcp", "+ udp", "+ udp")]
    [InlineData(4, "-A INPUT -p tcp -m nfacct --nfacct-name web ; -A INPUT -p udp -m nfacct --nfacct-name web", "- tcp", "- udp", "+ udp")]
    [InlineData(6, "-A INPUT -m nfacct --nfacct-name web", "- udp", "- udp", "+ udp")]
    public void Takes_packets_once_the_quota_is_used_up(int ip, string commands, params string[] packets)
    {
        using Lab lab = new(v6: ip == 6);
        lab.AddAccount("web", quota: 2);
        CountingRule.Check(lab, commands, packets);
    }
}

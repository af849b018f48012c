using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>Rules of nft for a bridge, which ebtables shows as its own or as nft says them.</summary>
public sealed class NftBridgeTests
{
    [Theory]
    [InlineData("ether type ip6 tcp dport 22 counter accept", "-A FORWARD -p IPv6 --ip6-proto tcp --ip6-dport 22 -j ACCEPT")]
    [InlineData("ether type ip tcp dport 22 counter accept", "-A FORWARD -p IPv4 --ip-proto tcp --ip-dport 22 -j ACCEPT")]
    [InlineData("ether type vlan vlan id 5 counter drop", "-A FORWARD -p 802_1Q --vlan-id 5 -j DROP")]
    [InlineData("tcp dport 22 counter accept", "# nft: tcp dport 22 counter packets 0 bytes 0 accept")]
    [InlineData("ip6 saddr ::1 tcp dport 22 drop", "# nft: ip6 saddr ::1 tcp dport 22 drop")]
    [InlineData("ether type arp drop comment \"hi\"", "# nft: ether type arp drop comment \"hi\"")]
    [InlineData("ip saddr 10.0.0.0/9 counter accept", "10.0.0.0/9 ")]
    public void A_rule_is_shown(string rule, string shown)
    {
        using ApplyMachine machine = new(through: "nft");
        string output = machine.Run($"nft 'table bridge filter {{ chain FORWARD {{ type filter hook forward priority -200; {rule}; }}; }}'\nebtables-save || true");
        Assert.Contains(shown, output);
    }
}

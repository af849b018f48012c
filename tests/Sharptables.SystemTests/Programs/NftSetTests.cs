using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>Rules that look up values in a set that nft made for them alone.</summary>
public sealed class NftSetTests
{
    [Fact]
    public void Ports_in_a_set_are_a_list_of_ports()
    {
        using ApplyMachine machine = new(through: "nft");
        string output = machine.Run("""
            nft 'table ip filter { chain INPUT { type filter hook input priority 0;
                tcp dport { 80, 22 } accept
                udp sport { 5000-5010, 53, 65000-65535 } counter drop
                tcp dport != { 0-21, 443 } drop
                ip saddr { 10.0.0.0/8 } accept; }
            }'
            iptables -S INPUT
            """);
        Assert.Equal(
            """
            -P INPUT ACCEPT
            -A INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT
            -A INPUT -p udp -m multiport --sports 53,5000:5010,65000:65535 -j DROP
            -A INPUT -p tcp -m multiport ! --dports 0:21,443 -j DROP
            -A INPUT -s 10.0.0.0/8 -j ACCEPT

            """,
            output);
    }

    [Fact]
    public void Such_a_rule_is_found_and_deleted_by_its_ports()
    {
        using ApplyMachine machine = new(through: "nft");
        string output = machine.Run("""
            nft 'table ip filter { chain INPUT { type filter hook input priority 0; tcp dport { 80, 22 } accept; tcp dport { 1, 2 } accept; }; }'
            iptables -C INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT && iptables -D INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT
            iptables -D INPUT -p tcp -j ACCEPT || iptables -S INPUT
            """);
        Assert.EndsWith("-P INPUT ACCEPT\n-A INPUT -p tcp -m multiport --dports 1,2 -j ACCEPT\n", output);
    }

    /// <summary>Who fills a set with a name decides what the rule takes from then on.</summary>
    [Theory]
    [InlineData("tcp dport @ports accept")]
    [InlineData("tcp dport vmap { 22 : accept, 23 : drop }")]
    [InlineData("add @seen { ip saddr }")]
    public void A_set_that_may_change_is_no_list(string rule)
    {
        using ApplyMachine machine = new(through: "nft");
        string output = machine.Run($$"""
            nft 'table ip filter { set ports { type inet_service; elements = { 1 }; }
                set seen { type ipv4_addr; flags dynamic; size 9; }
                chain INPUT { type filter hook input priority 0; {{rule}}; }; }'
            iptables -S INPUT
            """);
        Assert.Contains("# nft: ", output);
    }
}

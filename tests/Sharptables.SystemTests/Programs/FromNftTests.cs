using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary><c>sharptables translate --from-nft</c>: a file of nft(8) for iptables-restore.</summary>
public sealed class FromNftTests
{
    private const string Firewall = """
        cat > rules.nft <<'E'
        table inet fw {
            set bad { type ipv4_addr; }
            chain input {
                type filter hook input priority 10; policy drop;
                ct state established,related accept
                ip saddr 10.0.0.0/8 tcp dport { 22, 80 } accept
                ip6 saddr fe80::/10 jump pings
                ip saddr @bad drop
            }
            chain pings {
                icmpv6 type echo-request accept comment "a ping"
            }
            chain pre {
                type nat hook prerouting priority -100;
                tcp dport 80 dnat ip to 192.0.2.4:8080
            }
        }
        E

        """;

    [Fact]
    public void Chains_are_those_of_their_hook_and_what_cannot_be_said_is_named()
    {
        using ApplyMachine machine = new(through: "nft");
        Assert.Equal(
            """
            *filter
            :INPUT DROP [0:0]
            :FORWARD ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :pings - [0:0]
            -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A INPUT -s 10.0.0.0/8 -p tcp -m multiport --dports 22,80 -j ACCEPT
            # nft: ip saddr @bad drop
            COMMIT
            *nat
            :PREROUTING ACCEPT [0:0]
            :INPUT ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.4:8080
            COMMIT
            1
            sharptables translate v1.8.10: set bad of table inet fw is for ipset(8), which iptables asks with -m set
            sharptables translate v1.8.10: iptables cannot say, in chain input of table inet fw: ip saddr @bad drop

            """,
            machine.Run(Firewall + "sharptables translate -4 --from-nft rules.nft 2>said; echo $?; cat said"));
    }

    [Fact]
    public void Rules_for_both_families_are_those_for_each()
    {
        using ApplyMachine machine = new(through: "nft");
        string rules = machine.Run(Firewall + "sharptables translate -6 --from-nft rules.nft 2>/dev/null; true");
        Assert.Contains("-A INPUT -s fe80::/10 -j pings\n-A pings -p ipv6-icmp -m icmp6 --icmpv6-type 128 -m comment --comment \"a ping\" -j ACCEPT\n", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.0", rules, StringComparison.Ordinal);
        Assert.DoesNotContain("DNAT", rules, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_printed_is_taken_and_the_machines_own_rules_stay()
    {
        using ApplyMachine machine = new(through: "nft");
        Assert.Equal("0\n0\n", machine.Run("""
            echo 'table ip t { chain c { type filter hook forward priority 0; tcp dport 22 counter accept; log prefix "x: " level info; }; }' > rules.nft
            sharptables translate -4 --from-nft rules.nft > rules; echo $?
            nft list ruleset
            iptables-restore --test rules; echo $?
            """));
    }

    [Theory]
    [InlineData("ip saddr { 10.0.0.1, 10.0.0.5-10.0.0.9 } tcp dport 22 accept", "-A INPUT -s 10.0.0.1/32 -p tcp -m tcp --dport 22 -j ACCEPT",
        "-A INPUT -p tcp -m iprange --src-range 10.0.0.5-10.0.0.9 -m tcp --dport 22 -j ACCEPT")]
    [InlineData("ct state vmap { invalid : drop, established : jump own }", "-A INPUT -m conntrack --ctstate INVALID -j DROP", "-A INPUT -m conntrack --ctstate ESTABLISHED -j own")]
    [InlineData("meta l4proto { tcp, udp } th dport 53 accept", "-A INPUT -p tcp -m tcp --dport 53 -j ACCEPT", "-A INPUT -p udp -m udp --dport 53 -j ACCEPT")]
    [InlineData("ip daddr . tcp dport { 192.0.2.1 . 80 } drop", "-A INPUT -d 192.0.2.1/32 -p tcp -m tcp --dport 80 -j DROP")]
    [InlineData("iifname != { \"eth0\", \"eth1\" } drop", "# nft: iifname != \"eth0\" iifname != \"eth1\" drop")]
    [InlineData("ip saddr { 10.0.0.1, 10.0.0.2 } tcp dport 22 limit rate 3/minute accept", "# nft: ip saddr { 10.0.0.1, 10.0.0.2 } tcp dport 22 limit rate 3/minute accept")]
    [InlineData("reject with icmpx type admin-prohibited", "-A INPUT -j REJECT --reject-with icmp-admin-prohibited")]
    public void A_rule_of_a_set_or_map_becomes_rules_of_its_elements(string rule, params string[] printed)
    {
        using ApplyMachine machine = new(through: "nft");
        string[] said = machine.Run($$"""
            echo 'table inet t { chain own { counter; }; chain c { type filter hook input priority 0; {{rule}}; }; }' > rules.nft
            sharptables translate -4 --from-nft rules.nft 2>/dev/null | grep -e '-A INPUT' -e nft:
            """).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(printed, said);
    }

    /// <summary>A chain that two of the same priority's jump to is in both tables; but REJECT is only in filter.</summary>
    [Fact]
    public void A_rule_is_only_where_iptables_may_have_it()
    {
        using ApplyMachine machine = new(through: "nft");
        string rules = machine.Run("""
            echo 'table ip t { chain own { tcp dport 22 reject; }; chain a { type filter hook input priority 0; jump own; }; chain b { type filter hook input priority -150; jump own; }; }' > rules.nft
            sharptables translate -4 --from-nft rules.nft 2>/dev/null > rules; cat rules
            iptables-restore --test rules; echo $?
            """);
        Assert.Contains("-A own -p tcp -m tcp --dport 22 -j REJECT --reject-with icmp-port-unreachable\nCOMMIT\n*mangle\n", rules, StringComparison.Ordinal);
        Assert.Contains("# nft: tcp dport 22 reject\n", rules, StringComparison.Ordinal);
        Assert.EndsWith("\n0\n", rules, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_that_iptables_does_not_have_is_named()
    {
        using ApplyMachine machine = new(through: "nft");
        string said = machine.Run("""
            echo 'table ip t { chain c { type filter hook postrouting priority 50; accept; }; }; table bridge b { }' > rules.nft
            sharptables translate --from-nft rules.nft 2>&1; echo $?
            """);
        Assert.Contains("chain c of table ip t is filter at hook postrouting, priority 50, where iptables has no chain\n", said, StringComparison.Ordinal);
        Assert.Contains("table bridge b is of a family that iptables does not have\n", said, StringComparison.Ordinal);
        Assert.EndsWith("1\n", said, StringComparison.Ordinal);
    }
}

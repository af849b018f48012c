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

    private const string Families = """
        cat > rules.nft <<'E'
        table inet t { chain c { type filter hook input priority 0; tcp dport 22 accept; }; }
        table arp t {
            chain c { type filter hook input priority 0; policy drop; arp operation request arp saddr ip 1.2.3.4 accept; jump u; }
            chain u { arp operation reply accept; }
        }
        table bridge t {
            chain c { type filter hook forward priority -200; ether saddr 1:2:3:4:5:6 ip saddr 1.2.3.4 tcp dport 22 drop; ether type arp arp operation 1 jump u; vlan id 5 accept; }
            chain u { ether daddr { 1:2:3:4:5:6, 2:2:3:4:5:6 } accept; }
            chain n { type filter hook postrouting priority 300; ether saddr set 1:2:3:4:5:6 accept; }
        }
        E

        """;

    [Fact]
    public void Several_families_are_parts_that_say_who_takes_them()
    {
        using ApplyMachine machine = new(through: "nft");
        string[] parts = [.. machine.Run(Families + "sharptables translate --from-nft rules.nft 2>/dev/null || true").Split('\n').Where(static line => line.StartsWith('#'))];
        Assert.Equal(["iptables", "ip6tables", "arptables", "ebtables"], parts.Select(static line => line.Split(' ', '-')[2]));
        Assert.Equal("# For arptables-restore, which takes it alone: sharptables translate --family arp --from-nft rules.nft", parts[2]);
    }

    [Fact]
    public void Rules_of_ARP_are_those_of_arptables()
    {
        using ApplyMachine machine = new(through: "nft");
        Assert.Equal("""
            0
            *filter
            :INPUT DROP
            :OUTPUT ACCEPT
            :u -
            -A INPUT -j ACCEPT -s 1.2.3.4 --opcode 1 --h-type 0/0
            -A INPUT -j u --h-length 0/0 --h-type 0/0
            -A u -j ACCEPT --h-length 0/0 --opcode 2 --h-type 0/0
            0

            """, machine.Run(Families + "sharptables translate --family arp --from-nft rules.nft > rules; echo $?; cat rules; arptables-restore < rules; echo $?"));
    }

    /// <summary>nft's words for a protocol in a frame mean one with a VLAN tag, too.</summary>
    [Fact]
    public void Rules_of_bridges_are_those_of_ebtables()
    {
        using ApplyMachine machine = new(through: "nft");
        Assert.Equal("""
            1
            *filter
            :INPUT ACCEPT
            :FORWARD ACCEPT
            :OUTPUT ACCEPT
            :u RETURN
            -A FORWARD -p IPv4 -s 01:02:03:04:05:06 --ip-src 1.2.3.4 --ip-proto tcp --ip-dport 22 -j DROP
            -A FORWARD -p ARP --arp-op Request -j u
            -A FORWARD -p 802_1Q --vlan-id 5 -j ACCEPT
            -A u --among-dst 1:2:3:4:5:6,2:2:3:4:5:6 -j ACCEPT
            *nat
            :PREROUTING ACCEPT
            :OUTPUT ACCEPT
            :POSTROUTING ACCEPT
            -A POSTROUTING -j snat --to-src 01:02:03:04:05:06 --snat-target ACCEPT
            sharptables translate v1.8.10: ebtables says it of frames without a VLAN tag, and nft of those with one, too, in chain c of table bridge t: ether saddr 01:02:03:04:05:06 ip saddr 1.2.3.4 tcp dport 22 drop
            0

            """, machine.Run(Families + "sharptables translate --family bridge --from-nft rules.nft > rules 2>said; echo $?; cat rules said; ebtables-restore < rules; echo $?"));
    }

    /// <summary>What a restore would refuse is not printed as a rule.</summary>
    [Fact]
    public void What_iptables_would_refuse_is_named()
    {
        using ApplyMachine machine = new(through: "nft");
        Assert.Equal("""
            -A FORWARD -p tcp -m tcp --tcp-flags SYN SYN -j TCPMSS --clamp-mss-to-pmtu
            -A FORWARD -p tcp -m tcp --dport 80 -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1200
            # nft: tcp option maxseg size set 1300
            sharptables translate v1.8.10: iptables would refuse, in chain c of table ip t: tcp option maxseg size set 1300: target TCPMSS: the rule must ask for packets with SYN, which alone have the option: add --syn or --tcp-flags SYN,RST SYN
            0

            """, machine.Run("""
            cat > rules.nft <<'E'
            table ip t { chain c { type filter hook forward priority -150;
                tcp flags syn tcp option maxseg size set rt mtu
                tcp dport 80 tcp flags syn / syn,rst tcp option maxseg size set 1200
                tcp option maxseg size set 1300
            }; }
            E
            sharptables translate --family ip --from-nft rules.nft 2>said >rules; grep -e TCPMSS -e '# nft' rules; cat said; iptables-restore --test rules; echo $?
            """));
    }

    [Theory]
    [InlineData("sctp chunk init exists sctp chunk data missing accept", "-A INPUT -p sctp -m sctp --chunk-types all INIT -m sctp ! --chunk-types any DATA -j ACCEPT")]
    [InlineData("sctp dport 80 sctp chunk init exists sctp chunk sack exists drop", "-A INPUT -p sctp -m sctp --dport 80 -m sctp --chunk-types all INIT,SACK -j DROP")]
    [InlineData("sctp chunk data missing drop", "# nft: sctp chunk data missing drop")] // as any packet of another protocol
    [InlineData("dccp type request accept", "-A INPUT -p dccp -m dccp --dccp-types REQUEST -j ACCEPT")]
    [InlineData("dccp sport 5 dccp type != { request, 10-15 } accept", "-A INPUT -p dccp -m dccp --sport 5 ! --dccp-types REQUEST,INVALID -j ACCEPT")]
    [InlineData("tcp dport != { 22, 1000-2000 } drop", "-A INPUT -p tcp -m multiport ! --dports 22,1000:2000 -j DROP")]
    [InlineData("ip saddr != { 10.0.0.1, 1.2.3.0-1.2.3.9 } drop", "-A INPUT ! -s 10.0.0.1/32 -m iprange ! --src-range 1.2.3.0-1.2.3.9 -j DROP")]
    public void Chunks_types_and_intervals_are_read(string words, string rule)
    {
        using ApplyMachine machine = new(through: "nft");
        string rules = machine.Run($$"""
            echo 'table ip t { chain c { type filter hook input priority 0; {{words}}; }; }' > rules.nft
            sharptables translate -4 --from-nft rules.nft 2>/dev/null > rules; cat rules
            iptables-restore --test rules; echo $?
            """);
        Assert.Contains(rule + "\nCOMMIT\n", rules, StringComparison.Ordinal);
        Assert.EndsWith("\n0\n", rules, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_that_iptables_does_not_have_is_named()
    {
        using ApplyMachine machine = new(through: "nft");
        string said = machine.Run("""
            echo 'table ip t { chain c { type filter hook postrouting priority 50; accept; }; }; table netdev b { }' > rules.nft
            sharptables translate --from-nft rules.nft 2>&1; echo $?
            """);
        Assert.Contains("chain c of table ip t is filter at hook postrouting, priority 50, where iptables has no chain\n", said, StringComparison.Ordinal);
        Assert.Contains("table netdev b is of a family that iptables does not have\n", said, StringComparison.Ordinal);
        Assert.EndsWith("1\n", said, StringComparison.Ordinal);
    }
}

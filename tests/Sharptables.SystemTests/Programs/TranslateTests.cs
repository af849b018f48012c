using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary><c>sharptables translate</c>: the file that it prints, and the proof that it does the same.</summary>
public sealed class TranslateTests
{
    private const string Rules = """
        # mine
        *mangle
        :PREROUTING ACCEPT [0:0]
        :own - [0:0]
        [1:2] -A PREROUTING -j own
        COMMIT
        *filter
        :INPUT DROP [5:6]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :own - [0:0]
        [3:4] -A INPUT -j own
        -A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -m state --state NEW -m limit --limit 3/min -j ACCEPT
        -A INPUT -p tcp -j REJECT --reject-with tcp-reset
        -A own -m hashlimit --hashlimit-upto 5/sec --hashlimit-mode srcip --hashlimit-name one -j RETURN
        -A own -m hashlimit --hashlimit-upto 6/sec --hashlimit-mode srcip --hashlimit-name one -j RETURN
        COMMIT

        """;

    [Fact]
    public void A_saved_file_becomes_one_that_nft_loads_in_the_place_of_what_is_there()
    {
        CommandResult translated = Run(Rules, "-c");
        Assert.Equal((0, ""), (translated.ExitStatus, translated.Stderr));
        string[] lines = translated.Stdout.Split('\n');
        Assert.Equal(["# mine", "add table ip mangle", "delete table ip mangle", "add table ip mangle"], lines[..4]);
        Assert.Contains("add rule ip mangle PREROUTING counter packets 1 bytes 2 jump own", lines); // the same line is of another table, too
        Assert.Contains("add rule ip filter INPUT counter packets 3 bytes 4 jump own", lines);
        using NetworkNamespace network = new();
        CommandResult loaded = network.Run(() => new Command("nft", "-f", "-") { Stdin = translated.Stdout + translated.Stdout }.Run());
        Assert.Equal((0, ""), (loaded.ExitStatus, loaded.Stderr));
    }

    [Fact]
    public void What_nft_cannot_say_is_told_with_its_line()
    {
        CommandResult translated = Run("*filter\n-A INPUT -m u32 --u32 0=1 -j DROP\nCOMMIT\n");
        Assert.Equal((1, "sharptables translate: line 2: nft cannot say the match u32\n"), (translated.ExitStatus, translated.Stderr));
        Assert.EndsWith("# -t filter -A INPUT -m u32 --u32 \"0x0=0x1\" -j DROP\n", translated.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_whose_name_is_none_in_nft_gets_another()
    {
        string rules = "*filter\n:log - [0:0]\n:a+b - [0:0]\n-A INPUT -j log\n-A log -g a+b\nCOMMIT\n";
        Assert.Equal("""
            # a_2bb: in iptables a+b, which is no name in nft
            add chain ip filter a_2bb
            # log_: in iptables log, which is no name in nft
            add chain ip filter log_
            add rule ip filter INPUT counter jump log_
            add rule ip filter log_ counter goto a_2bb

            """, string.Join('\n', Run(rules).Stdout.Split('\n')[6..]));
        Assert.Equal(0, Run(rules, "--check").ExitStatus);
    }

    /// <summary>What iptables-restore would leave in force.</summary>
    [Fact]
    public void A_second_block_of_a_table_takes_the_place_of_the_first()
    {
        string rules = "*filter\n:INPUT DROP [0:0]\n:own - [0:0]\n-A INPUT -j own\nCOMMIT\n*filter\n# kept\n-A OUTPUT -j ACCEPT\n-I OUTPUT -j DROP\n-P FORWARD DROP\nCOMMIT\n";
        Assert.Equal("""
            add table ip filter
            delete table ip filter
            add table ip filter
            add chain ip filter INPUT { type filter hook input priority 0; policy accept; }
            add chain ip filter FORWARD { type filter hook forward priority 0; policy drop; }
            add chain ip filter OUTPUT { type filter hook output priority 0; policy accept; }
            # kept
            add rule ip filter OUTPUT counter drop
            add rule ip filter OUTPUT counter accept

            """, Run(rules).Stdout);
        Assert.Equal(0, Run(rules, "--check").ExitStatus);
    }

    [Theory]
    [InlineData("-A INPUT -j nope", "Couldn't load target `nope'")]
    [InlineData("-X nope", "There is no chain \"nope\"")]
    public void What_restore_would_refuse_is_refused(string command, string error)
    {
        CommandResult translated = Run($"*filter\n{command}\nCOMMIT\n");
        Assert.Equal(("", true), (translated.Stdout, translated.ExitStatus > 0));
        Assert.Contains(error, translated.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_is_translated_as_if_it_were_the_only_one()
    {
        const string Rule = "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n";
        Assert.EndsWith(
            string.Concat(Enumerable.Repeat("add rule ip filter INPUT tcp dport 22 counter accept\n", 2)), Run($"*filter\n{Rule}{Rule}COMMIT\n").Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_IPv6_is_told_by_its_addresses() =>
        Assert.Contains("ip6 saddr fd00::/8", Run("*filter\n-A INPUT -s fd00::/8 -j DROP\nCOMMIT\n").Stdout, StringComparison.Ordinal);

    /// <summary>A rate for each source cannot be read back; packets show that it does the same.</summary>
    [Fact]
    public void The_translation_is_proved()
    {
        CommandResult checkedFile = Run(Rules, "--check");
        Assert.Equal((3, ""), (checkedFile.ExitStatus, checkedFile.Stdout));
        Assert.EndsWith(" rules are the same, 0 differ, 2 could not be compared.\n", checkedFile.Stderr, StringComparison.Ordinal);
    }

    /// <summary>A packet is made for each rule, and sent through both rulesets.</summary>
    [Theory]
    [InlineData("-A INPUT -i eth0 -p tcp --dport 22 -j ACCEPT", "")]
    [InlineData("-A own -p udp -m udp --sport 53 -j DROP\n-A OUTPUT -o ppp+ -d 192.0.2.1 -j own", "")]
    [InlineData("-A FORWARD -s 10.0.0.0/8 -i eth1 -o lan0 -p icmp --icmp-type 3/4 -j REJECT", "")]
    [InlineData("-A INPUT -p tcp --tcp-flags ALL FIN,PSH -m ttl --ttl-lt 5 -m length --length 100:200 -j DROP", "")]
    [InlineData("-A INPUT -s fd00::/8 -p udp -m multiport --dports 5,6 -j DROP\n-A FORWARD -p ipv6-icmp --icmpv6-type 2 -m hl --hl-eq 9", "-6")]
    public void The_translation_is_proved_by_packets(string rules, string family)
    {
        int count = rules.Split('\n').Length;
        string said = Run($"*filter\n:own -\n{rules}\nCOMMIT\n", [.. family.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--check"]).Stderr;
        Assert.EndsWith($"{count} packets were sent; {count} rules took some.\n{count} rules are the same, 0 differ, 0 could not be compared.\n", said, StringComparison.Ordinal);
    }

    /// <summary>What nft cannot say is left out on both sides, and the rest is compared.</summary>
    [Fact]
    public void What_nft_cannot_say_is_told_as_not_compared()
    {
        CommandResult said = Run("*filter\n:own -\n-A INPUT -m u32 --u32 0=1 -j DROP\n-A INPUT -p tcp --dport 22 -j own\n-A own -m u32 --u32 0=1\n-A own -j DROP\nCOMMIT\n", "--check");
        Assert.Equal(
            """
            not compared: filter: chain INPUT, line 3: nft cannot say the match u32
            not compared: filter: chain own, line 5: nft cannot say the match u32
            4 packets were sent; 2 rules took some.
            2 rules are the same, 0 differ, 2 could not be compared.

            """, said.Stderr);
        Assert.Equal((3, ""), (said.ExitStatus, said.Stdout));
    }

    /// <summary>Two names for one thing, and chunks and types by nft's own words, which are read back.</summary>
    [Fact]
    public void The_same_in_other_words_is_the_same()
    {
        CommandResult said = Run("""
            *raw
            -A PREROUTING -p udp -j CT --notrack
            -A PREROUTING -p tcp -j NOTRACK
            COMMIT
            *mangle
            -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu
            -A FORWARD -p tcp --tcp-flags SYN,RST SYN -j TCPMSS --set-mss 1200
            COMMIT
            *filter
            -A INPUT -p sctp --dport 80 -m sctp --chunk-types any INIT -j ACCEPT
            -A INPUT -p sctp -m sctp --chunk-types all INIT,DATA -j ACCEPT
            -A INPUT -p sctp -m sctp ! --chunk-types any INIT,ASCONF -j ACCEPT
            -A INPUT -p sctp -m sctp ! --chunk-types all ABORT -j ACCEPT
            -A INPUT -p dccp --dport 5 -m dccp --dccp-types REQUEST -j ACCEPT
            -A INPUT -p dccp -m dccp --dccp-types REQUEST,RESPONSE,INVALID -j ACCEPT
            -A INPUT -p dccp -m dccp ! --dccp-types REQUEST,SYNC -j ACCEPT
            COMMIT

            """, "--check");
        Assert.EndsWith("11 rules are the same, 0 differ, 0 could not be compared.\n", said.Stderr, StringComparison.Ordinal);
        Assert.Equal(0, said.ExitStatus);
    }

    /// <summary>nft asks the first chunk of a type for its flags, has no word for any of several chunks, nor for those without a name.</summary>
    [Theory]
    [InlineData("! --chunk-types all INIT,DATA")]
    [InlineData("--chunk-types any INIT,DATA")]
    [InlineData("--chunk-types all DATA:Be")]
    [InlineData("--chunk-types only INIT")]
    [InlineData("--chunk-types all I_DATA")]
    public void Chunks_are_not_translated_to_something_else(string match) =>
        Assert.Equal("sharptables translate: line 2: nft cannot say the match sctp\n", Run($"*filter\n-A INPUT -p sctp -m sctp {match}\nCOMMIT\n").Stderr);

    private const string ArpRules = """
        *filter
        :INPUT DROP
        :OUTPUT ACCEPT
        :foo -
        [1:2] -A INPUT -j DROP -s 192.0.2.1 ! --src-mac 00:16:3e:00:00:01 --opcode 2
        -A INPUT -j MARK --set-mark 7
        -A OUTPUT -j foo -o eth0 -d 192.0.2.9
        -A foo -j mangle --mangle-ip-s 1.2.3.4

        """;

    private const string BridgeRules = """
        *filter
        :INPUT ACCEPT
        :FORWARD DROP
        :OUTPUT ACCEPT
        :foo RETURN
        :bar DROP
        -A INPUT --log-level notice --log-prefix "x" -j DROP
        -A FORWARD -i eth0 -j foo
        -A FORWARD -p ARP --arp-op Request --arp-ip-src 1.2.3.4 -j CONTINUE
        -A FORWARD -p 802_1Q --vlan-id 5 -j bar
        -A FORWARD -p IPv6 --ip6-src fe80::1 --ip6-proto udp --ip6-dport 53 -j mark --mark-set 0x3 --mark-target ACCEPT
        -A foo -p IPv4 --ip-src 1.2.3.4 --ip-proto tcp --ip-dport 22 -j ACCEPT
        -A bar --among-src 1:2:3:4:5:6
        *nat
        :PREROUTING ACCEPT
        :OUTPUT ACCEPT
        :POSTROUTING ACCEPT
        -A PREROUTING -d 01:02:03:04:05:06 -j dnat --to-dst 02:02:03:04:05:06 --dnat-target ACCEPT
        -A POSTROUTING -o eth1 -j snat --to-src 02:02:03:04:05:07 --snat-target CONTINUE

        """;

    [Fact]
    public void A_file_of_arptables_is_translated()
    {
        CommandResult translated = Run(ArpRules, "--family", "arp", "-c");
        Assert.Equal(
            """
            add table arp filter
            delete table arp filter
            add table arp filter
            add chain arp filter INPUT { type filter hook input priority 0; policy drop; }
            add chain arp filter OUTPUT { type filter hook output priority 0; policy accept; }
            add chain arp filter foo
            add rule arp filter INPUT arp htype 1 arp hlen 6 arp plen 4 arp operation 2 arp saddr ip 192.0.2.1 arp saddr ether != 00:16:3e:00:00:01 counter packets 1 bytes 2 drop
            add rule arp filter INPUT arp htype 1 arp hlen 6 arp plen 4 counter packets 0 bytes 0 meta mark set 0x7
            add rule arp filter OUTPUT oifname "eth0" arp htype 1 arp hlen 6 arp plen 4 arp daddr ip 192.0.2.9 counter packets 0 bytes 0 jump foo
            add rule arp filter foo arp htype 1 arp hlen 6 arp plen 4 counter packets 0 bytes 0 arp saddr ip set 1.2.3.4 accept

            """, translated.Stdout);
        Assert.Equal((0, ""), (translated.ExitStatus, translated.Stderr));
    }

    /// <summary>Real ARP: what comes, and the requests of this machine.</summary>
    [Fact]
    public void A_file_of_arptables_is_proved()
    {
        CommandResult said = Run("# Generated by arptables-save\n" + ArpRules, "--check");
        Assert.Equal("4 packets were sent; 4 rules took some.\n4 rules are the same, 0 differ, 0 could not be compared.\n", said.Stderr);
        Assert.Equal(0, said.ExitStatus);
    }

    /// <summary>Real frames through a bridge. The policy of a user's chain is a rule at its end.</summary>
    [Fact]
    public void A_file_of_ebtables_is_proved()
    {
        CommandResult said = Run("# Generated by ebtables-save\n" + BridgeRules, "--check");
        Assert.Equal("""
            not compared: filter: chain bar, line 14: nft cannot say the match among
            not compared: nat: chain PREROUTING, line 19: nft cannot say the target dnat
            9 packets were sent; 7 rules took some.
            8 rules are the same, 0 differ, 2 could not be compared.

            """, said.Stderr);
        Assert.Equal(3, said.ExitStatus);
        Assert.Contains("add rule bridge filter bar counter drop\n", Run(BridgeRules, "--family", "bridge").Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_program_is_told() =>
        Assert.EndsWith("Hint: Rules of arptables would be read so: --family arp\n", Run(ArpRules).Stderr, StringComparison.Ordinal);

    [Fact]
    public void A_family_that_is_none_is_told()
    {
        CommandResult said = Run("", "--family", "inet");
        Assert.Equal((2, "sharptables translate: there is no family inet: they are ip, ip6, arp and bridge\n"), (said.ExitStatus, said.Stderr));
    }

    /// <summary>nft(8) is given another port here than was translated.</summary>
    [Fact]
    public void A_packet_that_only_one_of_the_rulesets_takes_is_told()
    {
        using ApplyMachine machine = new();
        string said = machine.Run("""
            cp /usr/sbin/nft real
            printf '#!/bin/sh\nsed "s/dport 22/dport 23/" | exec %s/real "$@"\n' "$PWD" > wrong
            chmod +x wrong
            printf '*filter\n-A INPUT -p tcp --dport 22 -j ACCEPT\n-A INPUT -j DROP\nCOMMIT\n' > rules
            unshare -nm sh -c 'mount --bind wrong /usr/sbin/nft; sharptables translate --check rules' 2>&1; echo $?
            """);
        Assert.Contains("differs: filter: chain INPUT, rule 1: takes 0 packets instead of 1\n", said, StringComparison.Ordinal);
        Assert.Contains("differs: filter: chain INPUT, rule 2: takes 2 packets instead of 1\n", said, StringComparison.Ordinal);
        Assert.Contains("others come out:", said, StringComparison.Ordinal);
        Assert.EndsWith("\n1\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a hash:ip family inet", "add a 1.2.3.4", "-m set --match-set a src", "type ipv4_addr; elements = { 1.2.3.4 };", "ip saddr @a")]
    [InlineData("a hash:ip,port family inet timeout 9", "add a 1.2.3.4,tcp:80 timeout 8", "-m set ! --match-set a src,dst",
        "type ipv4_addr . inet_proto . inet_service; flags timeout; timeout 9s; elements = { 1.2.3.4 . tcp . 80 timeout 8s };", "ip saddr . meta l4proto . th dport != @a")]
    [InlineData("a hash:net,iface family inet", "add a 10.0.0.0/8,eth0", "-m set --match-set a src,src",
        "type ipv4_addr . ifname; flags interval; elements = { 10.0.0.0/8 . \"eth0\" };", "ip saddr . iifname @a")]
    public void An_IP_set_becomes_a_set_of_nft(string create, string add, string match, string declaration, string words)
    {
        CommandResult translated = Translate($"create {create}\n{add}\n", match);
        Assert.Equal((0, ""), (translated.ExitStatus, translated.Stderr));
        Assert.Contains($"add set ip filter a {{ {declaration} }}\nadd rule ip filter INPUT {words} counter\n", translated.Stdout, StringComparison.Ordinal);
        using NetworkNamespace network = new();
        Assert.Equal("", network.Run(() => new Command("nft", "-f", "-") { Stdin = translated.Stdout }.Run()).Stderr);
    }

    [Theory]
    [InlineData("a list:set size 8", "", "IP set a is of type list:set, which nft does not have")]
    [InlineData("a hash:net family inet", "add a 10.1.0.0/16 nomatch\n", "IP set a has an element that is an exception: 10.1.0.0/16 nomatch")]
    [InlineData("b hash:net family inet", "", "there is no IP set a in the file")]
    public void An_IP_set_that_nft_cannot_have_is_told(string create, string add, string why) =>
        Assert.Equal($"sharptables translate: line 2: nft cannot say the match set: {why}\n", Translate($"create {create}\n{add}", "-m set --match-set a src").Stderr);

    private static CommandResult Translate(string sets, string match)
    {
        string file = Path.Combine(Workspace.Temporary, Path.GetRandomFileName());
        File.WriteAllText(file, sets);
        return Run($"*filter\n-A INPUT {match}\nCOMMIT\n", "--sets", file);
    }

    /// <summary>Times are in UTC, whatever the time zone of nft(8) is.</summary>
    [Fact]
    public void Times_are_numbers() =>
        Assert.EndsWith(
            "meta time >= 1609459200 meta time < 1640995201 meta hour != 3601-82799 meta day 1 counter\n",
            Run("*filter\n-A INPUT -m time --datestart 2021 --datestop 2022 --timestart 23:00 --timestop 1:00 --weekdays Mon\nCOMMIT\n").Stdout, StringComparison.Ordinal);

    /// <summary>Rulesets of real machines: whatever nft can say of them it loads, and nothing of that differs.</summary>
    [Theory]
    [InlineData("tails.rules")]
    [InlineData("ufw-server.rules")]
    [InlineData("ferm-dmz-router.rules")]
    [InlineData("home-router.rules")]
    public void A_real_ruleset_is_proved(string name)
    {
        if (Environment.GetEnvironmentVariable("SHARED") is { } shared)
        {
            CommandResult checkedFile = Run(File.ReadAllText(Path.Combine(shared, "rulesets", name)), "--check");
            Assert.True(checkedFile.ExitStatus == 0 && checkedFile.Stderr.EndsWith(" 0 differ, 0 could not be compared.\n", StringComparison.Ordinal), checkedFile.Stderr);
        }
    }

    private static CommandResult Run(string rules, params string[] options)
    {
        using NetworkNamespace network = new();
        return network.Run(() => new Command(Path.Combine(Workspace.Sbin, "xtables-multi"), ["sharptables", "translate", .. options]) { Stdin = rules }.Run());
    }
}

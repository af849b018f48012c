using System.Text.RegularExpressions;
using Sharptables.Model;
using Sharptables.Testing;
using Sharptables.Tests.Formats.Nft;
using Xunit;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>Rules that nft(8) has put into the kernel: each is the rule that says the same, or is shown as it is.</summary>
public sealed class NftRulesTests
{
    private const string Foreign = "# nft: ";

    /// <summary>nft's words, and ours behind an arrow; nothing behind it for a rule that iptables cannot say.</summary>
    private const string IPv4 = """
        counter accept => -j ACCEPT
        accept => -j ACCEPT
        drop => -j DROP
        return => -j RETURN
        counter =>> 
        continue =>> 
        jump ch => -j ch
        goto ch => -g ch
        ip saddr 10.0.0.0/12 drop => -s 10.0.0.0/12 -j DROP
        ip saddr != 10.0.0.1 ip daddr 1.2.3.4 counter drop => ! -s 10.0.0.1/32 -d 1.2.3.4/32 -j DROP
        ip saddr & 255.255.0.255 == 10.0.0.1 accept => -s 10.0.0.1/255.255.0.255 -j ACCEPT
        ip saddr 10.0.0.1 ip daddr 1.2.3.4 accept => -s 10.0.0.1/32 -d 1.2.3.4/32 -j ACCEPT
        iifname "eth*" accept => -i eth+ -j ACCEPT
        iifname != "eth0" accept => ! -i eth0 -j ACCEPT
        iif "lo" accept => -i lo -j ACCEPT
        oif "lo" accept => -o lo -j ACCEPT
        ip protocol tcp accept => -p tcp -j ACCEPT
        meta l4proto tcp accept => -p tcp -j ACCEPT
        meta l4proto != tcp accept => ! -p tcp -j ACCEPT
        tcp dport 22 accept => -p tcp -m tcp --dport 22 -j ACCEPT
        tcp dport != 22 accept => -p tcp -m tcp ! --dport 22 -j ACCEPT
        tcp dport 22-25 accept => -p tcp -m tcp --dport 22:25 -j ACCEPT
        tcp dport != 22-25 accept => -p tcp -m tcp ! --dport 22:25 -j ACCEPT
        tcp dport > 1024 accept => -p tcp -m tcp --dport 1025:65535 -j ACCEPT
        tcp dport < 1024 accept => -p tcp -m tcp --dport 0:1023 -j ACCEPT
        tcp dport >= 22 accept => -p tcp -m tcp --dport 22:65535 -j ACCEPT
        tcp dport <= 22 accept => -p tcp -m tcp --dport 0:22 -j ACCEPT
        udp dport 53 accept => -p udp -m udp --dport 53 -j ACCEPT
        tcp sport 5 tcp dport 6 accept => -p tcp -m tcp --sport 5 --dport 6 -j ACCEPT
        tcp sport != 5 tcp dport != 6 accept =>
        tcp sport != 5 ip ttl 5 tcp dport != 6 accept =>
        tcp flags syn accept => -p tcp -m tcp ! --tcp-flags SYN NONE -j ACCEPT
        tcp flags & (fin|syn|rst|ack) == syn accept => -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j ACCEPT
        tcp dport 22 ip saddr 10.0.0.1 accept => -s 10.0.0.1/32 -p tcp -m tcp --dport 22 -j ACCEPT
        icmp type echo-request accept => -p icmp -m icmp --icmp-type 8 -j ACCEPT
        icmp type echo-request icmp code 0 accept => -p icmp -m icmp --icmp-type 8/0 -j ACCEPT
        icmp type != echo-request accept => -p icmp -m icmp ! --icmp-type 8 -j ACCEPT
        ip ttl 5 accept => -m ttl --ttl-eq 5 -j ACCEPT
        ip ttl < 5 accept => -m ttl --ttl-lt 5 -j ACCEPT
        ip ttl > 5 accept => -m ttl --ttl-gt 5 -j ACCEPT
        ip ttl != 5 accept => -m ttl ! --ttl-eq 5 -j ACCEPT
        @nh,64,8 5 accept => -m ttl --ttl-eq 5 -j ACCEPT
        meta mark 5 accept => -m mark --mark 0x5 -j ACCEPT
        meta mark != 5 accept => -m mark ! --mark 0x5 -j ACCEPT
        meta mark & 0xff == 5 accept => -m mark --mark 0x5/0xff -j ACCEPT
        meta mark & 0xff == 1 meta mark 5 accept => -m mark --mark 0x1/0xff -m mark --mark 0x5 -j ACCEPT
        meta pkttype broadcast accept => -m pkttype --pkt-type broadcast -j ACCEPT
        ip frag-off & 0x1fff != 0 accept => -f -j ACCEPT
        ip frag-off & 0x1fff == 0 accept => ! -f -j ACCEPT
        limit rate 3/minute accept => -m limit --limit 3/min -j ACCEPT
        limit rate 3/minute burst 10 packets accept => -m limit --limit 3/min --limit-burst 10 -j ACCEPT
        limit rate 3/minute limit rate 1/second accept => -m limit --limit 3/min -m limit --limit 1/sec -j ACCEPT
        log group 5 => -j NFLOG --nflog-group 5
        iifname "eth0" oifname "lan*" log group 5 => -i eth0 -o lan+ -j NFLOG --nflog-group 5
        oifname != "eth1" iifname "eth0" log group 5 => -i eth0 ! -o eth1 -j NFLOG --nflog-group 5
        log prefix "abc" group 5 snaplen 10 queue-threshold 3 => -j NFLOG --nflog-prefix abc --nflog-group 5 --nflog-size 10 --nflog-threshold 3
        meta mark set 5 => -j MARK --set-xmark 0x5/0xffffffff
        meta nftrace set 1 => -j TRACE
        tcp dport 22 counter accept comment "hello" => -p tcp -m tcp --dport 22 -m comment --comment hello -j ACCEPT
        counter tcp dport 22 accept => -p tcp -m tcp --dport 22 -j ACCEPT
        ip saddr 10.0.0.1-10.0.0.9 accept => -m iprange --src-range 10.0.0.1-10.0.0.9 -j ACCEPT
        ip daddr != 10.0.0.1-10.0.0.9 accept => -m iprange ! --dst-range 10.0.0.1-10.0.0.9 -j ACCEPT
        ip saddr > 1.2.3.4 accept => -m iprange --src-range 1.2.3.5-255.255.255.255 -j ACCEPT
        ip saddr 10.0.0.1 ip saddr != 10.0.0.2 accept => -s 10.0.0.1/32 -m iprange ! --src-range 10.0.0.2-10.0.0.2 -j ACCEPT
        tcp dport 5 tcp dport != 6 accept => -p tcp -m tcp --dport 5 -m tcp ! --dport 6 -j ACCEPT
        tcp dport { 22, 80 } accept => -p tcp -m multiport --dports 22,80 -j ACCEPT
        udp dport { 22, 80-90 } accept => -p udp -m multiport --dports 22,80:90 -j ACCEPT
        tcp dport != { 22, 80 } accept => -p tcp -m multiport ! --dports 22,80 -j ACCEPT
        ct state established,related accept => -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        ct state invalid drop => -m conntrack --ctstate INVALID -j DROP
        fib saddr type broadcast goto ch => -m addrtype --src-type BROADCAST -g ch
        tcp sport . tcp dport { 0-65535 . 22, 22 . 0-65535 } accept => -p tcp -m multiport --ports 22 -j ACCEPT
        ct state != new accept => -m conntrack ! --ctstate NEW -j ACCEPT
        ct status assured accept => -m conntrack --ctstatus ASSURED -j ACCEPT
        ct direction original accept => -m conntrack --ctdir ORIGINAL -j ACCEPT
        ct original ip saddr 1.2.3.4 accept => -m conntrack --ctorigsrc 1.2.3.4 -j ACCEPT
        tcp option maxseg exists accept => -p tcp -m tcp --tcp-option 2 -j ACCEPT
        meta l4proto tcp tcp option maxseg exists accept => -p tcp -m tcp --tcp-option 2 -j ACCEPT
        meta l4proto tcp tcp option maxseg missing accept => -p tcp -m tcp ! --tcp-option 2 -j ACCEPT
        meta length 100-200 accept => -m length --length 100:200 -j ACCEPT
        sctp dport 5 accept => -p sctp -m sctp --dport 5 -j ACCEPT
        ip saddr { 1.2.3.4, 5.6.7.8 } accept =>
        ip saddr @s accept =>
        iifname { "a", "b" } accept =>
        meta mark { 1, 2 } accept =>
        ip protocol { tcp, udp } accept =>
        tcp sport . tcp dport { 22 . 23 } accept =>
        tcp dport vmap { 22 : accept, 23 : drop } =>
        iifname lo iifname != eth0 accept =>
        ip protocol 6 meta l4proto 17 accept =>
        ip frag-off 0 accept =>
        ip frag-off & 0x2000 != 0 accept =>
        udp length 28 accept =>
        tcp window 5 accept =>
        limit rate 5/week accept =>
        meta mark set 5 accept =>
        log prefix "abc" group 5 accept =>
        log group 3 drop =>
        meta nftrace set 1 drop =>
        ip ttl set 5 => -j TTL --ttl-set 5
        tcp flags != syn accept =>
        tcp flags == syn accept =>
        meta l4proto { tcp, udp } th dport 53 accept =>
        th dport 22 accept =>
        @th,0,16 22 accept =>
        ip dscp cs1 accept => -m dscp --dscp 0x08 -j ACCEPT
        ip length 100-200 accept =>
        ip version 4 accept =>
        ip id 5 accept =>
        meta length 100 accept => -m length --length 100 -j ACCEPT
        meta length > 100 accept =>
        meta skuid 0 accept => -m owner --uid-owner 0 -j ACCEPT
        meta cpu 0 accept => -m cpu --cpu 0 -j ACCEPT
        meta priority 1:2 accept =>
        meta iifgroup 1 accept => -m devgroup --src-group 0x1 -j ACCEPT
        meta random 5 accept =>
        meta mark set mark or 5 => -j MARK --set-xmark 0x5/0x5
        meta priority set 1:2 => -j CLASSIFY --set-class 0001:0002
        meta mark 5-9 accept =>
        limit rate over 3/minute accept =>
        limit rate 3 bytes/second accept =>
        limit rate 3/minute ip saddr 10.0.0.1 accept => -m limit --limit 3/min -m iprange --src-range 10.0.0.1-10.0.0.1 -j ACCEPT
        limit rate 3/minute iifname lo accept =>
        limit rate 3/minute tcp dport 22 accept =>
        log prefix "abc" => -j LOG --log-prefix abc
        reject => -j REJECT --reject-with icmp-port-unreachable
        ct mark 5 accept => -m connmark --mark 0x5 -j ACCEPT
        notrack => -j NOTRACK
        quota 100 bytes accept => -m quota --quota 100 -j ACCEPT
        numgen random mod 2 0 accept =>
        fib saddr type local accept => -m addrtype --src-type LOCAL -j ACCEPT
        ct mark set 5 => -j CONNMARK --set-xmark 0x5/0xffffffff
        iifname "abcdefghijklmn*" accept => -i abcdefghijklmn+ -j ACCEPT
        tcp dport 22 tcp dport 22 accept => -p tcp -m tcp --dport 22 -m tcp --dport 22 -j ACCEPT
        ip saddr 10.0.0.1 ip saddr 10.0.0.1 accept => -s 10.0.0.1/32 -j ACCEPT
        """;

    private const string IPv6 = """
        ip6 saddr fe80::/10 drop => -s fe80::/10 -j DROP
        ip6 saddr ::1 ip6 daddr != ::2 drop => -s ::1/128 ! -d ::2/128 -j DROP
        meta l4proto tcp accept => -p tcp -j ACCEPT
        tcp dport 22 accept => -p tcp -m tcp --dport 22 -j ACCEPT
        tcp dport { 22, 80 } accept => -p tcp -m multiport --dports 22,80 -j ACCEPT
        icmpv6 type echo-request accept => -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j ACCEPT
        icmpv6 type echo-request icmpv6 code 0 accept => -p ipv6-icmp -m icmp6 --icmpv6-type 128/0 -j ACCEPT
        ip6 hoplimit 5 accept => -m hl --hl-eq 5 -j ACCEPT
        ip6 nexthdr tcp accept =>
        ip6 flowlabel 5 accept =>
        exthdr frag exists accept =>
        ip6 saddr { ::1, ::2 } accept =>
        ip6 saddr ::1-::9 accept => -m iprange --src-range ::1-::9 -j ACCEPT
        """;

    [Fact]
    public void Rules_of_IPv4_are_read() => Check(Family.IPv4, IPv4);

    [Fact]
    public void Rules_of_IPv6_are_read() => Check(Family.IPv6, IPv6);

    /// <summary>1.8.9 has the protocol by another expression, interfaces before addresses, and loads the name of any interface.</summary>
    [Theory]
    [InlineData("IPv4", "10.0.0.0/12", "1.2.3.0/24", "-p icmp -m icmp --icmp-type 8 -j RETURN")]
    [InlineData("IPv6", "fe80::/10", "2001:db8::/32", "-p ipv6-icmp -m icmp6 --icmpv6-type 128 -j RETURN")]
    public void What_iptables_nft_1_8_9_writes_is_read_as_it_saves_it(string familyName, string source, string destination, string icmp)
    {
        Family family = Family.Named(familyName);
        string[] rules =
        [
            $"-s {source} ! -d {destination} -i eth+ -p tcp -m tcp --dport 22 -j ACCEPT",
            $"! -s {source} -i lo ! -p udp -j DROP",
            "-i + -p tcp -m tcp --sport 1:5 ! --dport 7:9 --tcp-flags FIN,SYN,RST,ACK SYN -j ch",
            "-p udp -m udp --sport 5 --dport 6 -g ch",
            "-m mark ! --mark 0x5/0xff -m limit --limit 7/sec --limit-burst 9 -j NFLOG --nflog-prefix \"a b\" --nflog-group 7",
            "-m comment --comment hello -m conntrack --ctstate NEW -j MARK --set-xmark 0x1/0x1",
            icmp,
            "",
        ];
        using NftRules nft = new(family);
        string program = $"{family.Program}-nft";
        string saved = nft.Restore(program, $"*mangle\n:ch - [0:0]\n{string.Concat(rules.Select(static rule => $"-A PREROUTING {rule}\n"))}COMMIT\n");
        string[] theirs = [.. saved.Split('\n').Where(static line => line.StartsWith("-A PREROUTING", StringComparison.Ordinal))
            .Select(static line => line["-A PREROUTING".Length..].TrimStart())];
        Assert.True(theirs.Length == rules.Length, saved);
        using RuleUnderRead read = new(family, chains: ["ch"]);
        Assert.Equal(theirs, nft.Read().Select(rule => read.Read(rule.Expressions, rule.UserData)));
    }

    /// <summary>
    /// What iptables-translate makes of every rule of a <c>.spec</c>, loaded by nft. It leaves something out here and there, and so does nft when it
    /// compiles: what then comes back as another rule is what the kernel has, of which the packet declarations are the judge.
    /// </summary>
    [Theory]
    [InlineData("IPv4", 1010, 106)]
    [InlineData("IPv6", 968, 138)]
    public void What_iptables_translate_makes_of_a_rule_comes_back(string familyName, int least, int most)
    {
        Family family = Family.Named(familyName);
        string name = family.NftName;
        using NftRules nft = new(family);
        Assert.Equal("", nft.Load($"table {name} filter {{\nchain INPUT {{\n}}\n}}\n"));
        List<(SpecCase Case, string Words)> loaded = nft.LoadRules("filter INPUT", [.. TranslatedCases(family)], static rule => rule.Words);
        using RuleUnderRead read = new(family, sets: nft.Sets("filter"));
        List<string> same = [], foreign = [], other = [];
        foreach (((SpecCase each, string words), (byte[] expressions, byte[] userData)) in loaded.Zip(nft.Read()))
        {
            string ours = read.Read(expressions, userData);
            List<string> list = ours == each.Saved ? same : ours.StartsWith(Foreign, StringComparison.Ordinal) ? foreign : other;
            list.Add($"{each.Saved}\n    nft:  {words}\n    read: {ours}");
        }

        string figures = $"{same.Count} the same, {other.Count} in other words, {foreign.Count} foreign";
        Assert.True(same.Count >= least && other.Count <= most, $"{figures}\n{string.Join('\n', other)}\n\n{string.Join('\n', foreign)}");
    }

    /// <summary>Those that are taken in table filter and have a translation.</summary>
    private static IEnumerable<(SpecCase Case, string Words)> TranslatedCases(Family family)
    {
        SpecCase[] cases = [.. SpecFile.Cases.Where(each => each.IsTaken && each.Family == family.NftName && each.Setup.Count == 0)
            .DistinctBy(static each => each.Saved)];
        for (int start = 0; start < cases.Length; start++)
        {
            string saved = $"*filter\n{string.Concat(cases[start..].Select(static each => $"-A INPUT {each.Saved}\n"))}COMMIT\n";
            string[] lines = NftProgram.Run(saved, $"{family.Program}-restore-translate");
            foreach (string line in lines.Where(static line => Regex.IsMatch(line, "^(add rule|# -t) ")))
            {
                if (line[0] == 'a')
                {
                    yield return (cases[start], line.Split(' ', 6)[^1]);
                }

                start++;
            }

            // It ends at one that it does not know, and is run again with those behind it.
        }
    }

    private static void Check(Family family, string text)
    {
        (string Words, string Expected)[] cases = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => Regex.Match(line, "^(.*?) =>(>?) ?(.*?) *$"))
            .Select(static match => (match.Groups[1].Value, match.Groups[2].Length > 0 || match.Groups[3].Length > 0 ? match.Groups[3].Value : Foreign))];
        using NftRules nft = new(family);
        string name = family.NftName;
        string address = family.AddressSize == 4 ? "ipv4_addr" : "ipv6_addr";
        Assert.Equal("", nft.Load(
            $"table {name} filter {{\nset s {{ type {address} ; }}\nchain ch {{ }}\nchain INPUT {{ type filter hook input priority 0; }}\n}}\n"
            + string.Concat(cases.Select(each => $"add rule {name} filter INPUT {each.Words}\n"))));
        List<(byte[] Expressions, byte[] UserData)> rules = nft.Read();
        Assert.Equal(cases.Length, rules.Count);
        using RuleUnderRead read = new(family, sets: nft.Sets("filter"), chains: ["ch"]);
        List<string> wrong = [];
        for (int i = 0; i < cases.Length; i++)
        {
            string ours = read.Read(rules[i].Expressions, rules[i].UserData);
            if (cases[i].Expected == Foreign ? !ours.StartsWith(Foreign, StringComparison.Ordinal) : ours != cases[i].Expected)
            {
                wrong.Add($"{cases[i].Words}\n   expected {cases[i].Expected}\n   read     {ours}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases.Length} wrong:\n{string.Join("\n", wrong)}");
    }
}

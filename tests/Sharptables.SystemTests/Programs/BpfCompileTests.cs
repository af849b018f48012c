using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>nfbpf_compile: what it prints is what tcpdump has of a filter, and what a rule takes.</summary>
public sealed class BpfCompileTests
{
    private static readonly string[] s_filters =
    [
        "", "ip", "ip6", "tcp", "udp", "icmp", "icmp6", "arp", "ip proto 6", "ip proto 47", "ip6 proto 58", "ip6 protochain 6",
        "host 10.0.0.1", "src host 10.0.0.1 and dst host 10.0.0.2", "src net 192.168.0.0/16", "net 10.0.0.0 mask 255.255.240.0",
        "ip6 host fd00::1", "dst net fd00::/64", "host localhost", "port 53", "port domain", "tcp dst port 22",
        "tcp port ssh or udp port 123",
        "udp portrange 33434-33523", "not (tcp or udp)", "less 100", "greater 1000", "len >= 576 and len <= 1500", "ip broadcast",
        "ip multicast",
        "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn", "icmp[icmptype] == icmp-echo", "ip[8] < 5", "ip[6:2] & 0x1fff != 0",
        "ip[0] & 0xf != 5", "udp[8:4] = 0x01020304", "tcp[((tcp[12] & 0xf0) >> 2):4] = 0x47455420", "ip[2:2] % 2 = 1 and -1 + ip[1] > 0",
        "sctp", "vrrp", "ip proto \\tcp and not port 22", "net 127",
        "ip and (host 10.0.0.1 or host 10.0.0.2 or host 10.0.0.3) and not port 80",
    ];

    public static TheoryData<string> LinkTypes =>
        ["RAW", "raw", "EN10MB", "LINUX_SLL", "LINUX_SLL2", "IEEE802_11", "PPP", "NULL", "LOOP", "IPV4", "IPV6"];

    /// <summary>Each filter, for a link type: the same instructions, or the same reason why not.</summary>
    [Theory]
    [MemberData(nameof(LinkTypes))]
    public void Compiles_as_tcpdump_does(string linkType)
    {
        using Lab lab = new();
        List<string> unlike = [];
        int compiled = 0;
        foreach (string filter in s_filters)
        {
            string Said(string script) => lab.Output("sh", "-c", script, "sh", linkType, filter);
            string ours = Said("nfbpf_compile \"$1\" \"$2\" 2>&1 | grep -v warning: | sed 's/^nfbpf_compile: //'");
            string theirs = Said("tcpdump -ddd -y \"$1\" \"$2\" 2>&1 | sed 's/^tcpdump: //' | paste -sd,");
            compiled += char.IsDigit(ours[0]) ? 1 : 0;
            if (ours != theirs)
            {
                unlike.Add($"{filter}\n  ours:    {ours}  tcpdump: {theirs}");
            }
        }

        Assert.Empty(unlike);
        int enough = linkType.StartsWith("IPV", StringComparison.Ordinal) ? 15 : 25;
        Assert.True(compiled >= enough, $"only {compiled} filters make sense for {linkType}");
    }

    [Fact]
    public void RAW_goes_without_saying()
    {
        using Lab lab = new();
        string raw = lab.Output("nfbpf_compile", "RAW", "ip proto 6");
        Assert.Equal("7,48 0 0 0,84 0 0 240,21 0 3 64,48 0 0 9,21 0 1 6,6 0 0 262144,6 0 0 0\n", raw);
        Assert.Equal(raw, lab.Output("nfbpf_compile", "ip proto 6"));
    }

    /// <summary>A rule with the filter counts the packets behind a plus, and not those behind a minus.</summary>
    [Theory]
    [InlineData(4, "udp port 53", "+ udp dport=53", "+ udp sport=53", "- udp dport=54", "- tcp dport=53")]
    [InlineData(4, "tcp[tcpflags] & (tcp-syn|tcp-ack) == tcp-syn", "+ tcp", "- tcp flags=syn,ack", "- tcp flags=ack", "- udp")]
    [InlineData(4, "src net 192.168.0.0/16 and not icmp", "+ udp", "- udp src=198.51.100.7", "- icmp")]
    [InlineData(4, "ip[8] < 5", "+ udp ttl=4", "- udp ttl=5")]
    [InlineData(4, "udp[8:4] = 0x01020304", "+ udp hex=0102030405", "- udp hex=0102030504")]
    [InlineData(4, "ip6", "- udp")]
    [InlineData(4, "greater 128", "+ udp len=120", "- udp len=60")]
    [InlineData(6, "ip6 and udp dst port 53", "+ udp dport=53", "- udp dport=54", "- tcp dport=53")]
    [InlineData(6, "src host fd00:1::2", "+ udp", "- udp src=fd00:1::3")]
    [InlineData(6, "icmp6 and ip6[40] = 128", "+ icmp6", "- icmp6 type=129", "- udp")]
    public void A_rule_takes_it(int ip, string filter, params string[] packets)
    {
        using Lab lab = new(v6: ip == 6);
        string line = lab.Output("nfbpf_compile", "RAW", filter).TrimEnd('\n');
        CountingRule.Check(lab, $"-A INPUT -m bpf --bytecode \"{line}\"", packets);
    }

    [Theory]
    [InlineData("", "Usage: nfbpf_compile [linktype] 'filter'")]
    [InlineData("RAW ip tcp", "Usage: nfbpf_compile [linktype] 'filter'")]
    [InlineData("-h", "Usage: nfbpf_compile [linktype] 'filter'")]
    [InlineData("NOSUCH ip", "nfbpf_compile: unknown link type \"NOSUCH\"")]
    [InlineData("'' ip", "nfbpf_compile: unknown link type \"\"")]
    [InlineData("'ip and'", "nfbpf_compile: can't parse filter expression: syntax error")]
    [InlineData("'port nosuchport'", "nfbpf_compile: unknown port 'nosuchport'")]
    [InlineData("'ip proto 999999999999'", null)]
    [InlineData("PPP 'ether host 1:2:3:4:5:6'", null)]
    [InlineData("\"$(printf '\\377\\376')\"", "nfbpf_compile: can't parse filter expression: syntax error")]
    [InlineData("/", "nfbpf_compile: can't parse filter expression: syntax error")]
    [InlineData("ip > /dev/full", "nfbpf_compile: cannot write the output: No space left on device")]
    public void A_mistake_is_one_clear_error(string words, string? firstLine)
    {
        using Lab lab = new();
        string[] said = lab.Output("sh", "-c", $"{{ nfbpf_compile {words}; echo $?; }} 2>&1").Split('\n');
        Assert.Equal("1", said[^2]);
        if (firstLine is not null)
        {
            Assert.Equal(firstLine, said[0]);
        }
        else
        {
            Assert.StartsWith("nfbpf_compile: ", said[0], StringComparison.Ordinal);
        }
    }

    /// <summary>More instructions than a rule takes: the line is printed, with a warning, and iptables refuses it.</summary>
    [Fact]
    public void A_long_filter_is_printed_with_a_warning()
    {
        using Lab lab = new();
        string filter = string.Join(" or ", Enumerable.Range(1, 70).Select(static i => $"tcp port {i * 7}"));
        string said = lab.Output("sh", "-c", """
            warning=$(nfbpf_compile RAW "$1" 2>&1 >/dev/null); echo $? "$warning"
            iptables -A INPUT -m bpf --bytecode "$(nfbpf_compile RAW "$1" 2>/dev/null)" 2>/dev/null; echo $?
            """, "sh", filter);
        Assert.Matches("^0 nfbpf_compile: warning: the filter has [0-9]+ instructions; -m bpf takes at most 64\n2\n$", said);
    }

    /// <summary>Where libpcap is hidden by a mount, in a namespace of its own.</summary>
    [Fact]
    public void Without_libpcap_the_error_names_its_package()
    {
        using Lab lab = new();
        string said = lab.Output("unshare", "-m", "sh", "-c", """
            for file in $(ldconfig -p | sed -n 's/.*libpcap.* => //p'); do mount --bind /dev/null "$file"; done
            nfbpf_compile ip 2>&1; echo $?
            """);
        Assert.Matches("^nfbpf_compile: cannot load libpcap: .*\nHint: Install it: its package is libpcap0.8 .*\n1\n$", said);
    }

    /// <summary>A program linked with another glibc would crash when it loads the system's; getconf reports the system's version.</summary>
    [Theory]
    [InlineData("echo glibc 2.99", "the system's C library is glibc 2.99")]
    [InlineData("exit 1", "the system's C library is unknown")]
    public void With_another_C_library_nothing_is_loaded(string getconf, string reason)
    {
        using Lab lab = new();
        string said = lab.Output("unshare", "-m", "sh", "-c", $"""
            file=$(mktemp); printf '#!/bin/sh\n{getconf}\n' > $file; chmod +x $file
            mount --bind $file /usr/bin/getconf; rm $file
            nfbpf_compile ip 2>&1; echo $?
            """);
        Assert.StartsWith("nfbpf_compile: cannot load libpcap: the program was built with glibc ", said, StringComparison.Ordinal);
        Assert.Contains(reason + "\nHint: ", said, StringComparison.Ordinal);
        Assert.EndsWith("\n1\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_goes_away_ends_it()
    {
        using Lab lab = new();
        Assert.Equal("141\n", lab.Output("sh", "-c", "exec 3>&1; { sleep 0.2; env --default-signal=PIPE nfbpf_compile ip; echo $? >&3; } | true"));
    }
}

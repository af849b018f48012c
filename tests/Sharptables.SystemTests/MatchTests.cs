using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Sharptables.SystemTests;

/// <summary>
/// Which packets a rule counts. Each row: commands, of which the last adds the rule in question (without a target, so that
/// every packet goes on), then the packets in the order they are sent: + if the rule is to count it, - if not.
/// </summary>
public sealed class MatchTests
{
    /// <summary>The parts of a rule that are no extension.</summary>
    [Theory]
    [InlineData("-A INPUT -s 192.168.1.2", "+ udp", "- udp src=192.168.1.3")]
    [InlineData("-A INPUT ! -s 192.168.1.0/24", "- udp", "+ udp src=198.51.100.7")]
    [InlineData("-A FORWARD -d 203.0.113.8/31", "+ lan>wan udp", "- lan>wan udp dst=203.0.113.10")]
    [InlineData("-A INPUT -i LAN1", "+ udp", "- wan>router udp")]
    [InlineData("-A INPUT ! -i LAN1", "- udp", "+ wan>router udp")]
    [InlineData("-A INPUT -i WA+", "- udp", "+ wan>router udp")]
    [InlineData("-A FORWARD -o WAN1", "+ lan>wan udp", "- wan>lan udp")]
    [InlineData("-A INPUT -p udp", "+ udp", "- tcp")]
    [InlineData("-A INPUT ! -p udp", "- udp", "+ tcp", "+ icmp")]
    [InlineData("-A INPUT -p 255", "+ ip", "- ip proto=254")]
    [InlineData("-t raw -A PREROUTING -f", "- udp frag=0+", "+ ip proto=17 len=8 frag=1400", "- udp")]
    public void Rule_counts(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -p tcp -m tcp --dport 80", "+ tcp dport=80", "- tcp dport=81")]
    [InlineData("-A INPUT -p tcp -m tcp ! --dport 80", "- tcp dport=80", "+ tcp dport=81")]
    [InlineData("-A INPUT -p tcp -m tcp --sport 1:1023", "+ tcp sport=1", "+ tcp sport=1023", "- tcp sport=1024")]
    [InlineData("-A INPUT -p tcp -m tcp --syn", "+ tcp", "- tcp flags=syn,ack", "- tcp flags=ack")]
    [InlineData("-A INPUT -p tcp -m tcp --tcp-flags SYN,ACK,FIN FIN", "+ tcp flags=fin", "+ tcp flags=fin,psh", "- tcp flags=fin,ack")]
    [InlineData("-A INPUT -p tcp -m tcp --tcp-flags ALL NONE", "- tcp flags=ack", "- tcp")]
    [InlineData("-A INPUT -p tcp -m tcp --tcp-option 2", "+ tcp mss=1460", "- tcp")]
    public void Tcp(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -p udp -m udp --dport 53", "+ udp dport=53", "- udp dport=54", "- tcp dport=53")]
    [InlineData("-A INPUT -p udp -m udp --sport :1023 --dport 1024:", "+ udp sport=1023 dport=1024", "- udp sport=1024 dport=1024")]
    public void Udp(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -p icmp -m icmp --icmp-type echo-request", "+ icmp", "- icmp type=0")]
    [InlineData("-A INPUT -p icmp -m icmp ! --icmp-type 8", "- icmp", "+ icmp type=13")]
    [InlineData("-A INPUT -p icmp -m icmp --icmp-type 3/1", "+ icmp type=3 code=1", "- icmp type=3 code=2")]
    [InlineData("-A INPUT -p icmp -m icmp --icmp-type any", "+ icmp", "+ icmp type=3 code=2", "- udp")]
    public void Icmp(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -p icmpv6 -m icmp6 --icmpv6-type echo-request", "+ icmp6", "- icmp6 type=129")]
    [InlineData("-A INPUT -p icmpv6 -m icmp6 --icmpv6-type 1/4", "+ icmp6 type=1 code=4", "- icmp6 type=1 code=3")]
    [InlineData("-A INPUT -p icmpv6 -m icmp6 ! --icmpv6-type 1", "+ icmp6", "- icmp6 type=1 code=4")]
    public void Icmp6(string commands, params string[] packets) => Counts(v6: true, commands, packets);

    [Theory]
    [InlineData("-A FORWARD -m conntrack --ctstate NEW", "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000", "- lan>wan udp")]
    [InlineData("-A FORWARD -m conntrack --ctstate ESTABLISHED", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000", "- wan>lan udp")]
    [InlineData("-A FORWARD -m conntrack --ctstate INVALID", "+ lan>wan tcp flags=rst", "- lan>wan tcp")]
    [InlineData("-A FORWARD -m conntrack --ctstate RELATED",
        "- lan>wan udp", "+ wan>lan icmp type=3 code=3 inner=lan>wan_udp", "- wan>lan icmp")]
    [InlineData("-t raw -A PREROUTING -p udp -j NOTRACK ; -A FORWARD -m conntrack --ctstate UNTRACKED", "+ lan>wan udp", "- lan>wan tcp")]
    [InlineData("-A FORWARD -m conntrack --ctproto 6", "+ lan>wan tcp", "- lan>wan udp")]
    [InlineData("-A FORWARD -m conntrack --ctdir REPLY", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData("-A FORWARD -m conntrack --ctorigdst 203.0.113.9 --ctorigdstport 50:60",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=61")]
    [InlineData("-A FORWARD -m conntrack --ctstatus SEEN_REPLY", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000", "+ lan>wan udp")]
    [InlineData("-t nat -A PREROUTING -p udp --dport 1 -j DNAT --to-destination 203.0.113.9:2 ; -A FORWARD -m conntrack --ctstate DNAT",
        "+ udp dport=1", "- lan>wan udp dport=2 sport=4")]
    public void Conntrack(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A FORWARD -m state --state NEW", "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000")]
    [InlineData("-A FORWARD -m state --state ESTABLISHED,RELATED", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    public void State(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-t raw -A PREROUTING -m addrtype --dst-type LOCAL", "+ udp", "- lan>wan udp")]
    [InlineData("-t raw -A PREROUTING -m addrtype --dst-type BROADCAST,MULTICAST",
        "+ udp dst=192.168.1.255", "+ udp dst=224.0.0.1", "- udp")]
    [InlineData("-t raw -A PREROUTING -m addrtype ! --src-type UNICAST", "- udp", "+ udp src=0.0.0.0")]
    public void Addrtype(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m limit --limit 1/hour --limit-burst 2", "+ udp", "+ udp", "- udp")]
    public void Limit(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m hashlimit --hashlimit-upto 1/hour --hashlimit-burst 1 --hashlimit-mode srcip --hashlimit-name perhost",
        "+ udp", "- udp", "+ udp src=192.168.1.3")]
    [InlineData("-A INPUT -m hashlimit --hashlimit-above 1/hour --hashlimit-burst 1 --hashlimit-mode dstport --hashlimit-name flood",
        "- udp", "+ udp", "- udp dport=10")]
    public void Hashlimit(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -p tcp -m multiport --dports 22,80:90", "+ tcp dport=22", "+ tcp dport=80", "+ tcp dport=90", "- tcp dport=91")]
    [InlineData("-A INPUT -p udp -m multiport --sports 53,123", "+ udp sport=123", "- udp dport=123")]
    [InlineData("-A INPUT -p udp -m multiport --ports 53", "+ udp sport=53", "+ udp dport=53", "- udp dport=54")]
    [InlineData("-A INPUT -p udp -m multiport ! --dports 1,2", "- udp dport=1", "+ udp dport=3")]
    public void Multiport(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -p udp -m comment --comment \"names, and answers\"", "+ udp", "- tcp")]
    public void Comment(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-t mangle -A PREROUTING -p udp -j MARK --set-mark 0x17 ; -A INPUT -m mark --mark 0x17", "+ udp", "- tcp")]
    [InlineData("-t mangle -A PREROUTING -p udp -j MARK --set-mark 0x17 ; -A INPUT -m mark --mark 0x10/0xf0", "+ udp", "- tcp")]
    [InlineData("-t mangle -A PREROUTING -p udp -j MARK --set-mark 0x17 ; -A INPUT -m mark ! --mark 0x17", "- udp", "+ tcp")]
    public void Mark(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --set-mark 5 ; -A FORWARD -m connmark --mark 5",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=54")]
    [InlineData("-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --set-mark 5 ; -A FORWARD -m connmark ! --mark 5/7",
        "- lan>wan udp dport=53", "+ lan>wan udp dport=54")]
    public void Connmark(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m mac --mac-source 02:00:00:00:01:02", "+ udp", "- udp mac=02:00:00:00:01:03")]
    [InlineData("-A INPUT -m mac ! --mac-source 02:00:00:00:01:02", "- udp", "+ udp mac=02:00:00:00:01:03")]
    public void Mac(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A OUTPUT -m owner --uid-owner 0", "+ router>lan udp")]
    [InlineData("-A OUTPUT -m owner ! --uid-owner 0", "- router>lan udp")]
    [InlineData("-A OUTPUT -m owner --gid-owner 0", "+ router>lan udp")]
    [InlineData("-A OUTPUT -m owner ! --gid-owner 0", "- router>lan udp")]
    [InlineData("-A OUTPUT -m owner --socket-exists", "+ router>lan udp")]
    [InlineData("-t mangle -A POSTROUTING -m owner --socket-exists", "+ router>wan udp", "- lan>wan udp")]
    public void Owner(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -p tcp -m recent --name seen --set ; -A INPUT -m recent --name seen --rcheck",
        "- udp", "+ tcp", "+ udp", "- udp src=192.168.1.3")]
    [InlineData("-A INPUT -m recent --name often --set ; -A INPUT -m recent --name often --rcheck --seconds 60 --hitcount 3",
        "- udp", "- udp", "+ udp", "- udp src=192.168.1.3")]
    [InlineData("-A INPUT -p tcp -m recent --name to --rdest --set ; -A INPUT -p udp -m recent --name to --rdest --remove",
        "- udp", "- tcp", "+ udp", "- udp")]
    public void Recent(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("ipset create friends hash:ip ; ipset add friends 192.168.1.2 ; -A INPUT -m set --match-set friends src",
        "+ udp", "- udp src=192.168.1.3")]
    [InlineData("ipset create web hash:ip,port ; ipset add web 203.0.113.9,tcp:80 ; -A FORWARD -m set ! --match-set web dst,dst",
        "- lan>wan tcp dport=80", "+ lan>wan tcp dport=81", "+ lan>wan udp dport=80")]
    public void Set(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m string --algo bm --string needle", "+ udp payload=hay-needle-hay", "- udp payload=hay-nee-dle")]
    [InlineData("-A INPUT -m string --algo kmp --icase --string NEEDLE", "+ udp payload=hay-needle-hay", "- udp payload=hay")]
    [InlineData("-A INPUT -m string --algo bm --hex-string \"a|00 ff|b\"", "+ udp hex=6100ff62", "- udp hex=61003062")]
    [InlineData("-A INPUT -m string --algo bm --from 40 --string needle",
        "- udp payload=needle-hay", "+ udp payload=hay-hay-hay-hay-needle")]
    [InlineData("-A INPUT -m string --algo bm ! --string needle", "- udp payload=needle", "+ udp payload=hay")]
    public void String(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m u32 --u32 \"6&0xFF=17\"", "+ udp", "- tcp")]
    [InlineData("-A INPUT -m u32 --u32 \"6&0xFF=6 && 0>>22&0x3C@0&0xFFFF=80:90,443\"",
        "+ tcp dport=80", "+ tcp dport=90", "+ tcp dport=443", "- tcp dport=91")]
    [InlineData("-A INPUT -m u32 ! --u32 \"6&0xFF=17\"", "- udp", "+ tcp")]
    public void U32(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m statistic --mode nth --every 3 --packet 0", "+ udp", "- udp", "- udp", "+ udp")]
    [InlineData("-A INPUT -m statistic --mode nth --every 3 --packet 1", "- udp", "+ udp", "- udp", "- udp", "+ udp")]
    [InlineData("-A INPUT -m statistic --mode random --probability 1", "+ udp", "+ udp", "+ udp")]
    [InlineData("-A INPUT -m statistic --mode random ! --probability 1", "- udp", "- udp", "- udp")]
    public void Statistic(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m time --datestart 2001-02-03", "+ udp")]
    [InlineData("-A INPUT -m time --datestop 2001-02-03T04:05:06", "- udp")]
    [InlineData("-A INPUT -m time --weekdays Mon,Tue,Wed,Thu,Fri,Sat,Sun", "+ udp")]
    [InlineData("-A INPUT -m time ! --weekdays Mon,Tue,Wed,Thu,Fri,Sat,Sun", "- udp")]
    public void Time(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    private const string Bridge =
        "ip link add br0 type bridge ; ip link set LAN1 master br0 ; ip link set WAN1 master br0 ; ip link set br0 up" +
        " ; sh -c \"echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables\" ; ";

    [Theory]
    [InlineData(Bridge + "-A FORWARD -m physdev --physdev-in LAN1",
        "+ lan>wan udp to=02:00:00:00:02:02", "- wan>lan udp to=02:00:00:00:01:02")]
    [InlineData(Bridge + "-A FORWARD -m physdev --physdev-is-bridged ! --physdev-out WAN1",
        "- lan>wan udp to=02:00:00:00:02:02", "+ wan>lan udp to=02:00:00:00:01:02")]
    [InlineData("-A FORWARD -m physdev --physdev-is-in", "- lan>wan udp")]
    public void Physdev(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m iprange --src-range 192.168.1.2-192.168.1.5", "+ udp", "+ udp src=192.168.1.5", "- udp src=192.168.1.6")]
    [InlineData("-A FORWARD -m iprange ! --dst-range 203.0.113.9-203.0.113.10", "- lan>wan udp", "+ lan>wan udp dst=203.0.113.8")]
    public void Iprange(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m length --length 128", "+ udp len=100", "- udp len=101")]
    [InlineData("-A INPUT -m length --length 100:128", "+ udp len=72", "+ udp len=100", "- udp len=71")]
    [InlineData("-A INPUT -m length ! --length :128", "- udp len=100", "+ udp len=101")]
    public void Length(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -p tcp -m tcp --syn -m tcpmss --mss 1000:1400", "+ tcp mss=1000", "+ tcp mss=1400", "- tcp mss=1460", "- tcp")]
    [InlineData("-A INPUT -p tcp -m tcpmss ! --mss 1460", "- tcp mss=1460", "+ tcp mss=1461")]
    public void Tcpmss(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A FORWARD -p tcp -m connlimit --connlimit-above 1",
        "- lan>wan tcp sport=1", "+ lan>wan tcp sport=2", "- lan>wan tcp sport=3 src=192.168.1.3")]
    [InlineData("-A FORWARD -p tcp -m connlimit --connlimit-upto 1 --connlimit-mask 24",
        "+ lan>wan tcp sport=1", "- lan>wan tcp sport=2 src=192.168.1.3")]
    [InlineData("-A FORWARD -p tcp -m connlimit --connlimit-above 1 --connlimit-daddr",
        "- lan>wan tcp sport=1", "+ lan>wan tcp sport=2 src=192.168.1.3", "- lan>wan tcp sport=3 dst=203.0.113.10")]
    public void Connlimit(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-t raw -A PREROUTING -m rpfilter", "+ udp", "- udp src=203.0.113.10")]
    [InlineData("-t raw -A PREROUTING -m rpfilter --invert", "- udp", "+ udp src=203.0.113.10")]
    [InlineData("-t raw -A PREROUTING -m rpfilter --loose", "+ udp", "+ udp src=203.0.113.10")]
    public void Rpfilter(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m ttl --ttl-lt 10", "+ udp ttl=9", "- udp ttl=10")]
    [InlineData("-A INPUT -m ttl --ttl-gt 10", "+ udp ttl=11", "- udp ttl=10")]
    [InlineData("-A INPUT -m ttl ! --ttl-eq 10", "- udp ttl=10", "+ udp ttl=11")]
    public void Ttl(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m hl --hl-lt 10", "+ udp ttl=9", "- udp ttl=10")]
    [InlineData("-A INPUT -m hl --hl-eq 10", "+ udp ttl=10", "- udp ttl=11")]
    public void Hl(string commands, params string[] packets) => Counts(v6: true, commands, packets);

    [Theory]
    [InlineData("-t raw -A PREROUTING -m frag --fragid 7:9", "+ udp frag=0+ id=7", "+ udp frag=0+ id=9", "- udp frag=0+ id=10", "- udp")]
    [InlineData("-t raw -A PREROUTING -m frag --fragid 7 --fragfirst", "+ udp frag=0+ id=7", "- ip proto=17 len=8 frag=1400 id=7")]
    [InlineData("-t raw -A PREROUTING -m frag --fragid 7 --fraglast", "- udp frag=0+ id=7", "+ ip proto=17 len=8 frag=1400 id=7")]
    public void Frag(string commands, params string[] packets) => Counts(v6: true, commands, packets);

    [Theory]
    [InlineData("-A INPUT -s fd00:1::2/128", "+ udp", "- udp src=fd00:1::3")]
    [InlineData("-A INPUT -p tcp -m tcp --dport 80", "+ tcp dport=80", "- tcp dport=81", "- udp dport=80")]
    [InlineData("-A FORWARD -m conntrack --ctstate ESTABLISHED", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData("-A INPUT -m iprange --src-range fd00:1::2-fd00:1::5", "+ udp", "- udp src=fd00:1::6")]
    [InlineData("-A INPUT -p udp -m multiport --dports 53,123", "+ udp dport=123", "- udp dport=124")]
    [InlineData("ipset create six hash:ip family inet6 ; ipset add six fd00:1::2 ; -A INPUT -m set --match-set six src",
        "+ udp", "- udp src=fd00:1::3")]
    public void Over_IPv6(string commands, params string[] packets) => Counts(v6: true, commands, packets);

    [Theory]
    [InlineData("-A INPUT -m pkttype --pkt-type unicast", "+ udp", "- udp to=ff:ff:ff:ff:ff:ff")]
    [InlineData("-A INPUT -m dscp --dscp-class EF", "+ udp tos=0xb8", "- udp")]
    [InlineData("-A INPUT -m tos --tos 0x10/0xff", "+ udp tos=0x10", "- udp tos=0x11")]
    [InlineData("-A INPUT -p tcp -m ecn --ecn-ip-ect 3", "+ tcp tos=3", "- tcp tos=2")]
    [InlineData("-A INPUT -m quota --quota 100", "+ udp len=60", "- udp len=60")]
    [InlineData("-A INPUT -p esp -m esp --espspi 256", "+ ip proto=50 hex=0000010000000001", "- ip proto=50 hex=0000010100000001")]
    [InlineData("-A INPUT -p ah -m ah --ahspi 256",
        "+ ip proto=51 hex=110400000000010000000001", "- ip proto=51 hex=110400000000010100000001")]
    [InlineData("-A FORWARD -m connbytes --connbytes 2: --connbytes-dir original --connbytes-mode packets",
        "- lan>wan udp", "+ lan>wan udp")]
    [InlineData("-A INPUT -p sctp -m sctp --dport 36412",
        "+ ip proto=132 hex=00018e3c0000000000000000", "- ip proto=132 hex=00018e3d0000000000000000")]
    [InlineData("-A INPUT -p dccp -m dccp --dport 80 --dccp-types REQUEST",
        "+ ip proto=33 hex=9c40005004000000010000000000000100000000", "- ip proto=33 hex=9c40005104000000010000000000000100000000")]
    [InlineData("-A INPUT -m policy --dir in --pol none", "+ udp")]
    [InlineData("-A INPUT -m policy --dir in --pol ipsec", "- udp")]
    [InlineData("-A INPUT -m bpf --bytecode \"4,48 0 0 9,21 0 1 17,6 0 0 1,6 0 0 0\"", "+ udp", "- tcp")]
    [InlineData("ip link set LAN1 group 5 ; -A INPUT -m devgroup --src-group 5", "+ udp", "- wan>router udp")]
    public void Others(string commands, params string[] packets) => Counts(v6: false, commands, packets);

    [Theory]
    [InlineData("-t raw -A PREROUTING -m ipv6header --header frag --soft", "+ udp frag=0+", "- udp")]
    [InlineData("-A INPUT -m eui64", "+ udp src=fe80::ff:fe00:102", "- udp src=fe80::ff:fe00:103")]
    [InlineData("-A INPUT -m dscp --dscp 46", "+ udp tos=0xb8", "- udp")]
    public void Others_over_IPv6(string commands, params string[] packets) => Counts(v6: true, commands, packets);

    private static void Counts(bool v6, string commands, string[] packets)
    {
        string[] words = commands[(commands.LastIndexOf(" ; ", System.StringComparison.Ordinal) + 1)..].TrimStart(';', ' ').Split(' ');
        string table = words[0] == "-t" ? words[1] : "filter";
        string chain = words[System.Array.IndexOf(words, "-A") + 1];
        using var lab = new Lab(v6);
        lab.Run(commands);
        int rule = lab.Counters(table, chain).Length - 1;
        lab.Run($"-t {table} -A {chain}"); // counts everything: tells when a packet has been through

        var counted = new List<string>();
        foreach (string packet in packets)
        {
            long[] before = lab.Counters(table, chain);
            lab.Send(packet[2..]);
            long[] after = before;
            Assert.True(Lab.Eventually(() => (after = lab.Counters(table, chain))[^1] > before[^1]), $"'{packet}' never got to {chain}");
            Assert.Equal(before[^1] + 1, after[^1]);
            counted.Add((after[rule] > before[rule] ? "+" : "-") + packet[1..]);
        }

        Assert.Equal(packets, counted.ToArray());
    }
}

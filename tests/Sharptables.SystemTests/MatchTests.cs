using System.Net.Sockets;
using Xunit;

namespace Sharptables.SystemTests;

/// <summary>
/// Which packets a rule counts. Each row: 4 or 6, the family; commands, of which the last adds the rule in question (without a
/// target, so that every packet goes on); then the packets in the order they are sent: + if the rule is to count it, - if not.
/// </summary>
public sealed class MatchTests
{
    /// <summary>The parts of a rule that are no extension.</summary>
    [Theory]
    [InlineData(4, "-A INPUT -s 192.168.1.2", "+ udp", "- udp src=192.168.1.3")]
    [InlineData(4, "-A INPUT ! -s 192.168.1.0/24", "- udp", "+ udp src=198.51.100.7")]
    [InlineData(4, "-A FORWARD -d 203.0.113.8/31", "+ lan>wan udp", "- lan>wan udp dst=203.0.113.10")]
    [InlineData(4, "-A INPUT -i LAN1", "+ udp", "- wan>router udp")]
    [InlineData(4, "-A INPUT ! -i LAN1", "- udp", "+ wan>router udp")]
    [InlineData(4, "-A INPUT -i WA+", "- udp", "+ wan>router udp")]
    [InlineData(4, "-A FORWARD -o WAN1", "+ lan>wan udp", "- wan>lan udp")]
    [InlineData(4, "-A INPUT -p udp", "+ udp", "- tcp")]
    [InlineData(4, "-A INPUT ! -p udp", "- udp", "+ tcp", "+ icmp")]
    [InlineData(4, "-A INPUT -p 255", "+ ip", "- ip proto=254")]
    [InlineData(4, "-t raw -A PREROUTING -f", "- udp frag=0+", "+ ip proto=17 len=8 frag=1400", "- udp")]
    [InlineData(6, "-A INPUT -s fd00:1::2/128", "+ udp", "- udp src=fd00:1::3")]
    public void Rule_counts(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m addrtype")]
    [Theory]
    [InlineData(4, "-t raw -A PREROUTING -m addrtype --dst-type LOCAL", "+ udp", "- lan>wan udp")]
    [InlineData(4, "-t raw -A PREROUTING -m addrtype --dst-type BROADCAST,MULTICAST",
        "+ udp dst=192.168.1.255", "+ udp dst=224.0.0.1", "- udp")]
    [InlineData(4, "-t raw -A PREROUTING -m addrtype ! --src-type UNICAST", "- udp", "+ udp src=0.0.0.0")]
    [InlineData(4, "-t raw -A PREROUTING -m addrtype --limit-iface-in --dst-type LOCAL", "+ udp", "- udp dst=203.0.113.1")]
    [InlineData(6, "-t raw -A PREROUTING -m addrtype --dst-type LOCAL", "+ udp", "- lan>wan udp")]
    [InlineData(6, "-t raw -A PREROUTING -m addrtype --dst-type MULTICAST", "+ udp dst=ff02::1", "- udp")]
    public void Addrtype(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // RFC 4302, section 2, behind the next header: length, two bytes reserved, SPI, sequence number, checksum.
    private const string Ah256 = "0400000000010000000001000000000000000000000000";

    [Shows("-m ah")]
    [Theory]
    [InlineData(4, "-A INPUT -p ah -m ah --ahspi 256:258",
        "+ ip proto=51 hex=110400000000010000000001", "+ ip proto=51 hex=110400000000010200000001",
        "- ip proto=51 hex=11040000000000ff00000001", "- ip proto=51 hex=110400000000010300000001")]
    [InlineData(4, "-A INPUT -p ah -m ah ! --ahspi 256",
        "- ip proto=51 hex=110400000000010000000001", "+ ip proto=51 hex=110400000000010100000001")]
    [InlineData(6, "-A INPUT -m ah --ahspi 256:258",
        "+ udp ext=51:" + Ah256, "- udp ext=51:0400000000010300000001000000000000000000000000", "- udp")]
    [InlineData(6, "-A INPUT -m ah ! --ahspi 256",
        "- udp ext=51:" + Ah256, "+ udp ext=51:0400000000010300000001000000000000000000000000")]
    [InlineData(6, "-A INPUT -m ah --ahlen 24",
        "+ udp ext=51:" + Ah256, "- udp ext=51:02000000000100000000010000000000")]
    [InlineData(6, "-A INPUT -m ah ! --ahlen 24",
        "- udp ext=51:" + Ah256, "+ udp ext=51:02000000000100000000010000000000")]
    [InlineData(6, "-A INPUT -m ah --ahres",
        "+ udp ext=51:" + Ah256, "- udp ext=51:0400010000010000000001000000000000000000000000")]
    public void Ah(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m bpf")]
    [Theory]
    [InlineData(4, "-A INPUT -m bpf --bytecode \"4,48 0 0 9,21 0 1 17,6 0 0 1,6 0 0 0\"", "+ udp", "- tcp")]
    [InlineData(6, "-A INPUT -m bpf --bytecode \"4,48 0 0 6,21 0 1 17,6 0 0 1,6 0 0 0\"", "+ udp", "- tcp")]
    public void Bpf(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m bpf")]
    [Theory]
    [InlineData(4, "-A INPUT -m bpf --object-pinned FOLDER/allbuttcp", "+ udp", "+ icmp", "- tcp")]
    public void Bpf_pinned(int ip, string commands, params string[] packets)
    {
        string folder = Directory.CreateTempSubdirectory("sharptables-bpf.").FullName;
        using var lab = new Lab(v6: ip == 6);
        lab.Run($"mount -t bpf none {folder}");
        try
        {
            lab.Inside(() => PinnedProgram.PinAllButTcp($"{folder}/allbuttcp"));
            CountingRule.Check(lab, commands.Replace("FOLDER", folder, StringComparison.Ordinal), packets);
        }
        finally
        {
            lab.Run($"umount {folder}");
            Directory.Delete(folder);
        }
    }

    /// <summary>GROUP is a control group of the test's own, of class 10:1; "member" is a packet that one of its processes sends.</summary>
    [Shows("-m cgroup")]
    [Theory]
    [InlineData(4, "-A OUTPUT -m cgroup --path GROUP", "+ member 192.168.1.2", "- router>lan udp")]
    [InlineData(4, "-A OUTPUT -m cgroup ! --path GROUP", "- member 192.168.1.2", "+ router>lan udp")]
    [InlineData(4, "-A OUTPUT -m cgroup --cgroup 0x100001", "+ member 192.168.1.2", "- router>lan udp")]
    [InlineData(4, "-A OUTPUT -m cgroup ! --cgroup 0x100001", "- member 192.168.1.2", "+ router>lan udp")]
    [InlineData(6, "-A OUTPUT -m cgroup --path GROUP", "+ member fd00:1::2", "- router>lan udp")]
    public void Cgroup(int ip, string commands, params string[] packets)
    {
        string group = $"sharptables.{Environment.ProcessId}";
        string paths = $"/mnt/2/{group} /mnt/class/{group}";
        using var lab = new Lab(v6: ip == 6);
        lab.Run(WithGroups($"mkdir {paths} && echo 0x100001 > /mnt/class/{group}/net_cls.classid"));
        try
        {
            CountingRule.Check(lab, commands.Replace("GROUP", group, StringComparison.Ordinal), [.. packets.Select(Command)]);
        }
        finally
        {
            lab.Run(WithGroups($"rmdir {paths}"));
        }

        string Command(string packet) => packet[2..].StartsWith("member ", StringComparison.Ordinal)
            ? packet[..2] + "run " + WithGroups($"for g in {paths}; do echo 0 > $g/cgroup.procs; done && echo > /dev/udp/{packet[9..]}/9")
            : packet;

        // Mounted where only this command sees it: cgroup 2 for the paths, net_cls for the classes.
        static string WithGroups(string command) => "unshare -m bash -c 'mount -t tmpfs none /mnt && mkdir /mnt/2 /mnt/class"
            + $" && mount -t cgroup2 none /mnt/2 && mount -t cgroup -o net_cls none /mnt/class && {command}'";
    }

    [Shows("-m cluster")]
    [Theory]
    [InlineData(4, "-A FORWARD -m cluster --cluster-total-nodes 2 --cluster-local-node 1 --cluster-hash-seed 5",
        "- lan>wan udp src=192.168.1.2", "- lan>wan udp src=192.168.1.3", "+ lan>wan udp src=192.168.1.4")]
    [InlineData(4, "-A FORWARD -m cluster --cluster-total-nodes 2 --cluster-local-node 2 --cluster-hash-seed 5",
        "+ lan>wan udp src=192.168.1.2", "+ lan>wan udp src=192.168.1.3", "- lan>wan udp src=192.168.1.4")]
    [InlineData(4, "-A FORWARD -m cluster --cluster-total-nodes 2 ! --cluster-local-node 1 --cluster-hash-seed 5",
        "+ lan>wan udp src=192.168.1.2", "- lan>wan udp src=192.168.1.4", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(4, "-A FORWARD -m cluster --cluster-total-nodes 3 --cluster-local-nodemask 6 --cluster-hash-seed 5",
        "+ lan>wan udp src=192.168.1.2", "+ lan>wan udp src=192.168.1.3", "- lan>wan udp src=192.168.1.4", "- lan>wan udp src=192.168.1.5")]
    [InlineData(6, "-A FORWARD -m cluster --cluster-total-nodes 2 --cluster-local-node 2 --cluster-hash-seed 5",
        "+ lan>wan udp src=fd00:1::2", "- lan>wan udp src=fd00:3::2")] // Linux 6.18 looks at the first four bytes only
    public void Cluster(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m comment", "any packet taken")]
    [Theory]
    [InlineData(4, "-A INPUT -p udp -m comment --comment \"names, and answers\"", "+ udp", "- tcp")]
    [InlineData(6, "-A INPUT -p udp -m comment --comment \"names, and answers\"", "+ udp", "- tcp")]
    public void Comment(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m connbytes")]
    [Theory]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 2: --connbytes-dir original --connbytes-mode packets",
        "- lan>wan udp", "+ lan>wan udp")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 1: --connbytes-dir reply --connbytes-mode packets",
        "- lan>wan udp", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(4, "-A FORWARD -m connbytes ! --connbytes 2:3 --connbytes-dir both --connbytes-mode packets",
        "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000", "- lan>wan udp", "+ lan>wan udp")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 100: --connbytes-dir original --connbytes-mode bytes",
        "- lan>wan udp len=32", "- wan>lan udp sport=9 dport=40000 len=72", "+ lan>wan udp len=32")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 100 --connbytes-dir reply --connbytes-mode bytes",
        "- lan>wan udp len=72", "+ wan>lan udp sport=9 dport=40000 len=72")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 100:200 --connbytes-dir original --connbytes-mode avgpkt",
        "- lan>wan udp len=32", "+ lan>wan udp len=172", "- lan>wan udp len=1000")]
    [InlineData(4, "-A FORWARD -m connbytes --connbytes 100: --connbytes-dir both --connbytes-mode avgpkt",
        "- lan>wan udp len=32", "+ wan>lan udp sport=9 dport=40000 len=172")]
    [InlineData(6, "-A FORWARD -m connbytes --connbytes 2: --connbytes-dir both --connbytes-mode packets",
        "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    public void Connbytes(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m connlabel")]
    [Theory]
    [InlineData(4, "-A FORWARD -p udp --dport 53 -m connlabel --label 40 --set ; -A FORWARD -m connlabel --label 40",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=54")]
    [InlineData(4, "-A FORWARD -p udp --dport 53 -m connlabel --label 40 --set ; -A FORWARD -m connlabel ! --label 40",
        "- lan>wan udp dport=53", "+ lan>wan udp dport=54")]
    [InlineData(4, "-A FORWARD -p udp --dport 53 -m connlabel --label 40 --set ; -A FORWARD -m connlabel --label 41",
        "- lan>wan udp dport=53")]
    [InlineData(6, "-A FORWARD -p udp --dport 53 -m connlabel --label 0 --set ; -A FORWARD -m connlabel --label 0",
        "+ lan>wan udp dport=53", "- lan>wan udp dport=54")]
    public void Connlabel(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m connlimit")]
    [Theory]
    [InlineData(4, "-A FORWARD -p tcp -m connlimit --connlimit-above 1",
        "- lan>wan tcp sport=1", "+ lan>wan tcp sport=2", "- lan>wan tcp sport=3 src=192.168.1.3")]
    [InlineData(4, "-A FORWARD -p tcp -m connlimit --connlimit-upto 1 --connlimit-mask 24",
        "+ lan>wan tcp sport=1", "- lan>wan tcp sport=2 src=192.168.1.3")]
    [InlineData(4, "-A FORWARD -p tcp -m connlimit --connlimit-above 1 --connlimit-daddr",
        "- lan>wan tcp sport=1", "+ lan>wan tcp sport=2 src=192.168.1.3", "- lan>wan tcp sport=3 dst=203.0.113.10")]
    [InlineData(6, "-A FORWARD -p tcp -m connlimit --connlimit-above 1 --connlimit-mask 127",
        "- lan>wan tcp sport=1", "+ lan>wan tcp sport=2 src=fd00:1::3", "- lan>wan tcp sport=3 src=fd00:1::4")]
    public void Connlimit(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m connmark")]
    [Theory]
    [InlineData(4, "-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --set-mark 5 ; -A FORWARD -m connmark --mark 5",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=54")]
    [InlineData(4, "-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --set-mark 5 ; -A FORWARD -m connmark ! --mark 5/7",
        "- lan>wan udp dport=53", "+ lan>wan udp dport=54")]
    [InlineData(6, "-t mangle -A PREROUTING -p udp --dport 53 -j CONNMARK --set-mark 5 ; -A FORWARD -m connmark --mark 5",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=54")]
    public void Connmark(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m conntrack")]
    [Theory]
    [InlineData(4, "-A FORWARD -m conntrack --ctstate NEW", "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000", "- lan>wan udp")]
    [InlineData(4, "-A FORWARD -m conntrack --ctstate ESTABLISHED", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000", "- wan>lan udp")]
    [InlineData(4, "-A FORWARD -m conntrack --ctstate INVALID", "+ lan>wan tcp flags=rst", "- lan>wan tcp")]
    [InlineData(4, "-A FORWARD -m conntrack --ctstate RELATED",
        "- lan>wan udp", "+ wan>lan icmp type=3 code=3 inner=lan>wan_udp", "- wan>lan icmp")]
    [InlineData(4, "-t raw -A PREROUTING -p udp -j NOTRACK ; -A FORWARD -m conntrack --ctstate UNTRACKED",
        "+ lan>wan udp", "- lan>wan tcp")]
    [InlineData(4, "-A FORWARD -m conntrack --ctproto 6", "+ lan>wan tcp", "- lan>wan udp")]
    [InlineData(4, "-A FORWARD -m conntrack --ctdir REPLY", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(4, "-A FORWARD -m conntrack --ctorigdst 203.0.113.9 --ctorigdstport 50:60",
        "+ lan>wan udp dport=53", "+ wan>lan udp sport=53 dport=40000", "- lan>wan udp dport=61")]
    [InlineData(4, "-A FORWARD -m conntrack --ctstatus SEEN_REPLY", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000", "+ lan>wan udp")]
    [InlineData(4, "-t nat -A PREROUTING -p udp --dport 1 -j DNAT --to-destination 203.0.113.9:2 ; -A FORWARD -m conntrack --ctstate DNAT",
        "+ udp dport=1", "- lan>wan udp dport=2 sport=4")]
    [InlineData(4, "-A FORWARD -m conntrack --ctreplsrc 203.0.113.9 --ctreplsrcport 9 --ctrepldstport 40000",
        "+ lan>wan udp", "- lan>wan udp dport=10")]
    [InlineData(4, "-A FORWARD -m conntrack --ctexpire 1:60", "- lan>wan udp", "+ lan>wan udp", "- lan>wan tcp", "- lan>wan tcp")]
    [InlineData(6, "-A FORWARD -m conntrack --ctstate ESTABLISHED", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(6, "-A FORWARD -m conntrack --ctorigsrc fd00:1::2 ! --ctorigdstport 53", "+ lan>wan udp", "- lan>wan udp dport=53")]
    public void Conntrack(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // What arrives on LAN1 is for CPU 0, on WAN1 for CPU 1: Documentation/networking/scaling.rst of the kernel, under RPS.
    private const string Steered = "unshare -m sh -c \"mount -t sysfs sysfs /sys && echo 1 > /sys/class/net/LAN1/queues/rx-0/rps_cpus"
        + " && echo 2 > /sys/class/net/WAN1/queues/rx-0/rps_cpus\" ; ";

    [Shows("-m cpu")]
    [Theory]
    [InlineData(4, Steered + "-A INPUT -m cpu --cpu 0", "+ udp", "- wan>router udp")]
    [InlineData(4, Steered + "-A INPUT -m cpu --cpu 1", "- udp", "+ wan>router udp")]
    [InlineData(4, Steered + "-A INPUT -m cpu ! --cpu 1", "+ udp", "- wan>router udp")]
    [InlineData(6, Steered + "-A INPUT -m cpu --cpu 0", "+ udp", "- wan>router udp")]
    public void Cpu(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // RFC 4340, section 5.1, with a long sequence number: source and destination port, offset of the data, type.
    private const string DccpRequest = "ip proto=33 hex=9c4000500600000001000000000000010000000021030100";
    private const string DccpAck = "ip proto=33 hex=9c4000510600000007000000000000010000000000000000";

    [Shows("-m dccp")]
    [Theory]
    [InlineData(4, "-A INPUT -p dccp -m dccp --dport 80", "+ " + DccpRequest, "- " + DccpAck)]
    [InlineData(4, "-A INPUT -p dccp -m dccp --sport 40000 ! --dport 80", "- " + DccpRequest, "+ " + DccpAck)]
    [InlineData(4, "-A INPUT -p dccp -m dccp ! --sport 1:1023", "+ " + DccpRequest)]
    [InlineData(4, "-A INPUT -p dccp -m dccp --dccp-types REQUEST,RESPONSE", "+ " + DccpRequest, "- " + DccpAck)]
    [InlineData(4, "-A INPUT -p dccp -m dccp ! --dccp-types REQUEST", "- " + DccpRequest, "+ " + DccpAck)]
    [InlineData(4, "-A INPUT -p dccp -m dccp --dccp-option 33", "+ " + DccpRequest, "- " + DccpAck)]
    [InlineData(4, "-A INPUT -p dccp -m dccp ! --dccp-option 33", "- " + DccpRequest, "+ " + DccpAck)]
    [InlineData(6, "-A INPUT -p dccp -m dccp --dccp-types ACK", "- " + DccpRequest, "+ " + DccpAck)]
    public void Dccp(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m devgroup")]
    [Theory]
    [InlineData(4, "ip link set LAN1 group 5 ; -A INPUT -m devgroup --src-group 5", "+ udp", "- wan>router udp")]
    [InlineData(4, "ip link set LAN1 group 5 ; -A INPUT -m devgroup ! --src-group 4/6", "- udp", "+ wan>router udp")]
    [InlineData(4, "ip link set WAN1 group 5 ; -A FORWARD -m devgroup --dst-group 5", "+ lan>wan udp", "- wan>lan udp")]
    [InlineData(4, "ip link set WAN1 group 5 ; -A FORWARD -m devgroup --src-group 0 ! --dst-group 5", "- lan>wan udp", "- wan>lan udp")]
    [InlineData(6, "ip link set WAN1 group 5 ; -A FORWARD -m devgroup --dst-group 5", "+ lan>wan udp", "- wan>lan udp")]
    public void Devgroup(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m dscp")]
    [Theory]
    [InlineData(4, "-A INPUT -m dscp --dscp-class EF", "+ udp tos=0xb8", "+ udp tos=0xbb", "- udp")]
    [InlineData(4, "-A INPUT -m dscp ! --dscp 46", "- udp tos=0xb8", "+ udp tos=0xb4")]
    [InlineData(6, "-A INPUT -m dscp --dscp 46", "+ udp tos=0xb8", "- udp")]
    [InlineData(6, "-A INPUT -m dscp ! --dscp-class CS1", "- udp tos=0x20", "+ udp")]
    public void Dscp(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // An option that every receiver skips (type 0x1e, RFC 4727) with two bytes, then padding.
    private const string SkippedOption = "001e0200000100";

    [Shows("-m dst")]
    [Theory]
    [InlineData(6, "-A INPUT -m dst", "+ udp ext=60:" + SkippedOption, "- udp")]
    [InlineData(6, "-A INPUT -m dst --dst-len 8", "+ udp ext=60:" + SkippedOption, "- udp ext=60:01010c000000000000000000000000")]
    [InlineData(6, "-A INPUT -m dst ! --dst-len 8", "- udp ext=60:" + SkippedOption, "+ udp ext=60:01010c000000000000000000000000")]
    [InlineData(6, "-A INPUT -m dst --dst-opts 30", "+ udp ext=60:" + SkippedOption, "- udp ext=60:00010400000000")]
    [InlineData(6, "-A INPUT -m dst --dst-opts 30:2,1:0", "+ udp ext=60:" + SkippedOption, "- udp ext=60:001e0300000000")]
    public void Dst(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m ecn")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m ecn --ecn-ip-ect 3", "+ tcp tos=3", "- tcp tos=2")]
    [InlineData(4, "-A INPUT -m ecn ! --ecn-ip-ect 0", "- udp tos=0xb8", "+ udp tos=0xb9")]
    [InlineData(4, "-A INPUT -p tcp -m ecn --ecn-tcp-cwr", "+ tcp flags=ack,cwr", "- tcp flags=ack,ece")]
    [InlineData(4, "-A INPUT -p tcp -m ecn ! --ecn-tcp-cwr", "- tcp flags=ack,cwr", "+ tcp flags=ack,ece")]
    [InlineData(4, "-A INPUT -p tcp -m ecn --ecn-tcp-ece", "+ tcp flags=ack,ece", "- tcp flags=ack,cwr")]
    [InlineData(4, "-A INPUT -p tcp -m ecn ! --ecn-tcp-ece", "- tcp flags=ack,ece", "+ tcp flags=ack,cwr")]
    [InlineData(6, "-A INPUT -m ecn --ecn-ip-ect 1", "+ udp tos=1", "- udp tos=2")]
    [InlineData(6, "-A INPUT -p tcp -m ecn --ecn-tcp-ece", "+ tcp flags=ack,ece", "- tcp flags=ack,cwr")]
    public void Ecn(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m esp")]
    [Theory]
    [InlineData(4, "-A INPUT -p esp -m esp --espspi 256:258",
        "+ ip proto=50 hex=0000010000000001", "+ ip proto=50 hex=0000010200000001",
        "- ip proto=50 hex=000000ff00000001", "- ip proto=50 hex=0000010300000001")]
    [InlineData(4, "-A INPUT -p esp -m esp ! --espspi 256", "- ip proto=50 hex=0000010000000001", "+ ip proto=50 hex=0000010100000001")]
    [InlineData(6, "-A INPUT -p esp -m esp --espspi 256", "+ ip proto=50 hex=0000010000000001", "- ip proto=50 hex=0000010100000001")]
    public void Esp(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m eui64")]
    [Theory]
    [InlineData(6, "-A INPUT -m eui64", "+ udp src=fe80::ff:fe00:102", "- udp src=fe80::ff:fe00:103")]
    public void Eui64(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m frag")]
    [Theory]
    [InlineData(6, "-t raw -A PREROUTING -m frag --fragid 7:9", "+ udp frag=0+ id=7", "+ udp frag=0+ id=9", "- udp frag=0+ id=10", "- udp")]
    [InlineData(6, "-t raw -A PREROUTING -m frag --fragid 7 --fragfirst", "+ udp frag=0+ id=7", "- ip proto=17 len=8 frag=1400 id=7")]
    [InlineData(6, "-t raw -A PREROUTING -m frag --fragid 7 --fraglast", "- udp frag=0+ id=7", "+ ip proto=17 len=8 frag=1400 id=7")]
    [InlineData(6, "-t raw -A PREROUTING -m frag ! --fragid 7", "- udp frag=0+ id=7", "+ udp frag=0+ id=8")]
    [InlineData(6, "-t raw -A PREROUTING -m frag --fragmore", "+ udp frag=0+", "- ip proto=17 len=8 frag=1400")]
    [InlineData(6, "-t raw -A PREROUTING -m frag --fragres", "+ udp frag=0+", "- udp ext=44:01000100000001")]
    public void Frag(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m hashlimit")]
    [Theory]
    [InlineData(4, "-A INPUT -m hashlimit --hashlimit-upto 1/hour --hashlimit-burst 1 --hashlimit-mode srcip --hashlimit-name perhost",
        "+ udp", "- udp", "+ udp src=192.168.1.3")]
    [InlineData(4, "-A INPUT -m hashlimit --hashlimit-above 1/hour --hashlimit-burst 1 --hashlimit-mode dstport --hashlimit-name flood",
        "- udp", "+ udp", "- udp dport=10")]
    [InlineData(6, "-A INPUT -m hashlimit --hashlimit-upto 1/hour --hashlimit-burst 1 --hashlimit-mode srcip --hashlimit-name six",
        "+ udp", "- udp", "+ udp src=fd00:1::3")]
    public void Hashlimit(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m hbh")]
    [Theory]
    [InlineData(6, "-A INPUT -m hbh", "+ udp ext=0:" + SkippedOption, "- udp")]
    [InlineData(6, "-A INPUT -m hbh --hbh-len 8", "+ udp ext=0:" + SkippedOption, "- udp ext=0:011e0c000000000000000000000000")]
    [InlineData(6, "-A INPUT -m hbh ! --hbh-len 8", "- udp ext=0:" + SkippedOption, "+ udp ext=0:011e0c000000000000000000000000")]
    [InlineData(6, "-A INPUT -m hbh --hbh-opts 30", "+ udp ext=0:" + SkippedOption, "- udp ext=0:00010400000000")]
    [InlineData(6, "-A INPUT -m hbh --hbh-opts 30:2,1:0", "+ udp ext=0:" + SkippedOption, "- udp ext=0:001e0300000000")]
    public void Hbh(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // A read request of TFTP, RFC 1350: the answer, from a port of the server's choice, is another connection.
    private const string Tftp = "-t raw -A PREROUTING -p udp --dport 69 -j CT --helper tftp ; ";
    private const string ReadRequest = "lan>wan udp dport=69 hex=000161006f6374657400";
    private const string Answer = "wan>lan udp sport=5000 dport=40000";

    [Shows("-m helper")]
    [Theory]
    [InlineData(4, Tftp + "-A FORWARD -m helper --helper tftp", "- " + ReadRequest, "+ " + Answer, "- wan>lan udp sport=5000 dport=1")]
    [InlineData(4, Tftp + "-A FORWARD -m helper ! --helper tftp", "+ " + ReadRequest, "- " + Answer)]
    [InlineData(4, Tftp + "-A FORWARD -m helper --helper ftp", "- " + ReadRequest, "- " + Answer)]
    [InlineData(4, Tftp + "-A FORWARD -m helper --helper \"\"", "- " + ReadRequest, "+ " + Answer, "- lan>wan udp")]
    [InlineData(6, Tftp + "-A FORWARD -m helper --helper tftp", "- " + ReadRequest, "+ " + Answer)]
    public void Helper(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m hl")]
    [Theory]
    [InlineData(6, "-A INPUT -m hl --hl-lt 10", "+ udp ttl=9", "- udp ttl=10")]
    [InlineData(6, "-A INPUT -m hl --hl-eq 10", "+ udp ttl=10", "- udp ttl=11")]
    [InlineData(6, "-A INPUT -m hl --hl-gt 10", "+ udp ttl=11", "- udp ttl=10")]
    [InlineData(6, "-A INPUT -m hl ! --hl-eq 10", "- udp ttl=10", "+ udp ttl=11")]
    public void Hl(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m icmp")]
    [Theory]
    [InlineData(4, "-A INPUT -p icmp -m icmp --icmp-type echo-request", "+ icmp", "- icmp type=0")]
    [InlineData(4, "-A INPUT -p icmp -m icmp ! --icmp-type 8", "- icmp", "+ icmp type=13")]
    [InlineData(4, "-A INPUT -p icmp -m icmp --icmp-type 3/1", "+ icmp type=3 code=1", "- icmp type=3 code=2")]
    [InlineData(4, "-A INPUT -p icmp -m icmp --icmp-type any", "+ icmp", "+ icmp type=3 code=2", "- udp")]
    public void Icmp(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m icmp6")]
    [Theory]
    [InlineData(6, "-A INPUT -p icmpv6 -m icmp6 --icmpv6-type echo-request", "+ icmp6", "- icmp6 type=129")]
    [InlineData(6, "-A INPUT -p icmpv6 -m icmp6 --icmpv6-type 1/4", "+ icmp6 type=1 code=4", "- icmp6 type=1 code=3")]
    [InlineData(6, "-A INPUT -p icmpv6 -m icmp6 ! --icmpv6-type 1", "+ icmp6", "- icmp6 type=1 code=4")]
    public void Icmp6(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m ipcomp")]
    [Theory]
    [InlineData(4, "-A INPUT -p ipcomp -m ipcomp --ipcompspi 5:6",
        "+ ip proto=108 hex=0600000500000000", "+ ip proto=108 hex=0600000600000000", "- ip proto=108 hex=0600000700000000")]
    [InlineData(4, "-A INPUT -p ipcomp -m ipcomp ! --ipcompspi 5",
        "- ip proto=108 hex=0600000500000000", "+ ip proto=108 hex=0600000600000000")]
    [InlineData(4, "-A INPUT -p ipcomp -m ipcomp --ipcompspi 5 --compres", // which the kernel does not look at
        "+ ip proto=108 hex=0600000500000000", "- ip proto=108 hex=0600000600000000")]
    [InlineData(6, "-A INPUT -p ipcomp -m ipcomp --ipcompspi 5",
        "+ ip proto=108 hex=0600000500000000", "- ip proto=108 hex=0600000700000000")]
    public void Ipcomp(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m iprange")]
    [Theory]
    [InlineData(4, "-A INPUT -m iprange --src-range 192.168.1.2-192.168.1.5", "+ udp", "+ udp src=192.168.1.5", "- udp src=192.168.1.6")]
    [InlineData(4, "-A FORWARD -m iprange ! --dst-range 203.0.113.9-203.0.113.10", "- lan>wan udp", "+ lan>wan udp dst=203.0.113.8")]
    [InlineData(6, "-A INPUT -m iprange --src-range fd00:1::2-fd00:1::5", "+ udp", "- udp src=fd00:1::6")]
    public void Iprange(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // Without --soft these headers and no other, of which prot is whatever comes behind the last of IPv6's own.
    [Shows("-m ipv6header")]
    [Theory]
    [InlineData(6, "-A INPUT -m ipv6header --header hop,prot",
        "+ udp ext=0:" + SkippedOption, "- udp", "- udp ext=0:" + SkippedOption + ",60:" + SkippedOption)]
    [InlineData(6, "-A INPUT -m ipv6header ! --header hop,prot",
        "- udp ext=0:" + SkippedOption, "+ udp", "+ udp ext=0:" + SkippedOption + ",60:" + SkippedOption)]
    [InlineData(6, "-A INPUT -m ipv6header --header hop,dst --soft",
        "+ udp ext=0:" + SkippedOption + ",60:" + SkippedOption, "- udp ext=0:" + SkippedOption, "- udp ext=60:" + SkippedOption)]
    [InlineData(6, "-A INPUT -m ipv6header --header none", "+ ip proto=59", "- udp")]
    [InlineData(6, "-A INPUT -m ipv6header --header auth --soft", "+ udp ext=51:" + Ah256, "- udp")]
    [InlineData(6, "-A INPUT -m ipv6header --header esp --soft", "+ ip proto=50 hex=0000010000000001", "- udp")]
    [InlineData(6, "-A INPUT -m ipv6header --header route --soft", "+ udp ext=43:04000100000000" + Address1 + Address2, "- udp")]
    [InlineData(6, "-t raw -A PREROUTING -m ipv6header --header frag --soft", "+ udp frag=0+", "- udp")]
    public void Ipv6header(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m length")]
    [Theory]
    [InlineData(4, "-A INPUT -m length --length 128", "+ udp len=100", "- udp len=101")]
    [InlineData(4, "-A INPUT -m length --length 100:128", "+ udp len=72", "+ udp len=100", "- udp len=71")]
    [InlineData(4, "-A INPUT -m length ! --length :128", "- udp len=100", "+ udp len=101")]
    [InlineData(6, "-A INPUT -m length --length 148", "+ udp len=100", "- udp len=101")]
    public void Length(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m limit")]
    [Theory]
    [InlineData(4, "-A INPUT -m limit --limit 1/hour --limit-burst 2", "+ udp", "+ udp", "- udp")]
    [InlineData(6, "-A INPUT -m limit --limit 1/hour --limit-burst 1", "+ udp", "- udp")]
    public void Limit(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m mac")]
    [Theory]
    [InlineData(4, "-A INPUT -m mac --mac-source 02:00:00:00:01:02", "+ udp", "- udp mac=02:00:00:00:01:03")]
    [InlineData(4, "-A INPUT -m mac ! --mac-source 02:00:00:00:01:02", "- udp", "+ udp mac=02:00:00:00:01:03")]
    [InlineData(6, "-A INPUT -m mac --mac-source 02:00:00:00:01:02", "+ udp", "- udp mac=02:00:00:00:01:03")]
    public void Mac(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m mark")]
    [Theory]
    [InlineData(4, "-t mangle -A PREROUTING -p udp -j MARK --set-mark 0x17 ; -A INPUT -m mark --mark 0x17", "+ udp", "- tcp")]
    [InlineData(4, "-t mangle -A PREROUTING -p udp -j MARK --set-mark 0x17 ; -A INPUT -m mark --mark 0x10/0xf0", "+ udp", "- tcp")]
    [InlineData(4, "-t mangle -A PREROUTING -p udp -j MARK --set-mark 0x17 ; -A INPUT -m mark ! --mark 0x17", "- udp", "+ tcp")]
    [InlineData(6, "-t mangle -A PREROUTING -p udp -j MARK --set-mark 0x17 ; -A INPUT -m mark --mark 0x17", "+ udp", "- tcp")]
    public void Mark(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // RFC 6275, section 6.1: the type is the third byte; 5 is a binding update, 0 a binding refresh request.
    [Shows("-m mh")]
    [Theory]
    [InlineData(6, "-A INPUT -p mh -m mh --mh-type binding-update",
        "+ ip proto=135 hex=3b00050000000000", "- ip proto=135 hex=3b00000000000000")]
    [InlineData(6, "-A INPUT -p mh -m mh ! --mh-type bu",
        "- ip proto=135 hex=3b00050000000000", "+ ip proto=135 hex=3b00000000000000")]
    [InlineData(6, "-A INPUT -p mh -m mh --mh-type hot:bu",
        "+ ip proto=135 hex=3b00030000000000", "+ ip proto=135 hex=3b00050000000000", "- ip proto=135 hex=3b00060000000000")]
    public void Mh(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m multiport")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m multiport --dports 22,80:90",
        "+ tcp dport=22", "+ tcp dport=80", "+ tcp dport=90", "- tcp dport=91")]
    [InlineData(4, "-A INPUT -p udp -m multiport --sports 53,123", "+ udp sport=123", "- udp dport=123")]
    [InlineData(4, "-A INPUT -p udp -m multiport --ports 53", "+ udp sport=53", "+ udp dport=53", "- udp dport=54")]
    [InlineData(4, "-A INPUT -p udp -m multiport ! --dports 1,2", "- udp dport=1", "+ udp dport=3")]
    [InlineData(6, "-A INPUT -p udp -m multiport --dports 53,123", "+ udp dport=123", "- udp dport=124")]
    public void Multiport(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    /// <summary>A packet is taken when the object called web has had two, its quota.</summary>
    [Shows("-m nfacct")]
    [Theory]
    [InlineData(4, "-A INPUT -p udp -m nfacct --nfacct-name web", "- udp", "- udp", "- tcp", "+ udp", "+ udp")]
    [InlineData(4, "-A INPUT -p tcp -m nfacct --nfacct-name web ; -A INPUT -p udp -m nfacct --nfacct-name web", "- tcp", "- udp", "+ udp")]
    [InlineData(6, "-A INPUT -m nfacct --nfacct-name web", "- udp", "- udp", "+ udp")]
    public void Nfacct(int ip, string commands, params string[] packets)
    {
        using var lab = new Lab(v6: ip == 6);
        lab.AddAccount("web", quota: 2);
        CountingRule.Check(lab, commands, packets);
    }

    /// <summary>
    /// SYSTEM is what sends a SYN of 44 bytes with the MSS as its only option, a window of 65535 and a TTL of 64. The kernel does
    /// not look at the inversion, and takes no packet that fits no fingerprint.
    /// </summary>
    [Shows("-m osf")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre SYSTEM", "+ tcp mss=1460", "- tcp mss=1460 ttl=60", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre SYSTEM --ttl 0", "+ tcp mss=1460", "- tcp mss=1460 ttl=60")]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre SYSTEM --ttl 1",
        "+ tcp mss=1460", "+ tcp mss=1460 ttl=60", "- tcp mss=1460 ttl=65 src=198.51.100.7")]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre SYSTEM --ttl 2", "+ tcp mss=1460", "+ tcp mss=1460 ttl=200", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m osf --genre Other", "- tcp mss=1460", "- tcp")]
    public void Osf(int ip, string commands, params string[] packets)
    {
        // The kernel has one list of fingerprints for all namespaces, so this test's has a name of its own.
        string system = $"Tests{Environment.ProcessId}";
        string file = Path.GetTempFileName();
        using var lab = new Lab(v6: ip == 6);
        File.WriteAllText(file, $"65535:64:0:44:M*:{system}:1::a packet of the tests\n");
        lab.Run($"nfnl_osf -f {file}");
        try
        {
            CountingRule.Check(lab, commands.Replace("SYSTEM", system, StringComparison.Ordinal), packets);
        }
        finally
        {
            lab.Run($"nfnl_osf -f {file} -d");
            File.Delete(file);
        }
    }

    private const string ByUser7 = "run setpriv --reuid 7 --regid 8 --groups 9 bash -c \"echo > /dev/udp/192.168.1.2/9\"";

    [Shows("-m owner")]
    [Theory]
    [InlineData(4, "-A OUTPUT -m owner --uid-owner 0", "+ router>lan udp", "- " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner ! --uid-owner 5-7", "+ router>lan udp", "- " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner --gid-owner 8", "- router>lan udp", "+ " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner ! --gid-owner 8", "+ router>lan udp", "- " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner --gid-owner 9", "- " + ByUser7)]
    [InlineData(4, "-A OUTPUT -m owner --gid-owner 9 --suppl-groups", "- router>lan udp", "+ " + ByUser7)]
    [InlineData(4, "-t mangle -A POSTROUTING -m owner --socket-exists", "+ router>wan udp", "- lan>wan udp")]
    [InlineData(4, "-t mangle -A POSTROUTING -m owner ! --socket-exists", "- router>wan udp", "+ lan>wan udp")]
    [InlineData(6, "-A OUTPUT -m owner --uid-owner 0",
        "+ router>lan udp", "- run setpriv --reuid 7 bash -c \"echo > /dev/udp/fd00:1::2/9\"")]
    public void Owner(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    private const string Bridge =
        "ip link add br0 type bridge ; ip link set LAN1 master br0 ; ip link set WAN1 master br0 ; ip link set br0 up" +
        " ; sh -c 'cd /proc/sys/net/bridge && for n in bridge-nf-call-ip*tables; do echo 1 > $n; done' ; ";

    [Shows("-m physdev")]
    [Theory]
    [InlineData(4, Bridge + "-A FORWARD -m physdev --physdev-in LAN1",
        "+ lan>wan udp to=02:00:00:00:02:02", "- wan>lan udp to=02:00:00:00:01:02")]
    [InlineData(4, Bridge + "-A FORWARD -m physdev --physdev-is-bridged ! --physdev-out WAN1",
        "- lan>wan udp to=02:00:00:00:02:02", "+ wan>lan udp to=02:00:00:00:01:02")]
    [InlineData(4, "-A FORWARD -m physdev --physdev-is-in", "- lan>wan udp")]
    [InlineData(6, Bridge + "-A FORWARD -m physdev --physdev-in LAN1 ! --physdev-out LAN1",
        "+ lan>wan udp to=02:00:00:00:02:02", "- wan>lan udp to=02:00:00:00:01:02")]
    public void Physdev(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m pkttype")]
    [Theory]
    [InlineData(4, "-A INPUT -m pkttype --pkt-type unicast", "+ udp", "- udp to=ff:ff:ff:ff:ff:ff")]
    [InlineData(4, "-A INPUT -m pkttype --pkt-type broadcast", "- udp", "+ udp to=ff:ff:ff:ff:ff:ff")]
    [InlineData(4, "-A INPUT -m pkttype --pkt-type multicast", "- udp to=ff:ff:ff:ff:ff:ff", "+ udp to=01:00:5e:00:00:01 dst=224.0.0.1")]
    [InlineData(4, "-A INPUT -m pkttype ! --pkt-type unicast", "- udp", "+ udp to=ff:ff:ff:ff:ff:ff")]
    [InlineData(6, "-A INPUT -m pkttype --pkt-type multicast", "- udp", "+ udp to=33:33:00:00:00:01 dst=ff02::1")]
    public void Pkttype(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // No packet under a policy: the tests' kernel has neither ESP nor AH nor IPComp of its own.
    [Shows("-m policy", "a packet without IPsec taken, and left")]
    [Theory]
    [InlineData(4, "-A INPUT -m policy --dir in --pol none", "+ udp")]
    [InlineData(4, "-A INPUT -m policy --dir in --pol ipsec", "- udp")]
    [InlineData(4, "-A OUTPUT -m policy --dir out --pol none", "+ router>lan udp")]
    [InlineData(4, "-A FORWARD -m policy --dir out --pol ipsec --strict --proto esp --mode tunnel --tunnel-dst 203.0.113.9",
        "- lan>wan udp")]
    [InlineData(6, "-A INPUT -m policy --dir in --pol none", "+ udp")]
    [InlineData(6, "-A INPUT -m policy --dir in --pol ipsec --reqid 1", "- udp")]
    public void Policy(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m quota")]
    [Theory]
    [InlineData(4, "-A INPUT -m quota --quota 100", "+ udp len=60", "- udp len=60")]
    [InlineData(4, "-A INPUT -m quota ! --quota 100", "- udp len=60", "+ udp len=60")]
    [InlineData(6, "-A INPUT -m quota --quota 108", "+ udp len=60", "- udp len=0")]
    public void Quota(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    /// <summary>Estimator busy counts UDP, idle nothing. What becomes of a packet before there is UDP, then while there is.</summary>
    [Shows("-m rateest")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest busy --rateest-gt --rateest-pps 0", "- tcp", "+ tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest busy --rateest-lt --rateest-pps 1", "+ tcp", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest busy --rateest-eq --rateest-bps 0", "+ tcp", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest busy ! --rateest-lt --rateest-bps 8bit", "- tcp", "+ tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest1 busy --rateest-gt --rateest-bps --rateest2 idle", "- tcp", "+ tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest1 idle --rateest-lt --rateest-pps --rateest2 busy", "- tcp", "+ tcp")]
    [InlineData(4, "-A INPUT -p tcp -m rateest --rateest-delta --rateest busy --rateest-bps1 8bit --rateest-gt --rateest-bps2 0bit",
        "+ tcp", "- tcp")]
    [InlineData(6, "-A INPUT -p tcp -m rateest --rateest busy --rateest-gt --rateest-pps 0", "- tcp", "+ tcp")]
    public void Rateest(int ip, string commands, string before, string meanwhile)
    {
        using var lab = new Lab(v6: ip == 6);
        const string Estimate = "-j RATEEST --rateest-interval 250ms --rateest-ewmalog 500ms --rateest-name";
        lab.Run($"-t mangle -A PREROUTING -p udp {Estimate} busy ; -t mangle -A PREROUTING -p 255 {Estimate} idle");
        CountingRule rule = CountingRule.Last(lab, commands);
        Assert.Equal(before[0] == '+', rule.Counts(before[2..]));
        bool changed = Lab.Eventually(() =>
        {
            rule.Counts("udp");
            return rule.Counts(meanwhile[2..]) == (meanwhile[0] == '+');
        });
        Assert.True(changed, $"still as before: {before}");
    }

    [Shows("-m realm")]
    [Theory]
    [InlineData(4, "ip route add 198.51.100.0/24 via 203.0.113.9 realm 5 ; -A FORWARD -m realm --realm 5",
        "+ lan>wan udp dst=198.51.100.7", "- lan>wan udp")]
    [InlineData(4, "ip route add 198.51.100.0/24 via 203.0.113.9 realm 5 ; -A FORWARD -m realm ! --realm 0x4/0xfe",
        "- lan>wan udp dst=198.51.100.7", "+ lan>wan udp")]
    public void Realm(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m recent")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m recent --name seen --set ; -A INPUT -m recent --name seen --rcheck",
        "- udp", "+ tcp", "+ udp", "- udp src=192.168.1.3")]
    [InlineData(4, "-A INPUT -m recent --name often --set ; -A INPUT -m recent --name often --rcheck --seconds 60 --hitcount 3",
        "- udp", "- udp", "+ udp", "- udp src=192.168.1.3")]
    [InlineData(4, "-A INPUT -p tcp -m recent --name to --rdest --set ; -A INPUT -p udp -m recent --name to --rdest --remove",
        "- udp", "- tcp", "+ udp", "- udp")]
    [InlineData(4, "-A INPUT -p tcp -m recent --name hop --set ; -A INPUT -m recent --name hop --rcheck --rttl",
        "+ tcp ttl=9", "+ udp ttl=9", "- udp ttl=10")]
    [InlineData(6, "-A INPUT -p tcp -m recent --name six --set ; -A INPUT -m recent --name six --update",
        "- udp", "+ tcp", "+ udp", "- udp src=fd00:1::3")]
    public void Recent(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m rpfilter")]
    [Theory]
    [InlineData(4, "-t raw -A PREROUTING -m rpfilter", "+ udp", "- udp src=203.0.113.10")]
    [InlineData(4, "-t raw -A PREROUTING -m rpfilter --invert", "- udp", "+ udp src=203.0.113.10")]
    [InlineData(4, "-t raw -A PREROUTING -m rpfilter --loose", "+ udp", "+ udp src=203.0.113.10")]
    [InlineData(4, "-t raw -A PREROUTING -m rpfilter --accept-local", "+ udp src=192.168.1.1", "- udp src=203.0.113.10")]
    [InlineData(4, "ip rule add fwmark 1 table 5 ; ip route add 203.0.113.10 dev LAN1 table 5 ; " +
        "-t raw -A PREROUTING -p udp -j MARK --set-mark 1 ; -t raw -A PREROUTING -m rpfilter --validmark",
        "+ udp src=203.0.113.10", "- tcp src=203.0.113.10")]
    [InlineData(6, "-t raw -A PREROUTING -m rpfilter", "+ udp", "- udp src=fd00:2::7")]
    public void Rpfilter(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // Behind the length: type, segments left, and for type 0 four bytes reserved and the addresses, RFC 2460, section 4.4.
    private const string Address1 = "20010db8000000000000000000000001";
    private const string Address2 = "20010db8000000000000000000000002";
    private const string Route0 = "udp ext=43:04000100000000" + Address1 + Address2;
    private const string Route2 = "udp ext=43:02020000000000" + Address1; // RFC 6275, section 6.4

    [Shows("-m rt")]
    [Theory]
    [InlineData(6, "-A INPUT -m rt", "+ " + Route0, "- udp")]
    [InlineData(6, "-A INPUT -m rt --rt-type 0", "+ " + Route0, "- " + Route2)]
    [InlineData(6, "-A INPUT -m rt ! --rt-type 0", "- " + Route0, "+ " + Route2)]
    [InlineData(6, "-A INPUT -m rt --rt-segsleft 1:2", "+ " + Route0, "- " + Route2)]
    [InlineData(6, "-A INPUT -m rt ! --rt-segsleft 1", "- " + Route0, "+ " + Route2)]
    [InlineData(6, "-A INPUT -m rt --rt-len 40", "+ " + Route0, "- " + Route2)]
    [InlineData(6, "-A INPUT -m rt ! --rt-len 40", "- " + Route0, "+ " + Route2)]
    [InlineData(6, "-A INPUT -m rt --rt-type 0 --rt-0-res", "+ " + Route0, "- udp ext=43:04000100000001" + Address1 + Address2)]
    [InlineData(6, "-A INPUT -m rt --rt-type 0 --rt-0-addrs 2001:db8::1,2001:db8::2",
        "+ " + Route0, "- udp ext=43:04000100000000" + Address2 + Address1)]
    [InlineData(6, "-A INPUT -m rt --rt-type 0 --rt-0-addrs 2001:db8::2 --rt-0-not-strict",
        "+ " + Route0, "- udp ext=43:04000100000000" + Address1 + Address1)]
    public void Rt(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    // RFC 9260, section 3: ports, tag and checksum; then chunks of eight bytes, each with type, flags, length.
    private const string Sctp80 = "ip proto=132 hex=9c4000500000000000000000";
    private const string DataB = "0002000800000000";
    private const string DataE = "0001000800000000";
    private const string Abort = "0601000800000000";

    [Shows("-m sctp")]
    [Theory]
    [InlineData(4, "-A INPUT -p sctp -m sctp --dport 80", "+ " + Sctp80, "- ip proto=132 hex=9c4000510000000000000000")]
    [InlineData(4, "-A INPUT -p sctp -m sctp ! --dport 80", "- " + Sctp80, "+ ip proto=132 hex=9c4000510000000000000000")]
    [InlineData(4, "-A INPUT -p sctp -m sctp --sport 40000:40001", "+ " + Sctp80, "- ip proto=132 hex=9c3f00500000000000000000")]
    [InlineData(4, "-A INPUT -p sctp -m sctp --chunk-types any DATA,INIT", "+ " + Sctp80 + Abort + DataE, "- " + Sctp80 + Abort)]
    [InlineData(4, "-A INPUT -p sctp -m sctp ! --chunk-types any DATA", "- " + Sctp80 + Abort + DataE, "+ " + Sctp80 + Abort)]
    [InlineData(4, "-A INPUT -p sctp -m sctp --chunk-types all DATA,ABORT",
        "+ " + Sctp80 + Abort + DataE, "- " + Sctp80 + Abort, "- " + Sctp80 + DataE)]
    [InlineData(4, "-A INPUT -p sctp -m sctp --chunk-types only DATA",
        "+ " + Sctp80 + DataE, "+ " + Sctp80 + DataB + DataE, "- " + Sctp80 + Abort + DataE)]
    [InlineData(4, "-A INPUT -p sctp -m sctp --chunk-types any DATA:Be", "+ " + Sctp80 + DataB, "- " + Sctp80 + DataE)]
    [InlineData(6, "-A INPUT -p sctp -m sctp --chunk-types all ABORT:T", "+ " + Sctp80 + Abort, "- " + Sctp80 + DataE)]
    public void Sctp(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m set")]
    [Theory]
    [InlineData(4, "ipset create friends hash:ip ; ipset add friends 192.168.1.2 ; -A INPUT -m set --match-set friends src",
        "+ udp", "- udp src=192.168.1.3")]
    [InlineData(4, "ipset create web hash:ip,port ; ipset add web 203.0.113.9,tcp:80 ; -A FORWARD -m set ! --match-set web dst,dst",
        "- lan>wan tcp dport=80", "+ lan>wan tcp dport=81", "+ lan>wan udp dport=80")]
    [InlineData(6, "ipset create six hash:ip family inet6 ; ipset add six fd00:1::2 ; -A INPUT -m set --match-set six src",
        "+ udp", "- udp src=fd00:1::3")]
    public void Set(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    /// <summary>On the router's address: port 1, port 2 with a mark of 7, port 3 that is transparent. On any address: port 4.</summary>
    [Shows("-m socket")]
    [Theory]
    [InlineData(4, "-t mangle -A PREROUTING -m socket",
        "+ udp dport=1", "+ udp dport=3", "- udp dport=4", "- udp dport=5", "- lan>wan udp dport=1")]
    [InlineData(4, "-t mangle -A PREROUTING -m socket --nowildcard", "+ udp dport=1", "+ udp dport=4", "- udp dport=5")]
    [InlineData(4, "-t mangle -A PREROUTING -m socket --transparent", "- udp dport=1", "+ udp dport=3")]
    [InlineData(4, "-t mangle -A PREROUTING -m socket --restore-skmark ; -A INPUT -m mark --mark 7", "+ udp dport=2", "- udp dport=1")]
    [InlineData(6, "-t mangle -A PREROUTING -m socket", "+ udp dport=1", "- udp dport=4", "- udp dport=5")]
    [InlineData(6, "-t mangle -A PREROUTING -m socket --transparent --nowildcard", "- udp dport=1", "+ udp dport=3")]
    public void Socket(int ip, string commands, params string[] packets)
    {
        string router = ip == 6 ? "fd00:1::1" : "192.168.1.1";
        using var lab = new Lab(v6: ip == 6);
        using Socket plain = lab.Listen(1, address: router);
        using Socket marked = lab.Listen(2, address: router, mark: 7);
        using Socket transparent = lab.Listen(3, transparent: true, address: router);
        using Socket any = lab.Listen(4);
        CountingRule.Check(lab, commands, packets);
    }

    // RFC 8754, section 2: length, type 4, segments left, last entry, flags, tag, and the segments, the last one first. The tag
    // 0x4d4d is the same in either byte order: the kernel compares it as it lies.
    private const string ToLast = "004d4d" + Address1 + Address2 + "20010db8000000000000000000000003";
    private const string OneLeft = "udp ext=43:06040102" + ToLast;
    private const string TwoSegments = "udp ext=43:0404010100004e" + Address2 + Address1;
    private const string TwoLeft = "udp ext=43:06040202" + ToLast;

    [Shows("-m srh")]
    [Theory]
    [InlineData(6, "-A INPUT -m srh", "+ " + OneLeft, "- " + Route0, "- udp")]
    [InlineData(6, "-A INPUT -m srh --srh-next-hdr 17", "+ " + OneLeft, "- ip proto=59 ext=43:06040102" + ToLast)]
    [InlineData(6, "-A INPUT -m srh ! --srh-next-hdr 17", "- " + OneLeft, "+ ip proto=59 ext=43:06040102" + ToLast)]
    [InlineData(6, "-A INPUT -m srh --srh-hdr-len-eq 6", "+ " + OneLeft, "- " + TwoSegments)]
    [InlineData(6, "-A INPUT -m srh --srh-hdr-len-gt 4", "+ " + OneLeft, "- " + TwoSegments)]
    [InlineData(6, "-A INPUT -m srh --srh-hdr-len-lt 5", "- " + OneLeft, "+ " + TwoSegments)]
    [InlineData(6, "-A INPUT -m srh ! --srh-hdr-len-eq 6", "- " + OneLeft, "+ " + TwoSegments)]
    [InlineData(6, "-A INPUT -m srh --srh-segs-left-eq 1", "+ " + OneLeft, "- " + TwoLeft)]
    [InlineData(6, "-A INPUT -m srh --srh-segs-left-gt 1", "- " + OneLeft, "+ " + TwoLeft)]
    [InlineData(6, "-A INPUT -m srh --srh-segs-left-lt 2", "+ " + OneLeft, "- " + TwoLeft)]
    [InlineData(6, "-A INPUT -m srh ! --srh-segs-left-lt 2", "- " + OneLeft, "+ " + TwoLeft)]
    [InlineData(6, "-A INPUT -m srh --srh-last-entry-eq 2", "+ " + OneLeft, "- " + TwoSegments)]
    [InlineData(6, "-A INPUT -m srh --srh-last-entry-gt 1", "+ " + OneLeft, "- " + TwoSegments)]
    [InlineData(6, "-A INPUT -m srh --srh-last-entry-lt 2", "- " + OneLeft, "+ " + TwoSegments)]
    [InlineData(6, "-A INPUT -m srh --srh-tag 19789", "+ " + OneLeft, "- " + TwoSegments)]
    [InlineData(6, "-A INPUT -m srh ! --srh-tag 19789", "- " + OneLeft, "+ " + TwoSegments)]
    [InlineData(6, "-A INPUT -m srh --srh-psid 2001:db8::3", "+ " + OneLeft, "- " + TwoLeft)]
    [InlineData(6, "-A INPUT -m srh --srh-nsid 2001:db8::2", "- " + OneLeft, "+ " + TwoLeft)]
    [InlineData(6, "-A INPUT -m srh ! --srh-nsid 2001:db8::2", "+ " + OneLeft, "- " + TwoLeft)]
    [InlineData(6, "-A INPUT -m srh --srh-lsid 2001:db8::1/127", "+ " + OneLeft, "- " + TwoSegments)]
    public void Srh(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m state")]
    [Theory]
    [InlineData(4, "-A FORWARD -m state --state NEW", "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000")]
    [InlineData(4, "-A FORWARD -m state --state ESTABLISHED,RELATED", "- lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(6, "-A FORWARD -m state --state NEW", "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000")]
    public void State(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m statistic")]
    [Theory]
    [InlineData(4, "-A INPUT -m statistic --mode nth --every 3 --packet 0", "+ udp", "- udp", "- udp", "+ udp")]
    [InlineData(4, "-A INPUT -m statistic --mode nth --every 3 --packet 1", "- udp", "+ udp", "- udp", "- udp", "+ udp")]
    [InlineData(4, "-A INPUT -m statistic --mode random --probability 1", "+ udp", "+ udp", "+ udp")]
    [InlineData(4, "-A INPUT -m statistic --mode random ! --probability 1", "- udp", "- udp", "- udp")]
    [InlineData(6, "-A INPUT -m statistic --mode nth --every 2 --packet 0", "+ udp", "- udp")]
    public void Statistic(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m string")]
    [Theory]
    [InlineData(4, "-A INPUT -m string --algo bm --string needle", "+ udp payload=hay-needle-hay", "- udp payload=hay-nee-dle")]
    [InlineData(4, "-A INPUT -m string --algo kmp --icase --string NEEDLE", "+ udp payload=hay-needle-hay", "- udp payload=hay")]
    [InlineData(4, "-A INPUT -m string --algo bm --hex-string \"a|00 ff|b\"", "+ udp hex=6100ff62", "- udp hex=61003062")]
    [InlineData(4, "-A INPUT -m string --algo bm --from 40 --string needle",
        "- udp payload=needle-hay", "+ udp payload=hay-hay-hay-hay-needle")]
    [InlineData(4, "-A INPUT -m string --algo bm ! --string needle", "- udp payload=needle", "+ udp payload=hay")]
    [InlineData(6, "-A INPUT -m string --algo bm --string needle", "+ udp payload=hay-needle-hay", "- udp payload=hay-nee-dle")]
    public void String(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m tcp")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m tcp --dport 80", "+ tcp dport=80", "- tcp dport=81")]
    [InlineData(4, "-A INPUT -p tcp -m tcp ! --dport 80", "- tcp dport=80", "+ tcp dport=81")]
    [InlineData(4, "-A INPUT -p tcp -m tcp --sport 1:1023", "+ tcp sport=1", "+ tcp sport=1023", "- tcp sport=1024")]
    [InlineData(4, "-A INPUT -p tcp -m tcp --syn", "+ tcp", "- tcp flags=syn,ack", "- tcp flags=ack")]
    [InlineData(4, "-A INPUT -p tcp -m tcp --tcp-flags SYN,ACK,FIN FIN", "+ tcp flags=fin", "+ tcp flags=fin,psh", "- tcp flags=fin,ack")]
    [InlineData(4, "-A INPUT -p tcp -m tcp --tcp-flags ALL NONE", "- tcp flags=ack", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m tcp --tcp-option 2", "+ tcp mss=1460", "- tcp")]
    [InlineData(6, "-A INPUT -p tcp -m tcp --dport 80", "+ tcp dport=80", "- tcp dport=81", "- udp dport=80")]
    public void Tcp(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m tcpmss")]
    [Theory]
    [InlineData(4, "-A INPUT -p tcp -m tcp --syn -m tcpmss --mss 1000:1400", "+ tcp mss=1000", "+ tcp mss=1400", "- tcp mss=1460", "- tcp")]
    [InlineData(4, "-A INPUT -p tcp -m tcpmss ! --mss 1460", "- tcp mss=1460", "+ tcp mss=1461")]
    [InlineData(6, "-A INPUT -p tcp -m tcpmss --mss 1440", "+ tcp mss=1440", "- tcp mss=1460")]
    public void Tcpmss(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m time")]
    [Theory]
    [InlineData(4, "-A INPUT -m time --datestart 2001-02-03", "+ udp")]
    [InlineData(4, "-A INPUT -m time --datestop 2001-02-03T04:05:06", "- udp")]
    [InlineData(4, "-A INPUT -m time --weekdays Mon,Tue,Wed,Thu,Fri,Sat,Sun", "+ udp")]
    [InlineData(4, "-A INPUT -m time ! --weekdays Mon,Tue,Wed,Thu,Fri,Sat,Sun", "- udp")]
    [InlineData(4, "-A INPUT -m time --timestart 00:00 --timestop 23:59:59", "+ udp")]
    [InlineData(6, "-A INPUT -m time --datestart 2001-02-03", "+ udp")]
    [InlineData(6, "-A INPUT -m time --datestop 2001-02-03", "- udp")]
    public void Time(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m tos")]
    [Theory]
    [InlineData(4, "-A INPUT -m tos --tos 0x10/0xff", "+ udp tos=0x10", "- udp tos=0x11")]
    [InlineData(4, "-A INPUT -m tos --tos Minimize-Delay", "+ udp tos=0x10", "+ udp tos=0xd0", "- udp tos=0x08")]
    [InlineData(4, "-A INPUT -m tos ! --tos 0x10/0x1f", "- udp tos=0x30", "+ udp tos=0x11")]
    [InlineData(6, "-A INPUT -m tos --tos 0x10/0xff", "+ udp tos=0x10", "- udp tos=0x11")]
    public void Tos(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m ttl")]
    [Theory]
    [InlineData(4, "-A INPUT -m ttl --ttl-lt 10", "+ udp ttl=9", "- udp ttl=10")]
    [InlineData(4, "-A INPUT -m ttl --ttl-gt 10", "+ udp ttl=11", "- udp ttl=10")]
    [InlineData(4, "-A INPUT -m ttl ! --ttl-eq 10", "- udp ttl=10", "+ udp ttl=11")]
    public void Ttl(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m u32")]
    [Theory]
    [InlineData(4, "-A INPUT -m u32 --u32 \"6&0xFF=17\"", "+ udp", "- tcp")]
    [InlineData(4, "-A INPUT -m u32 --u32 \"6&0xFF=6 && 0>>22&0x3C@0&0xFFFF=80:90,443\"",
        "+ tcp dport=80", "+ tcp dport=90", "+ tcp dport=443", "- tcp dport=91")]
    [InlineData(4, "-A INPUT -m u32 ! --u32 \"6&0xFF=17\"", "- udp", "+ tcp")]
    [InlineData(6, "-A INPUT -m u32 --u32 \"4&0xFF00=0x1100\"", "+ udp", "- tcp")]
    public void U32(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-m udp")]
    [Theory]
    [InlineData(4, "-A INPUT -p udp -m udp --dport 53", "+ udp dport=53", "- udp dport=54", "- tcp dport=53")]
    [InlineData(4, "-A INPUT -p udp -m udp --sport :1023 --dport 1024:", "+ udp sport=1023 dport=1024", "- udp sport=1024 dport=1024")]
    [InlineData(6, "-A INPUT -p udp -m udp --dport 53", "+ udp dport=53", "- udp dport=54", "- tcp dport=53")]
    public void Udp(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);
}

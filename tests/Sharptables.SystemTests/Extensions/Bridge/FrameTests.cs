using System.Reflection;
using Sharptables.SystemTests.Packets;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Bridge;

/// <summary>Real frames over a bridge, through the rules of ebtables and arptables.</summary>
public sealed class FrameTests
{
    private const string Macs = "02000000000b02000000000a"; // from a to b

    private static readonly Dictionary<string, string> s_frames = new()
    {
        ["request"] = "ffffffffffff02000000000a0806" + "0001080006040001" + "02000000000a0a000001" + "0000000000000a000002",
        ["reply"] = Macs + "0806" + "0001080006040002" + "02000000000a0a000001" + "02000000000b0a000002",
        ["gratuitous"] = "ffffffffffff02000000000a0806" + "0001080006040001" + "02000000000a0a000001" + "0000000000000a000001",
        ["rarp"] = "ffffffffffff02000000000a8035" + "0001080006040003" + "02000000000a00000000" + "02000000000a00000000",
        ["tcp"] = Macs + "0800" + "4510002800010000400600000a0000010a000002" + "03e800500000000000000000500200000000" + "0000",
        ["udp"] = Macs + "0800" + "4500001c00010000401100000a0000010a000102" + "03e8003500080000",
        ["icmp"] = Macs + "0800" + "4500001c00010000400100000a0000010a000002" + "0800000000000000",
        ["unreachable"] = Macs + "0800" + "4500001c00010000400100000a0000010a000002" + "0301000000000000",
        ["igmp"] = "01005e00000102000000000a0800" + "4500001c00010000010200000a000001e0000001" + "1100000000000000",
        ["tcp6"] = Macs + "86dd" + "610000000014064" + "0fd000000000000000000000000000001fd000000000000000000000000000002" + "03e80050000000000000000050020000" + "00000000",
        ["icmp6"] = Macs + "86dd" + "6000000000083a4" + "0fd000000000000000000000000000001fd000000000000000000000000000002" + "8000000000000000",
        ["vlan"] = Macs + "81006005" + "0800" + "4500001c00010000401100000a0000010a000102" + "03e8003500080000",
        ["priority"] = Macs + "8100e000" + "0806" + "0001080006040001" + "02000000000a0a000001" + "0000000000000a000002",
        ["config"] = "0180c200000002000000000a0026" + "424203" + "00000000" + "01" + "8000020000000001" + "00000004" + "8000020000000002" + "8001" + "0100" + "1400" + "0200" + "0f00",
        ["tcn"] = "0180c200000002000000000a0007" + "424203" + "00000080",
        ["snap"] = Macs + "0010" + "aaaa03000000" + "0800" + "0000000000000000",
        ["ipx"] = Macs + "0006" + "e0e003" + "ffff00",
    };

    [Shows("-m 802_3")]
    [Shows("-m among")]
    [Shows("-m arp")]
    [Shows("-m ip")]
    [Shows("-m ip6")]
    [Shows("-m stp")]
    [Shows("-m vlan")]
    [Theory]
    [InlineData("-p ARP --arp-op Request", "request gratuitous", "reply")]
    [InlineData("-p ARP --arp-op ! Request", "reply", "request")]
    [InlineData("-p RARP --arp-op Request_Reverse", "rarp", "request")]
    [InlineData("-p ARP --arp-htype 1 --arp-ptype 0x800", "request reply", "rarp")]
    [InlineData("-p ARP --arp-ip-src 10.0.0.0/30 --arp-ip-dst 10.0.0.2", "request reply", "gratuitous")]
    [InlineData("-p ARP --arp-ip-dst ! 10.0.0.2", "gratuitous", "request")]
    [InlineData("-p ARP --arp-mac-src 02:00:00:00:00:0a --arp-mac-dst 02:00:00:00:00:0b", "reply", "request")]
    [InlineData("-p ARP --arp-mac-dst 00:00:00:00:00:00/ff:00:00:00:00:00", "request", "reply")]
    [InlineData("-p ARP --arp-gratuitous", "gratuitous", "request reply")]
    [InlineData("-p IPv4 --ip-src 10.0.0.1 --ip-dst 10.0.0.0/24", "tcp icmp", "udp")]
    [InlineData("-p IPv4 --ip-dst ! 10.0.0.0/24", "udp igmp", "tcp")]
    [InlineData("-p IPv4 --ip-tos 0x10", "tcp", "udp")]
    [InlineData("-p IPv4 --ip-proto udp", "udp", "tcp icmp")]
    [InlineData("-p IPv4 --ip-proto tcp --ip-sport 1000 --ip-dport 79:81", "tcp", "udp")]
    [InlineData("-p IPv4 --ip-proto udp --ip-dport ! 53", "", "udp tcp")]
    [InlineData("-p IPv4 --ip-proto icmp --ip-icmp-type echo-request", "icmp", "unreachable tcp")]
    [InlineData("-p IPv4 --ip-proto icmp --ip-icmp-type 3:5/1:2", "unreachable", "icmp")]
    [InlineData("-p IPv4 --ip-proto igmp --ip-igmp-type membership-query", "igmp", "icmp")]
    [InlineData("-p IPv6 --ip6-src fd00::1 --ip6-dst fd00::/16", "tcp6 icmp6", "tcp")]
    [InlineData("-p IPv6 --ip6-tclass 0x10", "tcp6", "icmp6")]
    [InlineData("-p IPv6 --ip6-proto tcp --ip6-dport 80", "tcp6", "icmp6")]
    [InlineData("-p IPv6 --ip6-proto tcp --ip6-sport 1000:1001", "tcp6", "icmp6")]
    [InlineData("-p IPv6 --ip6-proto ipv6-icmp --ip6-icmp-type echo-request", "icmp6", "tcp6")]
    [InlineData("-p 802_1Q --vlan-id 5", "vlan", "priority udp")]
    [InlineData("-p 802_1Q --vlan-id 0 --vlan-prio 7", "priority", "vlan")]
    [InlineData("-p 802_1Q --vlan-encap ARP", "priority", "vlan")]
    // The kernel looks one byte before each field: for the type it finds the version, for the flags the type, and so on.
    [InlineData("-d BGA --stp-type config", "config tcn", "snap")]
    [InlineData("-d BGA --stp-flags topology-change-ack", "tcn", "config")]
    [InlineData("-d BGA --stp-flags 0", "config", "tcn")]
    [InlineData("-d BGA --stp-root-prio 384", "config", "tcn")]
    [InlineData("-d BGA --stp-root-addr 00:02:00:00:00:00", "config", "tcn")]
    [InlineData("-d BGA --stp-root-cost 16777216", "config", "tcn")]
    [InlineData("-d BGA --stp-sender-prio 1152", "config", "tcn")]
    [InlineData("-d BGA --stp-sender-addr 00:02:00:00:00:00", "config", "tcn")]
    [InlineData("-d BGA --stp-port 640", "config", "tcn")]
    [InlineData("-d BGA --stp-msg-age 257", "config", "tcn")]
    [InlineData("-d BGA --stp-max-age 20", "config", "tcn")]
    [InlineData("-d BGA --stp-hello-time ! 2", "", "config")]
    [InlineData("-d BGA --stp-forward-delay 15:16", "config", "tcn")]
    [InlineData("-p LENGTH --802_3-sap 0xe0", "ipx", "snap")]
    [InlineData("-p LENGTH --802_3-sap ! 0xe0", "snap config", "ipx")]
    [InlineData("-p LENGTH --802_3-type 0x0800", "snap", "ipx")]
    [InlineData("--pkttype-type broadcast", "request", "reply igmp")]
    [InlineData("--pkttype-type multicast", "igmp", "request tcp")]
    [InlineData("--pkttype-type otherhost", "tcp", "request")]
    [InlineData("--among-src 02:00:00:00:00:0a,02:00:00:00:00:0c", "tcp request", "")]
    [InlineData("--among-src ! 02:00:00:00:00:0a", "", "tcp request")]
    [InlineData("--among-dst 02:00:00:00:00:0b", "tcp reply", "request")]
    [InlineData("--among-dst 02:00:00:00:00:0b=10.0.0.2,02:00:00:00:00:0c", "tcp", "udp request")]
    [InlineData("--among-src 02:00:00:00:00:0a=10.0.0.1 --among-dst ! 02:00:00:00:00:0b=10.0.0.2", "udp igmp", "tcp")]
    public void A_match_takes_and_leaves(string rule, string taken, string left)
    {
        using Packets.Bridge bridge = new();
        bridge.Run($"ebtables -A FORWARD {rule} -j CONTINUE");
        int expected = 0;
        foreach ((string name, bool isTaken) in Named(taken, isTaken: true).Concat(Named(left, isTaken: false)))
        {
            Assert.NotEmpty(bridge.Pass(Frame(name)));
            expected += isTaken ? 1 : 0;
            Assert.True(bridge.Counts("filter", "FORWARD")[0] == expected, $"{rule}: {name} is {(isTaken ? "not taken" : "taken")}");
        }
    }

    /// <summary>All matches are shown option by option; but those whose outcome depends on more than one frame, which have tests of their own.</summary>
    [Fact]
    public void Each_option_is_tried()
    {
        string rows = string.Join('\n', typeof(FrameTests).GetMethod(nameof(A_match_takes_and_leaves))!.GetCustomAttributes<InlineDataAttribute>()
            .Select(static row => (string)row.GetData(null!).Single()[0]));
        IEnumerable<IGrouping<object, OptionSample>> options = SpecFile.Samples
            .Where(static sample => !sample.IsTarget && sample.Families.Contains("bridge") && sample.Name is not ("limit" or "log" or "mark_m" or "nflog"))
            .SelectMany(static sample => sample.Options.Select(option => (Option: option, Key: option.Company.IsExclusive ? (object)(sample, option.Company) : option)))
            .GroupBy(static each => each.Key, static each => each.Option);
        Assert.Empty(options.Where(spellings => !spellings.Any(option => rows.Contains($"{option.Name} ", StringComparison.Ordinal) || rows.Contains($"{option.Name}\n", StringComparison.Ordinal)))
            .Select(static spellings => spellings.First().Name));
    }

    [Fact]
    public void A_limit_takes_as_many_as_it_says()
    {
        using Packets.Bridge bridge = new();
        bridge.Run("ebtables -A FORWARD --limit 1/day --limit-burst 2 -j CONTINUE");
        for (int i = 0; i < 4; i++)
        {
            Assert.NotEmpty(bridge.Pass(Frame("tcp")));
        }

        Assert.Equal([2], bridge.Counts("filter", "FORWARD"));
    }

    [Shows("-j mark", "the mark, as a later rule sees it")]
    [Shows("-m mark_m")]
    [Theory]
    [InlineData("--mark-set 5", "--mark 5", "--mark 4")]
    [InlineData("--mark-set 6 --mark-target CONTINUE", "--mark /2", "--mark /1")]
    [InlineData("--mark-or 6 --mark-target CONTINUE", "--mark 7", "--mark 6")]
    [InlineData("--mark-and 6 --mark-target CONTINUE", "--mark 0", "--mark 1")]
    [InlineData("--mark-xor 3 --mark-target CONTINUE", "--mark ! 1/1", "--mark 1")]
    public void A_mark_is_changed_and_matched(string change, string taken, string left)
    {
        using Packets.Bridge bridge = new();
        bridge.Run($"""
            ebtables -t nat -A PREROUTING -j mark --mark-set 1 --mark-target CONTINUE
            ebtables -t nat -A PREROUTING -j mark {change}
            ebtables -A FORWARD {taken}
            ebtables -A FORWARD {left}
            """);
        Assert.NotEmpty(bridge.Pass(Frame("tcp")));
        Assert.Equal([1, 0], bridge.Counts("filter", "FORWARD"));
    }

    [Shows("-j dnat", "the address of the frame")]
    [Shows("-j snat", "the address of the frame")]
    [Theory]
    [InlineData("-t nat -A PREROUTING -j dnat --to-dst 02:00:00:00:00:0c", "02000000000c02000000000a")]
    [InlineData("-t nat -A POSTROUTING -j snat --to-src 02:00:00:00:00:0d", "02000000000b02000000000d")]
    [InlineData("-t nat -A PREROUTING -j dnat --to-dst 02:00:00:00:00:0c --dnat-target DROP", "")]
    [InlineData("-A FORWARD -p IPv4 -j DROP", "")]
    [InlineData("-A FORWARD -p ARP -j DROP", Macs)]
    public void A_target_changes_the_frame(string rule, string begins)
    {
        using Packets.Bridge bridge = new();
        bridge.Run($"ebtables {rule}");
        string heard = Convert.ToHexStringLower(bridge.Pass(Frame("tcp")));
        Assert.True(begins.Length > 0 ? heard.StartsWith(begins, StringComparison.Ordinal) : heard.Length == 0, heard);
    }

    [Theory]
    [InlineData("", "02000000000a")]
    [InlineData("--snat-arp", "02000000000d")]
    public void The_address_within_ARP_is_changed_when_asked(string option, string sender)
    {
        using Packets.Bridge bridge = new();
        bridge.Run($"ebtables -t nat -A POSTROUTING -j snat --to-src 02:00:00:00:00:0d {option}");
        string heard = Convert.ToHexStringLower(bridge.Pass(Frame("reply")));
        Assert.StartsWith("02000000000b02000000000d0806", heard);
        Assert.Equal(sender, heard.Substring(2 * 22, 12));
    }

    [Shows("-j redirect", "the frame comes to the machine itself")]
    [Fact]
    public void A_frame_is_redirected_to_the_machine_itself()
    {
        using Packets.Bridge bridge = new();
        bridge.Run("ebtables -t nat -A PREROUTING -p IPv4 -j redirect; ebtables -A INPUT -d 02:00:00:00:00:01");
        Assert.Empty(bridge.Pass(Frame("tcp")));
        Assert.Equal([1], bridge.Counts("filter", "INPUT"));
    }

    [Shows("-j arpreply", "the answer")]
    [Fact]
    public void A_request_of_ARP_is_answered()
    {
        using Packets.Bridge bridge = new();
        bridge.Run("ebtables -t nat -A PREROUTING -p ARP --arp-ip-dst 10.0.0.2 -j arpreply --arpreply-mac 02:00:00:00:00:0e");
        string heard = Convert.ToHexStringLower(bridge.Ask(Frame("request")));
        Assert.StartsWith("02000000000a02000000000e08060001080006040002" + "02000000000e0a000002", heard);
    }

    [Shows("-j mangle", "addresses in ARP")]
    [Theory]
    [InlineData("--mangle-ip-s 9.9.9.9 --mangle-mac-s 02:00:00:00:00:0f", "02000000000f09090909" + "0000000000000a000002")]
    [InlineData("--mangle-ip-d 9.9.9.9", "0200000000010a000001" + "00000000000009090909")]
    public void Addresses_in_the_ARP_of_the_machine_are_mangled(string options, string addresses)
    {
        using Packets.Bridge bridge = new();
        bridge.Run($"ip address add 10.0.0.1/24 dev br0; arptables -A OUTPUT -j mangle {options}; ping -c 1 -W 1 10.0.0.2 >/dev/null || :");
        Assert.Equal(addresses, Convert.ToHexStringLower(bridge.Hear()).Substring(2 * 22, 40));
    }

    [Fact]
    public void A_mark_of_arptables_is_seen_by_ebtables()
    {
        using Packets.Bridge bridge = new();
        bridge.Run("""
            ip address add 10.0.0.1/24 dev br0
            arptables -A OUTPUT -j MARK --or-mark 1; arptables -A OUTPUT -j MARK --set-mark 12; arptables -A OUTPUT -j MARK --and-mark 3f
            ebtables -A OUTPUT -p ARP --mark 0x12 -j DROP
            ping -c 1 -W 1 10.0.0.2 >/dev/null || :
            """);
        Assert.NotEqual(0, bridge.Counts("filter", "OUTPUT")[0]);
    }

    [Theory]
    [Shows("-m nflog", "the group, the prefix")]
    [Shows("-j nflog", "the group, the prefix")]
    [InlineData("--nflog-group 5 --nflog-prefix seen -j ACCEPT")]
    [InlineData("-j nflog --nflog-group 5 --nflog-prefix seen")]
    public void A_frame_is_noted_by_a_logging_program(string rule)
    {
        using Packets.Bridge bridge = new();
        using LogGroup group = bridge.In(static () => new LogGroup(5));
        bridge.Run($"ebtables -A FORWARD -p IPv4 {rule}");
        Assert.NotEmpty(bridge.Pass(Frame("tcp")));
        Assert.Equal("seen", bridge.In(() => group.Receive().Prefix));
    }

    [Theory]
    [Shows("-m log", "the frame goes on to the next rule")]
    [Shows("-j log", "the frame goes on to the next rule")]
    [InlineData("--log-level debug --log-prefix x --log-ip -j CONTINUE")]
    [InlineData("-j log --log-arp")]
    public void A_frame_goes_on_that_is_logged(string rule)
    {
        using Packets.Bridge bridge = new();
        bridge.Run($"ebtables -A FORWARD -p IPv4 {rule}; ebtables -A FORWARD -p IPv4");
        Assert.NotEmpty(bridge.Pass(Frame("tcp")));
        Assert.Equal([1, 1], bridge.Counts("filter", "FORWARD"));
    }

    private static IEnumerable<(string Name, bool IsTaken)> Named(string names, bool isTaken) =>
        names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => (name, isTaken));

    private static byte[] Frame(string name)
    {
        byte[] frame = Convert.FromHexString(s_frames[name]);
        return [.. frame, .. new byte[Math.Max(0, 60 - frame.Length)]];
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Reflection;
using System.Text;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Packets;
using Sharptables.Tests.Formats.Iptables;
using Xunit;

namespace Sharptables.Tests.Packets;

/// <summary>What targets do with a packet: told by bytes, and by words.</summary>
public sealed class TargetTests
{
    private const byte Udp = 17, Tcp = 6;

    /// <summary>The targets of IPv4 and IPv6 of which it is not known what they do, or not always.</summary>
    private static readonly string[] s_unknown = ["CLUSTERIP", "TPROXY"];

    [Fact]
    public void Every_target_of_IP_says_what_it_does_or_what_that_depends_on()
    {
        List<string> silent = [];
        foreach (ExtensionEntry entry in ExtensionList.Targets)
        {
            foreach (Family family in Family.OfXTables().Where(family => entry.Families.HasFlag(family.Bit)))
            {
                Extension target = entry.Build(family);
                MethodInfo act = target.GetType().GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.FlattenHierarchy)
                    .First(method => method.Name == "Act" && (method.IsFamily || target.GetType() == typeof(Sharptables.Extensions.Targets.Trace)));
                if (act.DeclaringType!.IsGenericType && act.DeclaringType.GetGenericTypeDefinition() == typeof(Extension<>))
                {
                    silent.Add(entry.Name);
                }

                Assert.Equal(s_unknown.Contains(entry.Name), target.DependsOn is not null && target.Act(new byte[target.PayloadSize], Datagram()) is null);
            }
        }

        Assert.Empty(silent);
    }

    [Theory]
    [InlineData("mangle", "MARK --set-mark 5", "mark=5 Continue")]
    [InlineData("mangle", "MARK --set-xmark 0x1/0xf0", "mark=769 Continue")] // of 0x300
    [InlineData("mangle", "MARK --or-mark 4", "mark=772 Continue")]
    [InlineData("mangle", "MARK --and-mark 0x200", "mark=512 Continue")]
    [InlineData("mangle", "CONNMARK --set-mark 7", "ct mark=7 Continue")]
    [InlineData("mangle", "CONNMARK --save-mark", "ct mark=768 Continue")]
    [InlineData("mangle", "CONNMARK --save-mark --nfmask 0x200 --ctmask 0xff", "ct mark=512 Continue")] // of 0x11
    [InlineData("mangle", "CONNMARK --restore-mark", "mark=17 Continue")]
    [InlineData("mangle", "CONNMARK --restore-mark --mask 0x1", "mark=769 Continue")]
    [InlineData("mangle", "CONNMARK --restore-mark --left-shift-mark 4", "mark=272 Continue")]
    [InlineData("mangle", "CONNMARK --set-mark 0x80 --right-shift-mark 4", "ct mark=8 Continue")]
    [InlineData("mangle", "CLASSIFY --set-class 1:2", "meta priority=65538 Continue")]
    [InlineData("mangle", "TOS --set-tos 0x10/0xff", ",8,8=16 Continue")]
    [InlineData("mangle", "TOS --xor-tos 0x3", ",8,8=7 Continue")]
    [InlineData("mangle", "DSCP --set-dscp 46", "ip dscp=46 Continue")]
    [InlineData("mangle", "ECN --ecn-ip-ect 3", "ip ecn=3 Continue")]
    [InlineData("mangle", "TTL --ttl-set 9", "ttl=9 Continue")]
    [InlineData("mangle", "TTL --ttl-dec 4", "ttl=60 Continue")]
    [InlineData("mangle", "TTL --ttl-dec 65", "ttl=0 Continue")]
    [InlineData("mangle", "TTL --ttl-inc 255", "ttl=255 Continue")]
    [InlineData("filter", "LOG", "Continue")]
    [InlineData("filter", "NFLOG", "Continue")]
    [InlineData("mangle", "TEE --gateway 10.0.0.9", "Continue")]
    [InlineData("mangle", "CHECKSUM --checksum-fill", "Continue")]
    [InlineData("filter", "REJECT", "Reject")]
    [InlineData("filter", "NFQUEUE", "Queue")]
    [InlineData("raw", "NOTRACK", "ct state=256 Continue")]
    [InlineData("raw", "CT --notrack", "ct state=256 Continue")]
    [InlineData("raw", "CT --zone 4", "Continue")]
    [InlineData("raw", "TRACE", "Continue")]
    public void A_packet_is_changed(string table, string target, string expected)
    {
        Packet packet = Datagram();
        packet[Field.Meta.Mark] = 0x300;
        packet[Field.Ct.Mark] = 0x11;
        Assert.Equal(expected, Act(table, table == "raw" ? "PREROUTING" : "INPUT", $"-j {target}", packet));
    }

    [Theory]
    [InlineData("PREROUTING", "DNAT --to-destination 10.0.0.9", "daddr=10.0.0.9 Accept", 0x88)]
    [InlineData("PREROUTING", "DNAT --to-destination 10.0.0.9:99", "daddr=10.0.0.9 dport=99 Accept", 0x88)]
    [InlineData("PREROUTING", "DNAT --to-destination 10.0.0.8", "Accept", 8)] // as it was
    [InlineData("PREROUTING", "DNAT --to-destination :53", "Accept", 8)]
    [InlineData("PREROUTING", "DNAT --to-destination :54", "dport=54 Accept", 0x88)]
    [InlineData("PREROUTING", "DNAT --to-destination :3000-3999/50", "dport=3003 Accept", 0x88)]
    [InlineData("PREROUTING", "DNAT --to-destination 10.0.0.20-10.0.0.30", "daddr=10.0.0.20-10.0.0.30 Accept", 0x88)]
    [InlineData("PREROUTING", "DNAT --to-destination 10.0.0.1-10.0.0.30", "daddr=10.0.0.1-10.0.0.30 Accept", 0)] // perhaps as it was
    [InlineData("PREROUTING", "REDIRECT --to-ports 8080", "daddr=0.0.0.0-255.255.255.255 dport=8080 Accept", 0x88)]
    [InlineData("OUTPUT", "REDIRECT", "daddr=127.0.0.1 Accept", 0x88)]
    [InlineData("PREROUTING", "NETMAP --to 10.7.0.0/16", "daddr=10.7.0.8 Accept", 0x88)]
    [InlineData("POSTROUTING", "NETMAP --to 10.7.0.0/16", "saddr=10.7.0.1 Accept", 0x48)]
    [InlineData("POSTROUTING", "SNAT --to-source 192.0.2.1", "saddr=192.0.2.1 Accept", 0x48)]
    [InlineData("POSTROUTING", "SNAT --to-source 10.0.0.1-10.0.0.3", "Accept", 8)] // stays
    [InlineData("POSTROUTING", "SNAT --to-source 192.0.2.1:1024-2000", "saddr=192.0.2.1 sport=1024-2000 Accept", 0x48)]
    [InlineData("POSTROUTING", "SNAT --to-source 192.0.2.1:30000-50000", "saddr=192.0.2.1 Accept", 0x48)]
    [InlineData("POSTROUTING", "MASQUERADE --random", "saddr=0.0.0.0-255.255.255.255 sport=1024-65535 Accept", 0)]
    public void A_connection_is_mapped(string chain, string target, string expected, int state)
    {
        Packet packet = Datagram();
        packet[Field.Ct.State] = 8;
        packet[Field.Ct.Status] = 0;
        packet.Hook = chain switch { "OUTPUT" => Hooks.Output, "PREROUTING" => Hooks.PreRouting, _ => Hooks.PostRouting };
        Assert.Equal(expected, Act("nat", chain, $"-p udp -j {target}", packet));
        Assert.Equal(state == 0 ? null : (UInt128)state, packet.Find(Field.Ct.State));
        Assert.Equal(state == 0 ? null : (UInt128)((state & 0xc0) >> 2), packet.Find(Field.Ct.Status));
    }

    [Fact]
    public void Words_are_mapped_as_bytes_are()
    {
        Packet packet = new(Family.IPv4) { Hook = Hooks.PreRouting };
        Assert.Equal("daddr=10.0.0.9 dport=99 Accept", Act("nat", "PREROUTING", "-p udp -j DNAT --to-destination 10.0.0.9:99", packet));
        Assert.Equal(Answer.Unknown, new Condition(Field.Ct.State, Values.AnyBit(0x80), IsInverted: false).Ask(packet)); // perhaps it went there anyway
        Assert.Equal(Answer.Yes, new Condition(Field.Ct.ReplySourcePort, Values.Only(99), IsInverted: false).Ask(packet));
    }

    [Theory]
    [InlineData("TCPMSS --set-mss 1200", new byte[] { 2, 4, 5, 0xb4 }, new byte[] { 2, 4, 4, 0xb0 })]
    [InlineData("TCPMSS --set-mss 1500", new byte[] { 2, 4, 5, 0xb4 }, new byte[] { 2, 4, 5, 0xb4 })] // never raised
    [InlineData("TCPMSS --set-mss 1500", new byte[] { 1, 1, 1, 1 }, new byte[] { 2, 4, 2, 24, 1, 1, 1, 1 })]
    [InlineData("TCPMSS --set-mss 500", new byte[] { }, new byte[] { 2, 4, 1, 0xf4 })]
    [InlineData("TCPOPTSTRIP --strip-options mss", new byte[] { 2, 4, 5, 0xb4 }, new byte[] { 1, 1, 1, 1 })]
    [InlineData("TCPOPTSTRIP --strip-options 3,4", new byte[] { 4, 2, 3, 3, 7, 1, 1, 1 }, new byte[] { 1, 1, 1, 1, 1, 1, 1, 1 })]
    public void Options_of_TCP_are_changed(string target, byte[] options, byte[] expected)
    {
        Packet packet = Segment(options);
        _ = Act("mangle", "FORWARD", $"-p tcp --syn -j {target}", packet);
        Assert.Equal(expected, packet.Bytes[40..].ToArray());
        Assert.Equal((UInt128)packet.Bytes.Length, packet.Find(Field.Meta.Length));
        Assert.Equal(packet.Bytes.Length, BinaryPrimitives.ReadUInt16BigEndian(packet.Bytes[2..]));
        Assert.Equal((20 + expected.Length) / 4, packet.Bytes[32] >> 4);
    }

    [Theory]
    [InlineData(2, "Stolen")]
    [InlineData(4, "Continue")]
    [InlineData(18, "Continue")]
    [InlineData(16, "")]
    public void SYNPROXY_answers(byte flags, string expected)
    {
        byte[] bytes = Segment([]).Bytes.ToArray();
        bytes[33] = flags;
        Assert.Equal(expected, Act("filter", "INPUT", "-p tcp -j SYNPROXY", new(bytes)));
    }

    /// <summary>Each as the kernel does it; the part that changes keeps checksums right (RFC 6296).</summary>
    [Theory]
    [InlineData("SNPT --src-pfx fd00:1::/64 --dst-pfx 2001:db8:1::/64", "saddr=2001:db8:1:0:cf47::1 Continue")]
    [InlineData("SNPT --src-pfx fd00:1::/48 --dst-pfx 2001:db8:1::/48", "saddr=2001:db8:1:cf47::1 Continue")]
    [InlineData("SNPT --src-pfx fd00:1::/32 --dst-pfx 2001:db8:1::/48", "saddr=2001:db8:1:cf47::1 Continue")]
    [InlineData("SNPT --src-pfx fd00:1::/56 --dst-pfx 2001:db8:ffff::/56", "saddr=2001:db8:ffff:0:cf48::1 Continue")]
    public void A_prefix_is_translated(string target, string expected)
    {
        byte[] bytes = new byte[48];
        bytes[0] = 0x60;
        (bytes[5], bytes[6]) = (8, Udp);
        IPAddress.Parse("fd00:1::1").GetAddressBytes().CopyTo(bytes, 8);
        Assert.Equal(expected, Act("mangle", "POSTROUTING", $"-j {target}", new(bytes)));
    }

    /// <summary>Does what the target of a rule does; says which fields have changed, and what becomes of the packet.</summary>
    internal static string Act(string table, string chain, string rule, Packet packet)
    {
        using TableUnderTest test = new(table, packet.Family);
        test.Run(["-A", chain, .. rule.Split(' ')]);
        foreach (Rule made in test.Table.Rules(test.Table.Get(Encoding.ASCII.GetBytes(chain))))
        {
            Extension target = test.Extensions.Find(made.Target, isTarget: true, new byte[4096], out ReadOnlySpan<byte> payload)!;
            Fate? fate = target.Act(payload, packet);
            return string.Join(' ', [.. packet.Changes.Distinct().Select(field => $"{field.Name}={Shown(packet, field)}"), $"{fate}"]);
        }

        throw new ArgumentException("no rule", nameof(rule));
    }

    private static string Shown(Packet packet, Field field) =>
        field.Slot is null ? "" : packet.Find(field) is { } value ? Shown(field, value) : string.Join(',', packet.PossibleOf(field).Intervals.Select(each => $"{Shown(field, each.First)}-{Shown(field, each.Last)}"));

    private static string Shown(Field field, UInt128 value)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return field.Type is not FieldType.Address ? $"{value}" : new IPAddress(bytes[(16 - (field.Bits / 8))..]).ToString();
    }

    /// <summary>From 10.0.0.1:40000 to 10.0.0.8:53, TTL 64, type of service 4.</summary>
    private static Packet Datagram() => new([0x45, 4, 0, 28, 0, 0, 0, 0, 64, Udp, 0, 0, 10, 0, 0, 1, 10, 0, 0, 8, 0x9c, 0x40, 0, 53, 0, 8, 0, 0]);

    private static Packet Segment(byte[] options) => new(
    [
        0x45, 0, 0, (byte)(40 + options.Length), 0, 0, 0, 0, 64, Tcp, 0, 0, 10, 0, 0, 1, 10, 0, 0, 8,
        0x9c, 0x40, 0, 22, 0, 0, 0, 0, 0, 0, 0, 0, (byte)((20 + options.Length) / 4 << 4), 2, 0, 0, 0, 0, 0, 0, .. options,
    ]);
}

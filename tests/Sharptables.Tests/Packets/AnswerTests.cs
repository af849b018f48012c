using System.Buffers.Binary;
using Sharptables.Model;
using Sharptables.Packets;
using Xunit;

namespace Sharptables.Tests.Packets;

/// <summary>Whether a rule takes a packet, from what its options are declared to be conditions on.</summary>
public sealed class AnswerTests
{
    private const byte Icmp = 1, Tcp = 6, Icmp6 = 58;
    private const byte Syn = 2;

    private static readonly byte[] s_segment = Segment(40000, 22, Syn);

    [Theory]
    [InlineData("-p tcp --dport 22", Answer.Yes)]
    [InlineData("-p tcp ! --dport 22", Answer.No)]
    [InlineData("-p tcp --sport 1024: --dport 20:22", Answer.Yes)]
    [InlineData("-p tcp --sport :1023 --dport 20:22", Answer.No)]
    [InlineData("-p tcp --syn", Answer.Yes)]
    [InlineData("-p tcp ! --syn", Answer.No)]
    [InlineData("-p tcp --tcp-flags ACK ACK", Answer.No)]
    [InlineData("-p tcp --tcp-flags NONE SYN", Answer.No)]
    [InlineData("-p tcp ! --sport :", Answer.No)]
    [InlineData("-p tcp -m tcp", Answer.Yes)]
    [InlineData("-p udp --dport 22", Answer.No)]
    [InlineData("-p tcp -m multiport --ports 22,80", Answer.Yes)]
    [InlineData("-p tcp -m multiport --ports 39999:40001", Answer.Yes)]
    [InlineData("-p tcp -m multiport ! --ports 22", Answer.No)]
    [InlineData("-p tcp -m multiport --sports 22,80", Answer.No)]
    [InlineData("-m iprange --src-range 10.0.0.1-10.0.0.5", Answer.Yes)]
    [InlineData("-m iprange ! --src-range 10.0.0.3-10.0.0.5", Answer.Yes)]
    [InlineData("-m iprange --dst-range 10.0.0.9-10.0.0.8", Answer.No)]
    [InlineData("-m length --length 40", Answer.Yes)]
    [InlineData("-m length ! --length 40:41", Answer.No)]
    [InlineData("-m ttl --ttl-eq 64", Answer.Yes)]
    [InlineData("-m ttl --ttl-lt 64", Answer.No)]
    [InlineData("-m ttl --ttl-gt 63", Answer.Yes)]
    internal void A_packet_has_what_its_bytes_say(string rule, Answer expected) =>
        Assert.Equal(expected, Ask(rule, new(IPv4(Tcp, s_segment))));

    [Theory]
    [InlineData("-m mark --mark 5", Answer.Unknown)]
    [InlineData("-m conntrack --ctstate NEW", Answer.Unknown)]
    [InlineData("-p tcp --dport 22 -m mark --mark 5", Answer.Unknown)]
    [InlineData("-p tcp --dport 23 -m mark --mark 5", Answer.No)]
    internal void What_is_not_known_leaves_it_open_unless_something_else_decides(string rule, Answer expected) =>
        Assert.Equal(expected, Ask(rule, new(IPv4(Tcp, s_segment))));

    [Theory]
    [InlineData("--mark 5", Answer.No)]
    [InlineData("--mark 0x15", Answer.Yes)]
    [InlineData("--mark 5/0xf", Answer.Yes)]
    [InlineData("! --mark 5/0xf", Answer.No)]
    [InlineData("--mark 0x15/0xf", Answer.No)]
    internal void A_mark_is_compared_under_its_mask(string mark, Answer expected) =>
        Assert.Equal(expected, Ask($"-m mark {mark}", new(IPv4(Tcp, s_segment)) { [Field.Meta.Mark] = 0x15 }));

    [Theory]
    [InlineData("-p tcp --tcp-option 2", Answer.Yes)]
    [InlineData("-p tcp ! --tcp-option 2", Answer.No)]
    [InlineData("-p tcp --tcp-option 4", Answer.Yes)]
    [InlineData("-p tcp --tcp-option 5", Answer.No)]
    [InlineData("-p tcp ! --tcp-option 5", Answer.Yes)]
    internal void A_segment_may_have_several_options(string rule, Answer expected) =>
        Assert.Equal(expected, Ask(rule, new(IPv4(Tcp, Segment(1, 2, Syn, 2, 4, 5, 0xb4, 1, 4, 2, 0)))));

    [Fact]
    public void A_segment_whose_header_is_longer_than_it_is_dropped_where_its_options_are_asked_for()
    {
        byte[] segment = Segment(1, 2, Syn);
        segment[12] = 0xf0;
        Assert.Equal(Answer.Dropped, Ask("-p tcp --tcp-option 2", new(IPv4(Tcp, segment))));
        Assert.Equal(Answer.No, Ask("-p tcp --dport 3 --tcp-option 2", new(IPv4(Tcp, segment))));
        Assert.Equal(Answer.Yes, Ask("-p tcp --dport 2", new(IPv4(Tcp, segment))));
    }

    [Theory]
    [InlineData("--icmp-type 3", Answer.Yes)]
    [InlineData("--icmp-type 3/1", Answer.Yes)]
    [InlineData("! --icmp-type 3/1", Answer.No)]
    [InlineData("--icmp-type 3/2", Answer.No)]
    [InlineData("--icmp-type 3/0:5", Answer.Yes)]
    [InlineData("--icmp-type 8", Answer.No)]
    [InlineData("--icmp-type any", Answer.Yes)]
    [InlineData("! --icmp-type any", Answer.No)]
    internal void A_message_of_ICMP_has_a_type_and_a_code(string rule, Answer expected) =>
        Assert.Equal(expected, Ask($"-p icmp {rule}", new(IPv4(Icmp, [3, 1, 0, 0, 0, 0, 0, 0]))));

    [Theory]
    [InlineData(255, Answer.Yes)]
    [InlineData(1, Answer.No)]
    internal void No_type_of_ICMPv6_stands_for_all(byte type, Answer expected) =>
        Assert.Equal(expected, Ask("-p icmpv6 --icmpv6-type 255", new(IPv6(Icmp6, [type, 1, 0, 0, 0, 0, 0, 0]))));

    /// <summary>Whatever the condition on the missing header, inverted or not, or if there is none.</summary>
    [Theory]
    [InlineData("-p tcp -m tcp")]
    [InlineData("-p tcp --dport 22")]
    [InlineData("-p tcp ! --dport 22")]
    [InlineData("-p tcp -m multiport ! --dports 22")]
    public void A_later_fragment_has_no_transport_header(string rule) =>
        Assert.Equal(Answer.No, Ask(rule, new(IPv4(Tcp, s_segment, fragment: 4))));

    [Fact]
    public void A_later_fragment_still_has_the_header_of_the_network() =>
        Assert.Equal(Answer.Yes, Ask("-m ttl --ttl-eq 64", new(IPv4(Tcp, s_segment, fragment: 4))));

    [Theory]
    [InlineData("-p tcp -m tcp", Answer.Dropped)]
    [InlineData("-p tcp -m multiport --dports 22", Answer.No)]
    internal void A_fragment_that_would_overwrite_the_flags_of_TCP_is_dropped(string rule, Answer expected) =>
        Assert.Equal(expected, Ask(rule, new(IPv4(Tcp, s_segment, fragment: 1))));

    [Theory]
    [InlineData("-p tcp -m tcp", 19, Answer.Dropped)]
    [InlineData("-p tcp ! --dport 22", 19, Answer.Dropped)]
    [InlineData("-p tcp --dport 22", 20, Answer.Yes)]
    [InlineData("-p tcp -m multiport --dports 22", 4, Answer.Yes)]
    [InlineData("-p tcp -m multiport --dports 22", 3, Answer.Dropped)]
    [InlineData("-m length --length 23", 3, Answer.Yes)]
    internal void A_packet_without_all_of_the_header_that_is_asked_for_is_dropped(string rule, int length, Answer expected) =>
        Assert.Equal(expected, Ask(rule, new(IPv4(Tcp, s_segment[..length]))));

    [Theory]
    [InlineData("-p udp --dport 53", 17, 0, Answer.Yes)]
    [InlineData("-p udp --dport 53", 17, 8, Answer.No)]
    [InlineData("-p udp ! --dport 53", 17, 8, Answer.No)]
    [InlineData("-m hl --hl-gt 63", 17, 8, Answer.Yes)]
    internal void The_transport_header_of_IPv6_stands_behind_its_extensions(string rule, byte protocol, ushort fragment, Answer expected)
    {
        byte[] datagram = [0, 1, 0, 53, 0, 8, 0, 0];
        byte[] options = [44, 0, 1, 4, 0, 0, 0, 0];
        byte[] fragmented = [protocol, 0, (byte)(fragment >> 8), (byte)(fragment | 1), 0, 0, 0, 1];
        Assert.Equal(expected, Ask(rule, new(IPv6(0, [.. options, .. fragmented, .. datagram]))));
    }

    [Theory]
    [InlineData("--ctstate NEW", Answer.Yes)]
    [InlineData("--ctstate ESTABLISHED,SNAT", Answer.Yes)]
    [InlineData("! --ctstate NEW", Answer.No)]
    [InlineData("--ctstate ESTABLISHED", Answer.No)]
    [InlineData("--ctproto tcp", Answer.Yes)]
    [InlineData("--ctorigsrc 10.0.0.0/8", Answer.Yes)]
    [InlineData("! --ctorigsrc 10.1.0.0/16", Answer.Yes)]
    [InlineData("--ctstatus NONE", Answer.No)]
    [InlineData("! --ctstatus NONE", Answer.Yes)]
    [InlineData("--ctstatus ASSURED,CONFIRMED", Answer.Yes)]
    [InlineData("--ctstate NEW --ctexpire 1:10", Answer.Unknown)]
    [InlineData("--ctstate INVALID --ctexpire 1:10", Answer.No)]
    internal void What_is_known_of_a_connection_is_asked(string rule, Answer expected) =>
        Assert.Equal(expected, Ask($"-m conntrack {rule}", new(IPv4(Tcp, s_segment))
        {
            [Field.Ct.State] = (1 << 3) | (1 << 6), // NEW, SNAT
            [Field.Ct.Protocol] = Tcp,
            [Field.Ct.OriginalSource] = 0x0a000001,
            [Field.Ct.Status] = 8,
        }));

    /// <summary>Of a packet without a connection the kernel tests the state and, if that matches, nothing else.</summary>
    [Theory]
    [InlineData("--ctstate UNTRACKED", Answer.Yes)]
    [InlineData("--ctstate UNTRACKED --ctproto tcp", Answer.Yes)]
    [InlineData("! --ctstate UNTRACKED --ctproto tcp", Answer.No)]
    [InlineData("--ctproto tcp", Answer.No)]
    [InlineData("! --ctproto tcp", Answer.No)]
    [InlineData("! --ctstatus NONE", Answer.No)]
    internal void A_packet_may_have_no_connection(string rule, Answer expected) =>
        Assert.Equal(expected, Ask($"-m conntrack {rule}", new(IPv4(Tcp, s_segment)) { [Field.Ct.State] = 1 << 8 }));

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x45, 0, 0, 20 })]
    [InlineData(new byte[] { 0x44, 0, 0, 20, 0, 0, 0, 0, 64, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x45, 0, 0, 21, 0, 0, 0, 0, 64, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x75, 0, 0, 20, 0, 0, 0, 0, 64, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public void Bytes_that_are_no_packet_are_refused(byte[] bytes) => Assert.Throws<FormatException>(() => new Packet(bytes));

    private static Answer Ask(string rule, Packet packet) =>
        DeclaredRule.Read(rule.Split(' '), packet.Family) is { } declared ? declared.Ask(packet) : throw new ArgumentException($"{rule} is more than conditions");

    private static byte[] Segment(ushort source, ushort destination, byte flags, params byte[] options)
    {
        byte[] segment = [.. new byte[20], .. options];
        BinaryPrimitives.WriteUInt16BigEndian(segment, source);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), destination);
        segment[12] = (byte)(segment.Length / 4 << 4);
        segment[13] = flags;
        return segment;
    }

    /// <summary>A packet from 10.0.0.1 to 10.0.0.8 that 64 routers may see.</summary>
    private static byte[] IPv4(byte protocol, byte[] payload, ushort fragment = 0)
    {
        byte[] packet = [0x45, 0, 0, 0, 0, 0, 0, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 8, .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), fragment);
        return packet;
    }

    private static byte[] IPv6(byte protocol, byte[] payload)
    {
        byte[] packet = [0x60, .. new byte[39], .. payload];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payload.Length);
        (packet[6], packet[7]) = (protocol, 64);
        return packet;
    }
}

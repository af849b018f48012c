using System;
using System.Globalization;
using Sharptables.Packets;

namespace Sharptables.Formats.Nft;

/// <summary>A type of values in nft(8).</summary>
/// <param name="notation">How a value is written that has no word.</param>
/// <param name="words">Words and their values: <c>original=0 reply=1</c>. Of two with one value the first is written.</param>
/// <param name="isBits">Whether a value is a set of bits, each with its word.</param>
internal sealed class NftType(NftNotation notation, string words = "", bool isBits = false)
{
    public static readonly NftType Number = new(NftNotation.Decimal);

    public static readonly NftType Hex = new(NftNotation.Hex);

    /// <summary>Bytes of which nothing is known.</summary>
    public static readonly NftType Raw = new(NftNotation.ShortHex);

    public static readonly NftType Address = new(NftNotation.Address);

    public static readonly NftType Mac = new(NftNotation.Mac);

    public static readonly NftType Text = new(NftNotation.Text);

    public static readonly NftType Interface = new(NftNotation.Interface);

    public static readonly NftType InterfaceIndex = new(NftNotation.InterfaceIndex);

    public static readonly NftType Protocol = new(NftNotation.Protocol);

    public static readonly NftType Handle = new(NftNotation.Handle, "none=0 root=4294967295");

    public static readonly NftType Seconds = new(NftNotation.Seconds);

    public static readonly NftType Milliseconds = new(NftNotation.Milliseconds);

    public static readonly NftType Label = new(NftNotation.BitNumber, isBits: true);

    public static readonly NftType Date = new(NftNotation.Date);

    public static readonly NftType Day = new(NftNotation.Decimal, "\"Sunday\"=0 \"Monday\"=1 \"Tuesday\"=2 \"Wednesday\"=3 \"Thursday\"=4 \"Friday\"=5 \"Saturday\"=6");

    public static readonly NftType Presence = new(NftNotation.Decimal, "missing=0 exists=1");

    public static readonly NftType Family = new(NftNotation.Decimal, "ipv4=2 ipv6=10");

    public static readonly NftType EtherType = new(NftNotation.Hex, "ip=2048 arp=2054 ip6=34525 8021q=33024 8021ad=34984");

    public static readonly NftType Device = new(NftNotation.Decimal, "ether=1 ppp=512 ipip=768 ipip6=769 loopback=772 sit=776 ipgre=778");

    public static readonly NftType ArpOperation = new(NftNotation.Decimal, "request=1 reply=2 rrequest=3 rreply=4 inrequest=8 inreply=9 nak=10");

    public static readonly NftType Dscp = new(
        NftNotation.Hex,
        "cs0=0 cs1=8 cs2=16 cs3=24 cs4=32 cs5=40 cs6=48 cs7=56 af11=10 af12=12 af13=14 af21=18 af22=20 af23=22 af31=26 af32=28 af33=30 "
        + "af41=34 af42=36 af43=38 ef=46");

    public static readonly NftType Ecn = new(NftNotation.Hex, "not-ect=0 ect1=1 ect0=2 ce=3");

    public static readonly NftType IcmpType = Of(FieldType.IcmpType);

    public static readonly NftType Icmp6Type = new(
        NftNotation.Decimal,
        "destination-unreachable=1 packet-too-big=2 time-exceeded=3 parameter-problem=4 echo-request=128 echo-reply=129 mld-listener-query=130 "
        + "mld-listener-report=131 mld-listener-done=132 nd-router-solicit=133 nd-router-advert=134 nd-neighbor-solicit=135 nd-neighbor-advert=136 "
        + "nd-redirect=137 router-renumbering=138 ind-neighbor-solicit=141 ind-neighbor-advert=142 mld2-listener-report=143");

    public static readonly NftType IcmpCode = new(
        NftNotation.Decimal,
        "net-unreachable=0 host-unreachable=1 prot-unreachable=2 port-unreachable=3 frag-needed=4 net-prohibited=9 host-prohibited=10 admin-prohibited=13");

    public static readonly NftType Icmp6Code = new(
        NftNotation.Decimal, "no-route=0 admin-prohibited=1 addr-unreachable=3 port-unreachable=4 policy-fail=5 reject-route=6");

    public static readonly NftType IcmpxCode = new(NftNotation.Decimal, "no-route=0 port-unreachable=1 host-unreachable=2 admin-prohibited=3");

    public static readonly NftType IgmpType = new(
        NftNotation.Decimal, "membership-query=17 membership-report-v1=18 membership-report-v2=22 leave-group=23 membership-report-v3=34");

    public static readonly NftType DccpType = new(
        NftNotation.Decimal, "request=0 response=1 data=2 ack=3 dataack=4 closereq=5 close=6 reset=7 sync=8 syncack=9");

    public static readonly NftType MobilityType = new(
        NftNotation.Decimal,
        "binding-refresh-request=0 home-test-init=1 careof-test-init=2 home-test=3 careof-test=4 binding-update=5 binding-acknowledgement=6 "
        + "binding-error=7 fast-binding-update=8 fast-binding-acknowledgement=9 fast-binding-advertisement=10 experimental-mobility-header=11 "
        + "home-agent-switch-message=12");

    public static readonly NftType TcpFlags = new(NftNotation.Hex, "fin=1 syn=2 rst=4 psh=8 ack=16 urg=32 ecn=64 cwr=128", isBits: true);

    public static readonly NftType State = new(NftNotation.Hex, "invalid=1 established=2 related=4 new=8 untracked=64", isBits: true);

    public static readonly NftType Status = new(
        NftNotation.Hex, "expected=1 seen-reply=2 assured=4 confirmed=8 snat=16 dnat=32 dying=512", isBits: true);

    public static readonly NftType Event = new(
        NftNotation.Hex,
        "new=1 related=2 destroy=4 reply=8 assured=16 protoinfo=32 helper=64 mark=128 seqadj=256 secmark=512 label=1024",
        isBits: true);

    public static readonly NftType Direction = Of(FieldType.Direction);

    public static readonly NftType PacketType = new(NftNotation.Decimal, "host=0 broadcast=1 multicast=2 other=3");

    public static readonly NftType AddressType = new(
        NftNotation.Decimal, "unspec=0 unicast=1 local=2 broadcast=3 anycast=4 multicast=5 blackhole=6 unreachable=7 prohibit=8");

    public static readonly NftType LogLevel = new(NftNotation.Decimal, "emerg=0 alert=1 crit=2 err=3 warn=4 notice=5 info=6 debug=7 audit=8");

    private readonly (string Word, ulong Value)[] _words = Split(words);

    public NftNotation Notation => notation;

    public bool IsBits => isBits;

    /// <summary>The words, in the order of writing.</summary>
    public ReadOnlySpan<(string Word, ulong Value)> Words => _words;

    private static NftType Of(FieldType type)
    {
        string words = "";
        foreach ((string word, byte value) in NftWords.Of(type))
        {
            words += $"{word}={value} ";
        }

        return new NftType(NftNotation.Decimal, words.TrimEnd());
    }

    private static (string, ulong)[] Split(string words) => words.Length == 0 ? [] : Array.ConvertAll(
        words.Split(' '),
        static word => (word[..word.LastIndexOf('=')], ulong.Parse(word.AsSpan(word.LastIndexOf('=') + 1), CultureInfo.InvariantCulture)));
}

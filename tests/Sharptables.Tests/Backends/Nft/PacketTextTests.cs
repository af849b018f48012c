using System.Text;
using Sharptables.Backends.Nft;
using Sharptables.Kernel;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Backends.Nft;

/// <summary>How a traced packet is shown, header by header.</summary>
public sealed class PacketTextTests
{
    private const byte IPv4 = 2, Arp = 3, Bridge = 7, IPv6 = 10;
    private const string Addresses = "7f0000017f000002";
    private const string Shown = "SRC=127.0.0.1 DST=127.0.0.2 LEN=40 TOS=0x0 TTL=64 ";
    private const string Addresses6 = "0000000000000000000000000000000120010db8000000000000000000000002";
    private const string Ethernet = "02000000000a020000000001";

    [Theory]
    [InlineData(IPv4, "", $"450000280001400040060000{Addresses}", "00010002000000030000000450ff0064", Shown + "ID=1 DF SPORT=1 DPORT=2 SYN ACK FIN RST PSH URG ")]
    [InlineData(IPv4, "", $"450000280001000040060000{Addresses}", "0001000200000003", Shown + "ID=1 SPORT=1 DPORT=2 ")]
    [InlineData(IPv4, "", $"450000280001200040110000{Addresses}", "00050006", Shown + "ID=1 MF SPORT=5 DPORT=6 ")]
    [InlineData(IPv4, "", $"450000280001a00440110000{Addresses}", "00050006", Shown + "ID=1 CE MF FRAG:4 ")]
    [InlineData(IPv4, "", $"470000280001000040110000{Addresses}0101010101010101", "000500", Shown + "ID=1 OPT (0101010101010101) ")]
    [InlineData(IPv4, "", $"450000280001000040010000{Addresses}", "0304ffff", Shown + "ID=1 TYPE=3 CODE=4 ")]
    [InlineData(IPv4, "", $"450000280001000040320000{Addresses}", "00050006", Shown + "ID=1 ")]
    [InlineData(IPv4, "", "4500", "", "NH=4500 ")]
    [InlineData(IPv6, "", $"6b81234500143a40{Addresses6}", "8000", "SRC=::1 DST=2001:db8::2 LEN=60 TC=184 HOPLIMIT=64 FLOWLBL=74565 ")]
    [InlineData(IPv6, "", $"6000000000143a40{Addresses6}", "80000000", "SRC=::1 DST=2001:db8::2 LEN=60 TC=0 HOPLIMIT=64 FLOWLBL=0 TYPE=128 CODE=0 ")]
    [InlineData(Arp, Ethernet + "0806", "0001080006ff", "", "MACSRC=02:00:00:00:00:01 MACDST=02:00:00:00:00:0a MACPROTO=0806 NH=0001080006ff ")]
    [InlineData(Bridge, Ethernet + "0800", $"450000280001000040840000{Addresses}", "00050006",
        "MACSRC=02:00:00:00:00:01 MACDST=02:00:00:00:00:0a MACPROTO=0800 " + Shown + "ID=1 SPORT=5 DPORT=6 ")]
    [InlineData(Bridge, Ethernet + "88cc", "00ff", "", "MACSRC=02:00:00:00:00:01 MACDST=02:00:00:00:00:0a MACPROTO=88cc NH=00ff ")]
    [InlineData(Bridge, "0800", "00ff", "", "LL=0x1 0800 NH=00ff ")]
    internal void A_packet_is_shown_as_far_as_it_is_there(byte family, string link, string network, string transport, string shown)
    {
        using NativeBuffer bytes = new(0);
        NetlinkWriter trace = new(bytes);
        trace.Put(NfTables.Trace.InInterfaceType, (ushort)1);
        trace.Put(NfTables.Trace.LinkHeader, Convert.FromHexString(link));
        trace.Put(NfTables.Trace.NetworkHeader, Convert.FromHexString(network));
        trace.Put(NfTables.Trace.TransportHeader, Convert.FromHexString(transport));
        Output output = new(Output.Kept);
        new PacketText(output).Write(family, bytes.Bytes);
        Assert.Equal(shown, Encoding.ASCII.GetString(output.Written));
    }
}

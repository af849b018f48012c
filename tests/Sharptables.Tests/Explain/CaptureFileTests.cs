using Sharptables.Explain;
using Xunit;

namespace Sharptables.Tests.Explain;

/// <summary>Captured packets: as tcpdump writes them, and damaged.</summary>
public sealed class CaptureFileTests
{
    private const string Ip = "4500001c000040004011b66ac0000201c6336401" + "9c40003500080000";
    private const string Frame = "020000000001" + "020000000002" + "0800" + Ip;

    [Theory]
    [InlineData(Ip, "")]
    [InlineData(Frame, "020000000002")]
    [InlineData("020000000001020000000002810000050800" + Ip, "020000000002")]
    [InlineData("0x0000:  4500 001c 0000 4000 4011 b66a c000 0201  E.......@.......\n\t0x0010:  c633 6401 9c40 0035 0008 0000            .3d..@.5....", "")]
    public void Hexadecimal_digits_are_a_packet_or_a_frame_with_one(string text, string mac)
    {
        CapturedPacket packet = CaptureFile.ReadHex(text);
        Assert.Equal(Ip, Convert.ToHexStringLower(packet.Bytes));
        Assert.Equal(mac, Convert.ToHexStringLower(packet.SourceMac));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("450")]
    [InlineData("ffff")]
    public void What_is_no_packet_is_refused(string text) => Assert.Throws<FormatException>(() => CaptureFile.ReadHex(text));

    [Theory]
    [InlineData("d4c3b2a1" + "02000400" + "00000000" + "00000000" + "00000400" + "01000000", false, 1)]
    [InlineData("a1b2c3d4" + "00020004" + "00000000" + "00000000" + "00040000" + "00000001", true, 1)]
    [InlineData("d4c3b2a1" + "02000400" + "00000000" + "00000000" + "00000400" + "65000000", false, 0)]
    public void A_pcap_file_is_read_in_either_byte_order(string head, bool isBigEndian, int isFrame)
    {
        string packet = isFrame == 1 ? Frame : Ip;
        byte[] size = BitConverter.GetBytes(packet.Length / 2);
        string length = Convert.ToHexString(isBigEndian ? [.. size.Reverse()] : size);
        string record = "0000000000000000" + length + length + packet;
        List<CapturedPacket> packets = CaptureFile.Read(Convert.FromHexString(head + record + record));
        Assert.Equal(2, packets.Count);
        Assert.All(packets, static each => Assert.Equal(Ip, Convert.ToHexStringLower(each.Bytes)));
        byte[] whole = Convert.FromHexString(head + record);
        for (int cut = 25; cut < whole.Length; cut++)
        {
            Assert.Throws<FormatException>(() => CaptureFile.Read(whole.AsSpan(0, cut)));
        }
    }

    [Fact]
    public void A_pcapng_file_is_read_and_damage_is_told()
    {
        string data = Frame.PadRight(((Frame.Length / 2) + 3) / 4 * 8, '0');
        int size = 32 + (data.Length / 2);
        string Number(int number) => Convert.ToHexString(BitConverter.GetBytes(number));
        string file = "0a0d0d0a" + Number(28) + "4d3c2b1a" + "01000000" + "ffffffffffffffff" + Number(28)
            + Number(1) + Number(20) + "01000000" + "00000400" + Number(20)
            + Number(6) + Number(size) + Number(0) + Number(0) + Number(0) + Number(Frame.Length / 2) + Number(Frame.Length / 2) + data + Number(size);
        byte[] bytes = Convert.FromHexString(file);
        Assert.Equal(Ip, Convert.ToHexStringLower(Assert.Single(CaptureFile.Read(bytes)).Bytes));
        Random random = new(3);
        for (int round = 0; round < 2000; round++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                _ = CaptureFile.Read(damaged.AsSpan(0, random.Next(damaged.Length + 1)));
            }
            catch (FormatException)
            {
                // told, and nothing else is thrown
            }
        }
    }
}

using System.Buffers.Binary;
using Sharptables.Packets;
using Xunit;

namespace Sharptables.Tests.Packets;

public sealed class TcpSegmentTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void A_syn_says_what_it_was_given(int addressSize)
    {
        byte[] source = [.. Enumerable.Range(1, addressSize).Select(static i => (byte)i)];
        byte[] destination = [.. Enumerable.Range(200, addressSize).Select(static i => (byte)i)];
        byte[] bytes = TcpSegment.WriteSyn(source, destination, 40000, 80, 0xfffffffe, TcpOffer.WriteAll(1460, 0x01020304));
        TcpSegment segment = new(bytes);
        Assert.Equal((40, 40000, 80, TcpSegment.Syn), (bytes.Length, segment.SourcePort, segment.DestinationPort, segment.Flags));
        Assert.Equal(0xfffffffe, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4)));
        Assert.Equal(0x01020304u, BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(28)));
        Assert.Equal(new TcpOffer(1460, 7, true, true), TcpOffer.Read(segment.Options));
        Assert.Equal(0, TcpSegment.Checksum(source, destination, bytes));
        bytes[20]++;
        Assert.NotEqual(0, TcpSegment.Checksum(source, destination, bytes));
    }

    /// <summary>The example of RFC 1071, section 3, with what TCP sums besides: 0xddf2 + 6 + 8.</summary>
    [Fact]
    public void The_checksum_is_that_of_the_internet() =>
        Assert.Equal(unchecked((ushort)~(0xddf2 + 6 + 8)), TcpSegment.Checksum([], [], [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]));

    [Theory]
    [InlineData(0x40)] // shorter than a header
    [InlineData(0xf0)] // longer than the segment
    public void A_header_of_a_length_that_cannot_be_has_no_options(int length)
    {
        byte[] bytes = new byte[24];
        bytes[12] = (byte)length;
        Assert.True(new TcpSegment(bytes).Options.IsEmpty);
    }
}

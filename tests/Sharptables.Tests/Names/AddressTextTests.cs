using System.Net;
using System.Text;
using Sharptables.Names;
using Xunit;

namespace Sharptables.Tests.Names;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:db8::1")]
    [InlineData("2001:db8:0:1:2:3:4:5")]
    [InlineData("2001:db8::1:2:3:4:5")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("fe80::1")]
    [InlineData("1:2:3:4:5:6:7::")]
    public void IPv6_is_read_as_the_base_library_reads_it_and_written_so_that_it_is_read_back(string text)
    {
        byte[] address = new byte[16];
        Assert.True(AddressText.TryParseIPv6(Encoding.UTF8.GetBytes(text), address));
        Assert.Equal(IPAddress.Parse(text).GetAddressBytes(), address);
        byte[] again = new byte[16];
        Assert.True(AddressText.TryParseIPv6(AddressText.FormatIPv6(address), again));
        Assert.Equal(address, again);
    }

    [Fact]
    public void A_zone_is_left_out()
    {
        byte[] address = new byte[16];
        Assert.True(AddressText.TryParseIPv6("fe80::1%eth0"u8, address));
        Assert.Equal(IPAddress.Parse("fe80::1").GetAddressBytes(), address);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1.2.3.4")]
    [InlineData("::1.2.3")]
    [InlineData("::1.2.3.4:5")]
    public void What_is_no_IPv6_address_is_refused(string text) =>
        Assert.False(AddressText.TryParseIPv6(Encoding.UTF8.GetBytes(text), new byte[16]));

    [Theory]
    [InlineData("192.0.2.1", 0xc0000201u)]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("255.255.255.255", 0xffffffffu)]
    public void IPv4_is_read_and_written(string text, uint expected)
    {
        Assert.True(AddressText.TryParseIPv4(Encoding.UTF8.GetBytes(text), out uint address));
        Assert.Equal(expected, address);
        Assert.Equal(text, Encoding.UTF8.GetString(AddressText.FormatIPv4(IPAddress.Parse(text).GetAddressBytes())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.4 ")]
    [InlineData("1..3.4")]
    [InlineData("-1.2.3.4")]
    [InlineData("+1.2.3.4")]
    public void What_is_no_IPv4_address_is_refused(string text) =>
        Assert.False(AddressText.TryParseIPv4(Encoding.UTF8.GetBytes(text), out _));
}

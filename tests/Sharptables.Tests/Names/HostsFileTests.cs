using System.Net;
using System.Text;
using Sharptables.Names;
using Xunit;

namespace Sharptables.Tests.Names;

public sealed class HostsFileTests
{
    private readonly HostsFile _file = new(
        "127.0.0.1 localhost\n::1 localhost six # one\n192.0.2.1 Shop shop.example\n::ffff:192.0.2.2 mapped\n192.0.2.1 later\n192.0.2.3\n"u8.ToArray());

    [Theory]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("192.0.2.1", "Shop")]
    [InlineData("192.0.2.2", "mapped")]
    [InlineData("192.0.2.3", "")]
    [InlineData("::1", "localhost")]
    [InlineData("::ffff:192.0.2.2", "mapped")]
    [InlineData("::ffff:192.0.2.1", "")]
    public void An_address_of_either_family_has_the_name_of_its_first_line(string address, string expected)
    {
        _ = _file.FindName(IPAddress.Parse("2001:db8::1").GetAddressBytes()); // whichever family was asked for before
        _ = _file.FindName(IPAddress.Parse("192.0.2.9").GetAddressBytes());
        Assert.Equal(expected, Encoding.ASCII.GetString(_file.FindName(IPAddress.Parse(address).GetAddressBytes())));
    }

    [Theory]
    [InlineData("localhost", "127.0.0.1 127.0.0.1", "::1")]
    [InlineData("six", "127.0.0.1", "::1")]
    [InlineData("SHOP", "192.0.2.1", "")]
    [InlineData("shop.example", "192.0.2.1", "")]
    [InlineData("mapped", "192.0.2.2", "::ffff:192.0.2.2")]
    [InlineData("one", "", "")]
    public void A_name_has_an_address_for_each_of_its_lines(string name, string four, string six)
    {
        Assert.Equal(Bytes(four), _file.FindAddresses(Encoding.ASCII.GetBytes(name), 4));
        Assert.Equal(Bytes(six), _file.FindAddresses(Encoding.ASCII.GetBytes(name), 16));
    }

    private static byte[] Bytes(string addresses) =>
        [.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(static address => IPAddress.Parse(address).GetAddressBytes())];
}

using Sharptables.Explain;
using Sharptables.Model;
using Sharptables.Packets;
using Xunit;
using Packet = Sharptables.Packets.Packet;

namespace Sharptables.Tests.Explain;

/// <summary>Routes as ip(8) lists them.</summary>
public sealed class RoutesFileTests
{
    private const string Routes = """
        default via 192.0.2.254 dev wan0 proto static metric 100
        default via 198.51.100.254 dev wan1 metric 200
        10.0.0.0/8 dev lan0 proto kernel scope link src 10.0.0.1
        10.9.0.0/16 dev lan9   # more is known of it
        blackhole 10.66.0.0/16
        local 192.0.2.1 dev wan0 table local proto kernel scope host src 192.0.2.1
        broadcast 192.0.2.255 dev wan0 table local
        2001:db8::/32 dev lan0 metric 1024
        """;

    [Theory]
    [InlineData(0x08080808u, "Out wan0")]
    [InlineData(0x0a000005u, "Out lan0")]
    [InlineData(0x0a090005u, "Out lan9")]
    [InlineData(0x0a420005u, "Nowhere ")]
    [InlineData(0xc0000201u, "Local ")]
    [InlineData(0xc00002ffu, "Local ")]
    public void The_longest_prefix_and_then_the_least_metric_decide(uint destination, string expected)
    {
        Packet packet = new(Family.IPv4) { [Field.Ip.Destination] = destination };
        RouteAnswer answer = RoutesFile.Parse(Routes).Find(packet, isLocal: false);
        Assert.Equal(expected, $"{answer.Way} {answer.Interface}");
    }

    [Fact]
    public void What_this_machine_sends_to_itself_goes_by_the_loopback_interface()
    {
        Packet packet = new(Family.IPv4) { [Field.Ip.Destination] = 0xc0000201u };
        Assert.Equal("lo", RoutesFile.Parse(Routes).Find(packet, isLocal: true).Interface);
    }

    [Theory]
    [InlineData("10.0.0.0/33 dev x")]
    [InlineData("nonsense dev x")]
    [InlineData("local")]
    public void A_line_that_is_no_route_is_named(string line) =>
        Assert.Contains("line 2", Assert.Throws<FormatException>(() => RoutesFile.Parse("default dev x\n" + line)).Message, StringComparison.Ordinal);
}

using System.Text;
using Sharptables.Formats.Iptables;
using Sharptables.Names;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Formats.Iptables;

/// <summary>How a rule's protocol is read and written.</summary>
public sealed class ProtocolTextTests
{
    [Fact]
    public void Every_protocol_is_read_as_it_is_written()
    {
        for (ushort number = 0; number < 256; number++)
        {
            Assert.Equal(number, ProtocolText.Read(Encoding.ASCII.GetBytes(Write(number)), SystemNames.Instance, out _));
        }
    }

    [Theory]
    [InlineData("tcp", 6, "tcp")]
    [InlineData("TCP", 6, "tcp")]
    [InlineData("6", 6, "tcp")]
    [InlineData("0x11", 17, "udp")]
    [InlineData("icmp", 1, "icmp")]
    [InlineData("ipv6-icmp", 58, "ipv6-icmp")]
    [InlineData("icmpv6", 58, "icmpv6")]
    [InlineData("all", 0, null)]
    [InlineData("0", 0, null)]
    [InlineData("udplite", 136, "udplite")]
    public void A_protocol_has_a_number_and_the_name_of_the_match_for_its_options(string text, int number, string? match)
    {
        Assert.Equal(number, ProtocolText.Read(Encoding.ASCII.GetBytes(text), SystemNames.Instance, out string? found));
        Assert.Equal(match, found);
    }

    [Theory]
    [InlineData("nosuch", "unknown protocol \"nosuch\" specified")]
    [InlineData("NoSuch", "unknown protocol \"nosuch\" specified")]
    [InlineData("256", "unknown protocol \"256\" specified")]
    [InlineData("-1", "unknown protocol \"-1\" specified")]
    [InlineData("", "unknown protocol \"\" specified")]
    public void What_is_no_protocol_is_refused(string text, string message) => Assert.Equal(
        message, Assert.Throws<UsageException>(() => ProtocolText.Read(Encoding.ASCII.GetBytes(text), SystemNames.Instance, out _)).Message);

    private static string Write(ushort number)
    {
        Output output = new(descriptor: -1);
        ProtocolText.WriteName(number, output, SystemNames.Instance);
        return Encoding.ASCII.GetString(output.Written);
    }
}

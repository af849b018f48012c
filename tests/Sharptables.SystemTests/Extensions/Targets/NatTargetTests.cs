using System.Net.Sockets;
using System.Text;
using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Targets;

/// <summary>
/// What targets do to addresses and ports. Each row, if it says nothing else: the version of IP, commands, a packet, and what is
/// then heard.
/// </summary>
public sealed class NatTargetTests
{
    private const string ToWan = "-t nat -A PREROUTING -p udp --dport 53 -j DNAT --to-destination 203.0.113.9:5353";

    /// <summary>The example of RFC 6296, section 3.1: sums over the packet stay as they are, for d550 makes up for the prefix.</summary>
    [Shows("-j SNPT", "the new prefix of the source on the wire, the checksum still right")]
    [Shows("-j DNPT", "the new prefix of the destination on the wire, the checksum still right")]
    [Theory]
    [InlineData("-t mangle -A POSTROUTING -o WAN1 -j SNPT --src-pfx fd01:203:405::/48 --dst-pfx 2001:db8:1::/48",
        "lan>wan udp src=fd01:203:405:1::1234", "wan [2001:db8:1:d550::1234]:40000 > [fd00:2::9]:9 udp !badsum")]
    [InlineData("ip -6 route add fd01:203:405::/48 via fd00:1::2 ; "
        + "-t mangle -A PREROUTING -i WAN1 -j DNPT --src-pfx 2001:db8:1::/48 --dst-pfx fd01:203:405::/48",
        "wan>lan udp dst=2001:db8:1:d550::1234", "lan [fd00:2::9]:40000 > [fd01:203:405:1::1234]:9 udp !badsum")]
    public void Prefix_translation(string commands, string packet, string heard) => Lab.Sends(6, commands, packet, heard);

    /// <summary>The way back through a translation: the answer reaches the client, from the address that it had asked.</summary>
    [Theory]
    [InlineData(ToWan, "udp dport=53", "wan>lan udp sport=5353 dport=40000", "lan 192.168.1.1:53 > 192.168.1.2:40000 udp")]
    [InlineData("-t nat -A POSTROUTING -o WAN1 -j MASQUERADE", "lan>wan udp", "wan>router udp sport=9 dport=40000",
        "lan 203.0.113.9:9 > 192.168.1.2:40000 udp")]
    [InlineData("-t nat -A POSTROUTING -o WAN1 -j SNAT --to-source 203.0.113.77", "lan>wan udp",
        "wan>router udp dst=203.0.113.77 sport=9 dport=40000", "lan 203.0.113.9:9 > 192.168.1.2:40000 udp")]
    public void Answer_comes_back(string commands, string question, string answer, string heard)
    {
        using Lab lab = new();
        lab.Run(commands);
        lab.Send(question);
        lab.Expect("wan udp");
        lab.Send(answer);
        lab.Expect(heard);
    }

    /// <summary>Four clients of one source port, and the addresses and ports that they then have, in the order of the text.</summary>
    [Theory]
    [InlineData("SNAT --to-source 203.0.113.77:7000-7003", "203.0.113.77:7000 203.0.113.77:7001 203.0.113.77:7002 203.0.113.77:7003")]
    [InlineData("MASQUERADE --to-ports 7000-7003", "203.0.113.1:7000 203.0.113.1:7001 203.0.113.1:7002 203.0.113.1:7003")]
    public void Each_client_has_a_port_of_the_range(string target, string sources)
    {
        using Lab lab = new();
        lab.Run("-t nat -A POSTROUTING -p udp -j " + target);
        string[] actual = Sources(lab, static n => $"lan>wan udp src=192.168.1.{2 + n}", 4);
        Assert.Equal(sources, string.Join(' ', actual.Order(StringComparer.Ordinal)));
    }

    /// <summary>
    /// A connection keeps its port with a probability of 1 in 64512, so all 16 of one client do with one of 10^-77.
    /// </summary>
    [Theory]
    [InlineData("SNAT --to-source 203.0.113.77 --random")]
    [InlineData("SNAT --to-source 203.0.113.77 --random-fully")]
    [InlineData("MASQUERADE --random")]
    [InlineData("MASQUERADE --random-fully")]
    public void Random_takes_another_port(string target)
    {
        using Lab lab = new();
        lab.Run("-t nat -A POSTROUTING -p udp -j " + target);
        string[] ports = [.. Sources(lab, static n => $"lan>wan udp sport={3000 + n}", 16).Select(static s => s.Split(':')[1])];
        Assert.NotEqual(ports, Enumerable.Range(0, 16).Select(static n => $"{3000 + n}"));
    }

    /// <summary>One client asks 16 servers, through a range of 16 addresses: the client decides which, or both together.</summary>
    [Theory]
    [InlineData("SNAT --to-source 203.0.113.64-203.0.113.79 --persistent", true)]
    [InlineData("SNAT --to-source 203.0.113.64-203.0.113.79", false)]
    public void Persistent_gives_a_client_one_address(string target, bool one)
    {
        using Lab lab = new();
        lab.Run("-t nat -A POSTROUTING -p udp -j " + target);
        // From a port of its own for each, since the kernel reuses an address that it has given to the same port.
        string[] sources = Sources(lab, static n => $"lan>wan udp sport={3000 + n} dst=198.51.100.{n}", 16);
        string[] addresses = [.. sources.Select(static source => source.Split(':')[0])];
        Assert.All(addresses, static address => Assert.StartsWith("203.0.113.", address, StringComparison.Ordinal));
        Assert.Equal(one, addresses.Distinct().Count() == 1);
    }

    [Shows("-j REDIRECT", "a program on the router gets a packet that was to another machine")]
    [Theory]
    [InlineData(4, "-t nat -A PREROUTING -p udp --dport 53 -j REDIRECT --to-ports 5353", 5353)]
    [InlineData(4, "-t nat -A PREROUTING -p udp -j REDIRECT", 53)]
    [InlineData(6, "-t nat -A PREROUTING -p udp --dport 53 -j REDIRECT --to-ports 5353", 5353)]
    public void Redirect(int ip, string commands, int port) => Delivers(ip, commands, port);

    [Shows("-j TPROXY", "a program on the router gets a packet that was to another machine, unchanged")]
    [Theory]
    [InlineData(4, "ip rule add fwmark 1 lookup 100 ; ip route add local default dev lo table 100 ; "
        + "-t mangle -A PREROUTING -p udp --dport 53 -j TPROXY --on-port 9053 --tproxy-mark 1", 9053)]
    [InlineData(6, "ip -6 rule add fwmark 1 lookup 100 ; ip -6 route add local default dev lo table 100 ; "
        + "-t mangle -A PREROUTING -p udp --dport 53 -j TPROXY --on-port 9053 --tproxy-mark 1", 9053)]
    public void TProxy(int ip, string commands, int port) => Delivers(ip, commands, port);

    private static void Delivers(int ip, string commands, int port)
    {
        using Lab lab = new(ip == 6);
        using Socket socket = lab.Listen(port, transparent: true);
        lab.Run(commands);
        lab.Send("lan>wan udp dport=53 payload=hello");
        byte[] buffer = new byte[100];
        Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer)));
    }

    /// <summary>The sources of packets 0 to <paramref name="count"/> as they are on the wire, in order.</summary>
    private static string[] Sources(Lab lab, Func<int, string> packet, int count)
    {
        for (int n = 0; n < count; n++)
        {
            lab.Send(packet(n));
        }

        Assert.True(Lab.Eventually(() => lab.Wan.Heard().Count == count), string.Join("; ", lab.Wan.Heard()));
        return [.. lab.Wan.Heard().Select(static line => line.Split(' ')[0])];
    }
}

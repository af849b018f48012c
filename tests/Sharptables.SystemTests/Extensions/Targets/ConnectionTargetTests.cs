using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Sharptables.SystemTests.Packets;
using Xunit;

namespace Sharptables.SystemTests.Extensions.Targets;

/// <summary>
/// What targets do to the tracking of connections. Each row of packets: + if the last rule is to count it, - if not.
/// </summary>
public sealed class ConnectionTargetTests
{
    private const string Untracked = " ; -A FORWARD -m conntrack --ctstate UNTRACKED";
    private const string New = " ; -A FORWARD -m conntrack --ctstate NEW";

    [Shows("-j CT", "connections untracked, of another zone, with a helper, with other timeouts, without reports")]
    [Theory]
    [InlineData(4, "-t raw -A PREROUTING -p udp -j CT --notrack" + Untracked, "+ lan>wan udp", "- lan>wan tcp")]
    [InlineData(6, "-t raw -A PREROUTING -p udp -j CT --notrack" + Untracked, "+ lan>wan udp", "- lan>wan tcp")]
    // The answer belongs to no connection of its own zone.
    [InlineData(4, "-t raw -A PREROUTING -i LAN1 -j CT --zone 5" + New,
        "+ lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(6, "-t raw -A PREROUTING -i LAN1 -j CT --zone 5" + New,
        "+ lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    // With a zone for one direction only, the answer is found in the other; what looks like the first packet is not.
    [InlineData(4, "-t raw -A PREROUTING -i LAN1 -j CT --zone-orig 5" + New,
        "+ lan>wan udp", "- wan>lan udp sport=9 dport=40000", "+ wan>lan udp src=192.168.1.2 dst=203.0.113.9")]
    [InlineData(4, "-t raw -A PREROUTING -i LAN1 -j CT --zone-reply 6" + New,
        "+ lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    [InlineData(4, "-t raw -A PREROUTING -i LAN1 -j MARK --set-mark 5 ; -t raw -A PREROUTING -j CT --zone mark" + New,
        "+ lan>wan udp", "+ wan>lan udp sport=9 dport=40000")]
    // The helper has read in the client's request (RFC 1350: RRQ, file "a", mode "octet") that the server will answer from a new port.
    [InlineData(4, "-t raw -A PREROUTING -p udp --dport 6969 -j CT --helper tftp ; -A FORWARD -m conntrack --ctstate RELATED",
        "- lan>wan udp dport=6969 hex=000161006f6374657400", "+ wan>lan udp sport=5000 dport=40000",
        "- lan>wan udp sport=40001 dport=6970 hex=000161006f6374657400", "- wan>lan udp sport=5000 dport=40001")]
    public void Ct(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    [Shows("-j NOTRACK", "connections untracked")]
    [Theory]
    [InlineData(4, "-t raw -A PREROUTING -p udp -j NOTRACK" + Untracked, "+ lan>wan udp", "- lan>wan tcp")]
    [InlineData(6, "-t raw -A PREROUTING -p udp -j NOTRACK" + Untracked, "+ lan>wan udp", "- lan>wan tcp")]
    public void NoTrack(int ip, string commands, params string[] packets) => CountingRule.Check(ip, commands, packets);

    /// <summary>An unanswered connection is remembered for 30 seconds; under the policy, for 200.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Timeout_is_that_of_the_policy(int ip)
    {
        using Lab lab = new(ip == 6);
        lab.AddTimeout("long", 200);
        lab.Run("-t raw -A PREROUTING -p udp --dport 53 -j CT --timeout long" + New);
        lab.Send("lan>wan udp dport=53");
        lab.Send("lan>wan udp dport=54");
        lab.Expect("wan udp");
        Assert.True(Lab.Eventually(() => Left(53) is > 100 and <= 200 && Left(54) is > 0 and <= 30),
            lab.Output("cat", "/proc/net/nf_conntrack"));

        // "ipv4 2 udp 17 199 src=192.168.1.2 … dport=53 [UNREPLIED] …"
        int Left(int port) => lab.Output("cat", "/proc/net/nf_conntrack").Split('\n')
            .Where(line => line.Contains($" dport={port} [UNREPLIED]", StringComparison.Ordinal))
            .Select(static line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4], CultureInfo.InvariantCulture))
            .FirstOrDefault();
    }

    /// <summary>Of two connections, the first may only report its end; so the first report is about the second.</summary>
    [Fact]
    public void Ctevents_leaves_out_reports()
    {
        using Lab lab = new();
        using ConnectionEvents events = lab.ListenToConnections(); // without a listener, the kernel forgets what such a rule says
        lab.Run("-t raw -A PREROUTING -p udp --dport 53 -j CT --ctevents destroy" + New);
        lab.Send("lan>wan udp dport=53");
        lab.Send("lan>wan udp dport=54");
        Assert.Equal(54, events.Receive());
    }

    /// <summary>
    /// The client is outside, in frames; the server is a program on the router. Between them stands SYNPROXY: it answers the SYN,
    /// with options of its own, and calls the server only when the client has confirmed.
    /// </summary>
    [Shows("-j SYNPROXY", "a SYN answered for the server, which is called once the client has confirmed; the bytes then go through")]
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void SynProxy(int ip)
    {
        using Lab lab = new(ip == 6);
        using Socket server = lab.Serve(80);
        lab.Setting("netfilter/nf_conntrack_tcp_loose", "0"); // no connection is to begin with an ACK
        lab.Run("-t raw -A PREROUTING -i WAN1 -p tcp --syn -j CT --notrack"
            + " ; -A INPUT -i WAN1 -p tcp -m conntrack --ctstate INVALID,UNTRACKED"
            + " -j SYNPROXY --sack-perm --timestamp --wscale 5 --mss 1234"
            + " ; -A INPUT -m conntrack --ctstate INVALID -j DROP");

        // With SACK permitted (0402), a timestamp (080a …), and behind a NOP (01) a window scale of 7 (030307).
        lab.Send("wan>router tcp dport=80 seq=1000 mss=1460 opts=0402080a000000010000000001030307");
        string answer = lab.Expect("wan tcp syn ack mss=1234 sackok timestamp wscale=5 ack=1001");
        Assert.False(server.Poll(0, SelectMode.SelectRead), "the server was called before the client had confirmed");

        uint next = uint.Parse(answer.Split(" seq=")[1].Split(' ')[0], CultureInfo.InvariantCulture) + 1;
        lab.Send($"wan>router tcp dport=80 flags=ack seq=1001 ack={next}");
        Assert.True(server.Poll(Lab.Patience, SelectMode.SelectRead), "the server was not called");
        using Socket connection = server.Accept();
        lab.Send($"wan>router tcp dport=80 flags=ack,psh seq=1001 ack={next} payload=hello");
        byte[] buffer = new byte[100];
        connection.ReceiveTimeout = (int)Lab.Patience.TotalMilliseconds;
        Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, connection.Receive(buffer)));
        connection.Send("world"u8);
        lab.Expect($"wan tcp psh ack seq={next} ack=1006");
    }
}

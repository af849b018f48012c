using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Net;
using System.Text;
using Sharptables.SystemTests.Packets;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Programs;

/// <summary>
/// nfsynproxy beside real servers: two network namespaces with a cable between them, asker 10.9.0.1 and fd09::1, servers 10.9.0.2 and
/// fd09::2. No host has 10.9.0.9 and fd09::9; packets to them are sent all the same.
/// </summary>
public sealed class SynProxyProbeTests : IDisposable
{
    private const string Rule = "-m state --state UNTRACKED,INVALID -j SYNPROXY";

    private const int SocketLevel = 1; // SOL_SOCKET, SO_MARK: asm-generic/socket.h
    private const int MarkOption = 36;

    private readonly NetworkNamespace _asker = new();
    private readonly NetworkNamespace _server = new();
    private readonly List<Socket> _listeners = [];

    public SynProxyProbeTests()
    {
        const string Nobody = "02:00:00:00:00:09";
        Batch(_asker, [
            $"link add cable address 02:00:00:00:00:01 type veth peer name cable address 02:00:00:00:00:02 netns {_server.Path}",
            "link set lo up", "link set cable up", "addr add 10.9.0.1/24 dev cable", "addr add fd09::1/64 dev cable nodad",
            $"neigh add 10.9.0.9 lladdr {Nobody} dev cable", $"neigh add fd09::9 lladdr {Nobody} dev cable"]);
        Batch(_server, ["link set lo up", "link set cable up", "addr add 10.9.0.2/24 dev cable", "addr add fd09::2/64 dev cable nodad"]);
        Listen(80);
        Assert.True(Lab.Eventually(() => Ask("-t 1 10.9.0.2").Status == 0), "the cable does not work");
    }

    [Theory]
    [InlineData("", "", "--sack-perm --timestamp --wscale 7 --mss 1460", "--mss 1440")]
    [InlineData("tcp_sack=0", "", "--timestamp --wscale 7 --mss 1460", "--mss 1440")]
    [InlineData("tcp_timestamps=0", "", "--sack-perm --wscale 7 --mss 1460", "--mss 1440")]
    [InlineData("tcp_window_scaling=0", "", "--sack-perm --timestamp --mss 1460", "--mss 1440")]
    [InlineData("tcp_sack=0 tcp_timestamps=0 tcp_window_scaling=0", "", "--mss 1460", "--mss 1440")]
    [InlineData("", "link set cable mtu 1400", "--sack-perm --timestamp --wscale 7 --mss 1360", "--mss 1340")]
    [InlineData("", "route change 10.9.0.0/24 dev cable advmss 1000", "--sack-perm --timestamp --wscale 7 --mss 1000", "--mss 1440")]
    [InlineData("tcp_rmem=4096\t131072\t33554432", "", "--sack-perm --timestamp --wscale 10 --mss 1460", "--mss 1440")]
    public void The_rule_has_what_the_server_offers(string settings, string command, string offer, string segmentSize6)
    {
        // It depends on the size of buffers, which is a setting of the machine: https://docs.kernel.org/networking/ip-sysctl.html
        Set("tcp_rmem", "4096\t131072\t4194304");
        foreach (string setting in settings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Set(setting.Split('=')[0], setting.Split('=')[1]);
        }

        if (command.Length > 0)
        {
            Batch(_server, [command]);
        }

        string offer6 = offer[..offer.IndexOf("--mss", StringComparison.Ordinal)] + segmentSize6;
        (int status, string output, string errors) = Ask("10.9.0.2 fd09::2");
        Assert.Equal(
            $"-A FORWARD -d 10.9.0.2 -p tcp --dport 80 {Rule} {offer}\n-A FORWARD -d fd09::2 -p tcp --dport 80 {Rule} {offer6}\n", output);
        Assert.Equal((0, ""), (status, errors));
        Loads("iptables", output.Split('\n')[0]);
        Loads("ip6tables", output.Split('\n')[1]);
    }

    [Fact]
    public void Port_chain_and_interface_can_be_given()
    {
        Listen(8080);
        (int status, string output, string errors) = Ask("-i cable --port=8080 -c web 10.9.0.2");
        Assert.StartsWith($"-A web -d 10.9.0.2 -p tcp --dport 8080 {Rule} ", output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (status, errors));
        Assert.Equal("nfsynproxy: 10.9.0.2: no interface \"other\": No such device\n", Ask("-i other 10.9.0.2").Errors);
        Assert.Equal((1, ""), Ask("-i lo -t 1 10.9.0.2") is var (failed, nothing, _) ? (failed, nothing) : default);
    }

    [Theory]
    [InlineData("-p 81 10.9.0.2", "10.9.0.2: nothing listens at port 81: the connection is refused")]
    [InlineData("-p 81 fd09::2", "fd09::2: nothing listens at port 81: the connection is refused")]
    [InlineData("-t 2 10.9.0.9", "10.9.0.9: no answer from port 80 in 2 s")]
    [InlineData("-t 1 fd09::9", "fd09::9: no answer from port 80 in 1 s")]
    [InlineData("192.0.2.1", "192.0.2.1: Network is unreachable")]
    public void What_went_wrong_is_said(string arguments, string error) =>
        Assert.Equal((1, "", $"nfsynproxy: {error}\n"), Ask(arguments));

    [Theory]
    [InlineData("10.9.0.2", "icmp-host-prohibited", "No route to host")]
    [InlineData("10.9.0.2", "icmp-port-unreachable", "Connection refused")]
    [InlineData("fd09::2", "icmp6-adm-prohibited", "Permission denied")]
    public void What_a_firewall_says_is_said(string address, string with, string error)
    {
        string program = address.Contains(':', StringComparison.Ordinal) ? "ip6tables" : "iptables";
        Assert.Equal(0, Start(_server, [program, "-A", "INPUT", "-p", "tcp", "-j", "REJECT", "--reject-with", with]).Status);
        Assert.Equal((1, "", $"nfsynproxy: {address}: no answer from port 80: {error}\n"), Ask($"-t 1 {address}"));
    }

    [Fact]
    public void A_rule_of_the_askers_own_is_named()
    {
        Assert.Equal(0, Start(_asker, ["iptables", "-A", "OUTPUT", "-p", "tcp", "-j", "DROP"]).Status);
        Assert.Equal((1, "", "nfsynproxy: 10.9.0.2: a rule of this machine's own keeps the packet from leaving\n"), Ask("10.9.0.2"));
    }

    [Fact]
    public void The_others_are_asked_when_one_does_not_answer()
    {
        (int status, string output, string errors) = Ask("-t 1 10.9.0.9 10.9.0.2 192.0.2.1 fd09::2");
        Assert.Equal((1, 2, 2), (status, output.Count(static c => c == '\n'), errors.Count(static c => c == '\n')));
    }

    [Fact]
    public void A_lost_syn_is_sent_again()
    {
        Assert.Equal(0, Start(_server, [
            "iptables", "-A", "INPUT", "-p", "tcp", "-m", "limit", "--limit", "1/minute", "--limit-burst", "1", "-j", "DROP"]).Status);
        long begin = Stopwatch.GetTimestamp();
        Assert.Equal(0, Ask("10.9.0.2").Status);
        Assert.InRange(Stopwatch.GetElapsedTime(begin).TotalSeconds, 1, 60);
    }

    /// <summary>The kernel's RST removes it. If a rule drops that RST, one stays.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_half_open_connection_stays_on_the_server(bool withoutReset)
    {
        if (withoutReset)
        {
            Start(_asker, ["iptables", "-A", "OUTPUT", "-p", "tcp", "--tcp-flags", "RST", "RST", "-j", "DROP"]);
        }

        Assert.Equal(0, Ask("10.9.0.2").Status);
        Assert.Equal(!withoutReset, Lab.Eventually(() => HalfOpen() == 0));
    }

    /// <summary>What the manual page says that a web server at 192.0.2.10 needs, on a router before it.</summary>
    [Fact]
    public void A_router_with_the_rules_stands_in_for_the_server()
    {
        using NetworkNamespace client = new();
        Batch(_asker, [
            $"link add outer type veth peer name outer netns {client.Path}", "link set outer up",
            "addr add 198.51.100.1/24 dev outer", "addr add 192.0.2.1/24 dev cable"]);
        Batch(_server, ["addr add 192.0.2.10/24 dev cable", "route add default via 192.0.2.1"]);
        Batch(client, ["link set outer up", "addr add 198.51.100.2/24 dev outer", "route add default via 198.51.100.1"]);
        _asker.Run(static () => File.WriteAllText("/proc/sys/net/ipv4/ip_forward", "1"));
        const string Manual = """
            sysctl -w net.netfilter.nf_conntrack_tcp_loose=0
            iptables -t raw -A PREROUTING -d 192.0.2.10 -p tcp --dport 80 --syn -j CT --notrack
            { echo '*filter'; nfsynproxy 192.0.2.10; echo COMMIT; } | iptables-restore -n
            iptables -A FORWARD -d 192.0.2.10 -p tcp --dport 80 -m state --state INVALID -j DROP
            """;
        (int status, _, string errors) = Start(_asker, ["sh", "-ec", Manual]);
        Assert.Equal((0, ""), (status, errors));

        using Socket connection = client.Run(static () =>
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 5000 };
            socket.Connect("192.0.2.10", 80);
            return socket;
        });
        Assert.True(_listeners[0].Poll(Lab.Patience, SelectMode.SelectRead), "the server has got no connection");
        using Socket accepted = _listeners[0].Accept();
        byte[] received = new byte[5];
        connection.Send("there"u8);
        Assert.Equal((5, "there"), (accepted.Receive(received), Encoding.ASCII.GetString(received)));
        accepted.Send("again"u8);
        Assert.Equal((5, "again"), (connection.Receive(received), Encoding.ASCII.GetString(received)));

        // SYN and ACK of the client, which the router answered.
        string[] counts = Start(_asker, ["iptables", "-L", "FORWARD", "-v", "-n", "-x"]).Output.Split('\n');
        Assert.Contains(" SYNPROXY ", counts[2], StringComparison.Ordinal);
        Assert.Equal("2", counts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]);
    }

    [Theory]
    [InlineData("", "which server?")]
    [InlineData("example", "\"example\" is not a valid address")]
    [InlineData("fe80::1%cable", "name the interface of \"fe80::1%cable\" with -i")]
    [InlineData("-p 0 10.9.0.2", "\"0\" is not a valid port")]
    [InlineData("-p 65536 10.9.0.2", "\"65536\" is not a valid port")]
    [InlineData("-c SYNPROXY 10.9.0.2", "a chain cannot be called SYNPROXY")]
    [InlineData("-c -x 10.9.0.2", "\"-x\" is not a valid chain name")]
    [InlineData("-t 0 10.9.0.2", "\"0\" is not a valid time")]
    [InlineData("-i an-interface-with-a-long-name 10.9.0.2", "is not a valid interface name")]
    [InlineData("10.9.0.2 -x", "invalid option -- 'x'")]
    public void Nothing_is_sent_when_the_command_line_is_wrong(string arguments, string error)
    {
        (int status, string output, string errors) = Ask(arguments);
        Assert.Equal((2, ""), (status, output));
        Assert.Contains(error, errors.Split('\n')[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">/dev/full", 1, "nfsynproxy: cannot write the output: No space left on device\n")]
    [InlineData("| true", 0, "")]
    public void Output_that_cannot_be_written(string to, int status, string errors) =>
        Assert.Equal((status, "", errors), Start(_asker, ["sh", "-c", $"nfsynproxy 10.9.0.2 {to}"]));

    /// <summary>
    /// Damaged answers, some of which still pass for answers, and then a right one. Whichever is taken: it becomes a rule, and
    /// iptables takes the rule, or it means that nothing listens.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_answers_do_no_harm(bool withIpOptions)
    {
        const int Runs = 60;
        // The server's kernel must not answer from that port; what we send has a mark. Damaged packets must not reach
        // the match tcp: it drops those that are too short.
        Assert.Equal(0, Start(_server, ["iptables", "-A", "OUTPUT", "-m", "mark", "--mark", "1", "-j", "ACCEPT"]).Status);
        Assert.Equal(0, Start(_server, ["iptables", "-A", "OUTPUT", "-p", "tcp", "--tcp-flags", "RST", "RST", "-j", "DROP"]).Status);
        using Socket raw = _server.Run(static () => new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Tcp));
        raw.SetRawSocketOption(SocketLevel, MarkOption, [1, 0, 0, 0]);
        if (withIpOptions)
        {
            raw.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.IPOptions, new byte[] { 1, 1, 1, 1 });
        }

        Random random = new(1);
        Thread server = new(() => AnswerSyns(raw, 81, random)) { IsBackground = true };
        server.Start();
        List<string> rules = [];
        for (int run = 0; run < Runs; run++)
        {
            (int status, string output, string errors) = Ask("-p 81 -t 9 10.9.0.2");
            Assert.True(
                (status, errors) is (0, "") or (1, "nfsynproxy: 10.9.0.2: nothing listens at port 81: the connection is refused\n"),
                $"run {run}: status {status}\n{output}{errors}");
            rules.Add(output);
        }

        Assert.Equal((0, "", ""), Start(_asker, ["iptables-restore"], $"*filter\n{string.Concat(rules)}COMMIT\n"));
        Assert.True(rules.Distinct().Count() > Runs / 10, "no damaged answer was taken for one");
    }

    public void Dispose()
    {
        _listeners.ForEach(static listener => listener.Dispose());
        _asker.Dispose();
        _server.Dispose();
    }

    private (int Status, string Output, string Errors) Ask(string arguments) =>
        Start(_asker, ["nfsynproxy", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

    private void Listen(int port) => _listeners.Add(_server.Run(() =>
    {
        Socket socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        socket.Listen();
        return socket;
    }));

    /// <summary>Answers each SYN to a port with ten damaged SYN,ACKs and a right one, until the socket is closed.</summary>
    private static void AnswerSyns(Socket raw, int port, Random random)
    {
        byte[] packet = new byte[2048];
        try
        {
            while (raw.Receive(packet) is var length)
            {
                ReadOnlySpan<byte> syn = packet.AsSpan((packet[0] & 15) * 4, length - ((packet[0] & 15) * 4));
                if (BinaryPrimitives.ReadUInt16BigEndian(syn[2..]) != port || syn[13] != 2)
                {
                    continue;
                }

                // Sequence number, flags SYN and ACK, window; options: MSS 1460, SACK permitted, timestamps, a NOP, window scale 7.
                byte[] answer =
                [
                    syn[2], syn[3], syn[0], syn[1], 0, 0, 0, 1, 0, 0, 0, 0, 10 << 4, 0x12, 0xff, 0xff, 0, 0, 0, 0,
                    2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7,
                ];
                BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(8), BinaryPrimitives.ReadUInt32BigEndian(syn[4..]) + 1);
                for (int i = 0; i < 10; i++)
                {
                    raw.SendTo(Damaged(answer, random), new IPEndPoint(IPAddress.Parse("10.9.0.1"), 0));
                }

                raw.SendTo(answer, new IPEndPoint(IPAddress.Parse("10.9.0.1"), 0));
            }
        }
        catch (Exception e) when (raw.SafeHandle.IsClosed && e is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private static byte[] Damaged(byte[] answer, Random random)
    {
        byte[] damaged = [.. answer];
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            damaged[random.Next(3) == 0 ? random.Next(damaged.Length) : random.Next(12, damaged.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }

    private void Set(string name, string value) => _server.Run(() => File.WriteAllText($"/proc/sys/net/ipv4/{name}", value));

    /// <summary>Connections that have received a SYN and nothing more: <c>TCP_SYN_RECV</c>, net/tcp_states.h.</summary>
    private int HalfOpen() => _server.Run(static () => File.ReadLines("/proc/thread-self/net/tcp6")
        .Concat(File.ReadLines("/proc/thread-self/net/tcp"))
        .Count(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3] == "03"));

    /// <summary>The rule is taken, and is saved as it was given.</summary>
    private void Loads(string program, string rule)
    {
        Assert.Equal((0, "", ""), Start(_asker, [program + "-restore"], $"*filter\n{rule}\nCOMMIT\n"));
        string saved = Start(_asker, [program, "-S", "FORWARD"]).Output.Split('\n')[1];
        Assert.EndsWith(rule[rule.IndexOf("-j", StringComparison.Ordinal)..], saved, StringComparison.Ordinal);
    }

    private static void Batch(NetworkNamespace place, IEnumerable<string> commands) =>
        Assert.Equal((0, "", ""), Start(place, ["ip", "-batch", "-"], string.Join('\n', [.. commands, ""])));

    private static (int Status, string Output, string Errors) Start(NetworkNamespace place, string[] command, string input = "") =>
        place.Run(new Command(command[0], command[1..]) { Variables = Command.ProgramsUnderTest("/dev/null"), Stdin = input }.Run).Said;
}

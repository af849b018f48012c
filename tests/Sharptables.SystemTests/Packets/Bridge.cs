using System.Buffers.Binary;
using System.Net.Sockets;
using System.Net;
using System.Text.RegularExpressions;
using Sharptables.Testing;
using Xunit;

namespace Sharptables.SystemTests.Packets;

/// <summary>A bridge br0 with two ports, a and b, and what is at the far end of their cables: whole frames go in and come out.</summary>
internal sealed partial class Bridge : IDisposable
{
    private const int AllProtocols = 0x0300; // ETH_P_ALL in network byte order, linux/if_ether.h
    private const int PacketLevel = 263, IgnoreOutgoing = 23; // SOL_PACKET, PACKET_IGNORE_OUTGOING

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly NetworkNamespace _network = new();
    private readonly Socket _a;
    private readonly Socket _b;

    public Bridge()
    {
        _ = Run("""
            sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
            sysctl -qw net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0 net.bridge.bridge-nf-call-arptables=0 2>/dev/null || :
            ip link add name br0 type bridge mcast_snooping 0; ip link set br0 address 02:00:00:00:00:01
            for port in a b; do
                ip link add name $port type veth peer name far-$port
                ip link set dev $port master br0
                ip link set dev $port up; ip link set dev far-$port up promisc on
            done
            ip link set br0 up
            """);
        _a = Cable("far-a");
        _b = Cable("far-b");
    }

    /// <summary>Runs commands in the machine that has the bridge; gives what they print.</summary>
    public string Run(string commands)
    {
        CommandResult result = _network.Run(() => new Command("sh", ["-ec", $"PATH={Workspace.Sbin}:$PATH; {commands}"]).Run());
        Assert.True(result.ExitStatus == 0, $"{commands}\n{result.Stderr}");
        return result.Stdout;
    }

    /// <summary>Does something in the machine that has the bridge.</summary>
    public T In<T>(Func<T> work) => _network.Run(work);

    /// <summary>Sends a frame to port a, and gives what comes out of port b; empty if nothing does in time.</summary>
    public byte[] Pass(byte[] frame) => Exchange(frame, _b);

    /// <summary>Sends a frame to port a, and gives what comes back; empty if nothing does in time.</summary>
    public byte[] Ask(byte[] frame) => Exchange(frame, _a);

    /// <summary>The next frame that comes out of port a; empty if none does in time.</summary>
    public byte[] Hear() => Receive(_a, s_patience);

    /// <summary>How many frames the rules of a chain have counted.</summary>
    public int[] Counts(string table, string chain) => [.. CountPattern().Matches(Run($"ebtables -t {table} -L {chain} --Lc"))
        .Select(static match => int.Parse(match.Groups[1].Value, null))];

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
        _network.Dispose();
    }

    private static byte[] Exchange(byte[] frame, Socket from, Socket into, TimeSpan patience)
    {
        into.Send(frame);
        return Receive(from, patience);
    }

    private static byte[] Receive(Socket from, TimeSpan patience)
    {
        byte[] buffer = new byte[2048];
        return from.Poll(patience, SelectMode.SelectRead) ? buffer[..from.Receive(buffer)] : [];
    }

    private Socket Cable(string name)
    {
        Socket socket = _network.Run(static () => new Socket(AddressFamily.Packet, SocketType.Raw, (ProtocolType)AllProtocols));
        socket.Bind(new LinkEndPoint(int.Parse(Run($"ip -o link show {name}").Split(':')[0], null)));
        socket.SetRawSocketOption(PacketLevel, IgnoreOutgoing, [1, 0, 0, 0]);
        return socket;
    }

    private byte[] Exchange(byte[] frame, Socket from)
    {
        while (Receive(from, TimeSpan.Zero).Length > 0)
        {
            // what came before
        }

        return Exchange(frame, from, _a, s_patience);
    }

    [GeneratedRegex(@"pcnt = (\d+)")]
    private static partial Regex CountPattern();

    /// <summary><c>struct sockaddr_ll</c>, linux/if_packet.h.</summary>
    private sealed class LinkEndPoint(int interfaceIndex) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            SocketAddress address = new(AddressFamily.Packet, 20);
            Span<byte> fields = address.Buffer.Span;
            BinaryPrimitives.WriteUInt16LittleEndian(fields[2..], AllProtocols);
            BinaryPrimitives.WriteInt32LittleEndian(fields[4..], interfaceIndex);
            return address;
        }
    }
}

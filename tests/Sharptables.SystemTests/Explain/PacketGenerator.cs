namespace Sharptables.SystemTests.Explain;

/// <summary>Composes packets from a seed, and what brings about the state of their connections.</summary>
/// <param name="random">The source of chance.</param>
/// <param name="v6">Whether they are of IPv6.</param>
internal sealed class PacketGenerator(Random random, bool v6)
{
    private const int PortsOfEach = 4000; // so that no two of a ruleset's have the same connection

    private static readonly string[] s_ways = ["lan>wan", "lan>wan", "wan>lan", "lan>router", "wan>router", "wan>router", "router>lan", "router>wan"];
    private static readonly int[] s_ports = [22, 53, 80, 443, 8080, 5353];

    private string Icmp => v6 ? "icmp6" : "icmp";

    /// <summary>A packet.</summary>
    /// <param name="index">Its number among those of a ruleset.</param>
    public SentPacket Next(int index)
    {
        string way = s_ways[random.Next(s_ways.Length)];
        string[] ends = way.Split('>');
        string back = $"{ends[1]}>{ends[0]}";
        int source = 1024 + (index * PortsOfEach) + random.Next(PortsOfEach), destination = s_ports[random.Next(s_ports.Length)];
        (string from, string to) = Hosts(ends[0], ends[1]);
        string there = $"{from}{to}", here = $"{(to.Length > 0 ? " src=" + to[5..] : "")}{(from.Length > 0 ? " dst=" + from[5..] : "")}";
        string service = (random.Next(4) > 0 ? "" : $" tos=0x{random.Next(256):x2}") + (random.Next(4) > 0 ? "" : $" ttl={random.Next(2, 256)}");
        string length = random.Next(3) > 0 ? "" : $" len={random.Next(200)}";
        string protocol = random.Next(10) switch { < 5 => "tcp", < 8 => "udp", _ => Icmp };
        string ports = protocol == Icmp ? $" id={source}" : $" sport={source} dport={destination}";
        string portsBack = protocol == Icmp ? $" id={source} type={(v6 ? 129 : 0)}" : $" sport={destination} dport={source}";
        string first = $"{way} {protocol}{ports}{there}", reply = $"{back} {protocol}{portsBack}{here}";
        if (protocol == "tcp")
        {
            (first, reply) = ($"{first} flags=syn seq=1000", $"{reply} flags=syn,ack seq=5000 ack=1001");
        }

        switch (random.Next(10))
        {
            case < 4:
                return new([], first + (protocol == "tcp" ? Options() : "") + service + length, SentPacket.New, IsReply: false);
            case < 6 when protocol == "tcp":
                string[] handshake = [first, reply, $"{way} tcp{ports}{there} flags=ack seq=1001 ack=5001"];
                string flags = random.Next(3) > 0 ? "ack" : random.Next(2) > 0 ? "psh,ack" : "fin,ack";
                return random.Next(2) > 0
                    ? new(handshake, $"{way} tcp{ports}{there} flags={flags} seq=1001 ack=5001{service}{length}", SentPacket.Established, IsReply: false)
                    : new(handshake, $"{back} tcp{portsBack}{here} flags={flags} seq=5001 ack=1001{service}{length}", SentPacket.Established, IsReply: true);
            case < 5:
                return new([first, reply], first + service + length, SentPacket.Established, IsReply: false);
            case < 7:
                return new([first], reply + service + (protocol == "tcp" ? "" : length), SentPacket.Established, IsReply: true);
            case 7:
                string inner = first.Replace(' ', '_').Replace('=', ':');
                string message = v6 ? "type=1 code=4" : "type=3 code=3";
                return v6 && there.Length > 0 ? Next(index) // its addresses cannot be said, since they have colons
                    : new([first], $"{back} {Icmp} {message}{here} inner={inner}{service}", SentPacket.Related, IsReply: true);
            case 8 when protocol == "tcp":
                return new([], $"{way} tcp{ports}{there} flags={(random.Next(2) > 0 ? "rst" : "syn,fin")}{service}", SentPacket.Invalid, IsReply: false);
            case 8 when protocol == Icmp:
                return new([], $"{way} {Icmp} type={(v6 ? 129 : 0)} id={source}{there}{service}", SentPacket.Invalid, IsReply: false);
            case 9 when protocol == "tcp":
                return new([], $"{way} tcp{ports}{there} flags=ack seq=1001 ack=5001{service}{length}", SentPacket.New, IsReply: false);
            default:
                return new([], first + service + length, SentPacket.New, IsReply: false);
        }
    }

    /// <summary>Other hosts behind the far ends.</summary>
    private (string From, string To) Hosts(string from, string to)
    {
        string source = from != "router" && random.Next(4) == 0 ? " src=" + Host(from) : "";
        return (source, to != "router" && random.Next(4) == 0 ? " dst=" + Host(to) : "");
    }

    private string Host(string end) => (end, v6) switch
    {
        ("lan", false) => "192.168.1.77",
        ("lan", true) => "fd00:1::77",
        (_, false) => "198.51.100.7",
        _ => "fd00:7::7",
    };

    private string Options() => random.Next(4) switch { 0 => " mss=1460", 1 => " opts=0402" + "080a0000000100000000", _ => "" };
}

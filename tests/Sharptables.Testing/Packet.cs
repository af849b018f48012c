using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Sharptables.Testing;

/// <summary>
/// A packet in words, as <c>.spec</c> files and tests write them: <c>[from>to] protocol [key=value ...]</c>. CONTRIBUTING.md describes them.
/// </summary>
public sealed class Packet
{
    public const string LanMac = "02:00:00:00:01:02";
    public const string RouterLanMac = "02:00:00:00:01:01";
    public const string WanMac = "02:00:00:00:02:02";
    public const string RouterWanMac = "02:00:00:00:02:01";

    private readonly Dictionary<string, string> _keys = [];
    private readonly bool _v6;
    private readonly string _protocol = "";

    public Packet(string words, bool v6)
    {
        Text = words;
        _v6 = v6;
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                _keys.Add(word[..equals], word[(equals + 1)..]);
            }
            else if (word.IndexOf('>', StringComparison.Ordinal) is > 0 and int arrow)
            {
                From = word[..arrow];
                To = word[(arrow + 1)..];
            }
            else
            {
                _protocol = word;
            }
        }

        string? inner = Take("inner");
        Source = IPAddress.Parse(Take("src") ?? Address(From, To));
        Destination = IPAddress.Parse(Take("dst") ?? Address(To, From));
        SourceMac = Mac(Take("mac") ?? (From == "lan" ? LanMac : WanMac));
        DestinationMac = Mac(Take("to") ?? (From == "lan" ? RouterLanMac : RouterWanMac));
        SourcePort = (ushort)Number("sport", 40000);
        DestinationPort = (ushort)Number("dport", 9);
        Mark = (uint)Number("mark", 0);
        string payload = Take("payload") ?? "";
        Payload = Take("hex") is { } hex ? Convert.FromHexString(hex) : Encoding.ASCII.GetBytes(payload);
        if (Take("len") is { } length)
        {
            Payload = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
        }

        Bytes = Build(inner);
        if (_keys.Count > 0)
        {
            throw new ArgumentException($"what is {string.Join(", ", _keys.Keys)} in '{words}'?", nameof(words));
        }
    }

    /// <summary>From the lowest bit up, RFC 9293, section 3.1.</summary>
    public static string[] TcpFlags { get; } = ["fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr"];

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Where the packet starts: lan, wan, or router for one from a socket of the router's own.</summary>
    public string From { get; } = "lan";

    public string To { get; } = "router";

    /// <summary>The router's interface that it comes in by; null for one of the router's own.</summary>
    public string? In => Interface(From);

    /// <summary>The router's interface that it goes out by; null for one to the router itself.</summary>
    public string? Out => Interface(To);

    public IPAddress Source { get; }

    public IPAddress Destination { get; }

    public byte[] SourceMac { get; }

    public byte[] DestinationMac { get; }

    public ushort SourcePort { get; }

    public ushort DestinationPort { get; }

    /// <summary>The mark that it has when it comes to the rule.</summary>
    public uint Mark { get; }

    /// <summary>What follows the header of TCP, UDP or ICMP; for other protocols, that of IP.</summary>
    public byte[] Payload { get; }

    /// <summary>The packet from its IP header on.</summary>
    public byte[] Bytes { get; }

    /// <summary>The Ethernet frame.</summary>
    public byte[] Frame => [.. DestinationMac, .. SourceMac, .. _v6 ? (ReadOnlySpan<byte>)[0x86, 0xdd] : [0x08, 0x00], .. Bytes];

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string? Interface(string machine) => machine switch { "lan" => "LAN1", "wan" => "WAN1", _ => null };

    /// <summary>The address of a machine as <paramref name="seenFrom"/> knows it: the router has one on either side.</summary>
    private string Address(string machine, string seenFrom) => (machine, seenFrom, _v6) switch
    {
        ("lan", _, false) => "192.168.1.2",
        ("lan", _, true) => "fd00:1::2",
        ("wan", _, false) => "203.0.113.9",
        ("wan", _, true) => "fd00:2::9",
        ("router", "wan", false) => "203.0.113.1",
        ("router", "wan", true) => "fd00:2::1",
        ("router", _, false) => "192.168.1.1",
        ("router", _, true) => "fd00:1::1",
        _ => throw new ArgumentException($"there is no machine {machine}"),
    };

    private string? Take(string key) => _keys.Remove(key, out string? value) ? value : null;

    private int Number(string key, int otherwise) => Take(key) is { } text
        ? text.StartsWith("0x", StringComparison.Ordinal)
            ? int.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : (int)uint.Parse(text, CultureInfo.InvariantCulture)
        : otherwise;

    private byte[] Build(string? inner)
    {
        (byte protocol, byte[] segment, int checksumAt) = _protocol switch
        {
            "tcp" => ((byte)6, Tcp(), 16),
            "udp" => ((byte)17, Udp(), 6),
            "icmp" => ((byte)1, Icmp(inner, 8), 2),
            "icmp6" => ((byte)58, Icmp(inner, 128), 2),
            "ah" => ((byte)51, Words(0x11040000, (uint)Number("spi", 0), 1), -1), // RFC 4302, section 2
            "esp" => ((byte)50, Words((uint)Number("spi", 0), 1), -1), // RFC 4303, section 2
            "ipcomp" => ((byte)108, Words(0x06000000u | (uint)Number("spi", 0), 0), -1), // RFC 3173, section 3.3
            "mh" => ((byte)135, Words(0x3b000000u | (uint)Number("type", 0) << 8, 0), -1), // RFC 6275, section 6.1
            "sctp" => ((byte)132, [.. Words(Ports, 0, 0), .. Chunks()], -1),
            "dccp" => ((byte)33, Dccp(), -1),
            "ip" => ((byte)Number("proto", 255), Payload, -1),
            _ => throw new ArgumentException($"there is no protocol {_protocol}"),
        };
        if (checksumAt >= 0)
        {
            ushort sum = Checksum(protocol == 1 ? [] : PseudoHeader(protocol, segment.Length), segment);
            BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(checksumAt), protocol == 17 && sum == 0 ? (ushort)0xffff : sum);
        }

        return _v6 ? Ip6(protocol, segment) : Ip4(protocol, segment);
    }

    private static byte[] Mac(string text) => Convert.FromHexString(text.Replace(":", "", StringComparison.Ordinal));

    /// <summary>RFC 9293, section 3.1. The flags are names joined by commas; without any it is a SYN.</summary>
    private byte[] Tcp()
    {
        // RFC 9293, section 3.2: the maximum segment size is kind 2, length 4
        string options = (Take("mss") is { } mss ? $"0204{ushort.Parse(mss, CultureInfo.InvariantCulture):x4}" : "") + Take("opts");
        byte[] segment = [.. new byte[20], .. Convert.FromHexString(options.PadRight((options.Length + 7) / 8 * 8, '0')), .. Payload];
        BinaryPrimitives.WriteUInt16BigEndian(segment, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), DestinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), (uint)Number("seq", 1000));
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), (uint)Number("ack", 0));
        segment[12] = (byte)((segment.Length - Payload.Length) / 4 << 4);
        foreach (string flag in (Take("flags") ?? "syn").Split(','))
        {
            segment[13] |= (byte)(1 << Array.IndexOf(TcpFlags, flag));
        }

        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 65535);
        return segment;
    }

    private byte[] Udp()
    {
        byte[] segment = new byte[8 + Payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(4), (ushort)segment.Length);
        Payload.CopyTo(segment.AsSpan(8));
        return segment;
    }

    private uint Ports => (uint)SourcePort << 16 | DestinationPort;

    /// <summary>RFC 9260, section 3.2. Each chunk is its type, a slash and its flags, and has four bytes of data.</summary>
    private IEnumerable<byte> Chunks() => (Take("chunks")?.Split(',') ?? []).SelectMany(static chunk =>
    {
        byte[] numbers = [.. chunk.Split('/').Select(static n => byte.Parse(n, CultureInfo.InvariantCulture))];
        return Words((uint)numbers[0] << 24 | (uint)numbers[1] << 16 | 8, 0);
    });

    /// <summary>RFC 4340, section 5.1, with a long sequence number; the payload is what the type has besides, and options.</summary>
    private byte[] Dccp() =>
        [.. Words(Ports, (uint)(16 + Payload.Length) / 4 << 24, (uint)(Number("type", 0) << 1 | 1) << 24, 1), .. Payload];

    private static byte[] Words(params uint[] words)
    {
        byte[] bytes = new byte[4 * words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), words[i]);
        }

        return bytes;
    }

    private byte[] Icmp(string? inner, int echo)
    {
        byte[] body = inner is null ? Payload : new Packet(inner.Replace('_', ' ').Replace(':', '='), _v6).Bytes;
        byte[] segment = new byte[8 + body.Length];
        segment[0] = (byte)Number("type", echo);
        segment[1] = (byte)Number("code", 0);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(4), inner is null ? (ushort)Number("id", 1) : (ushort)0);
        body.CopyTo(segment.AsSpan(8));
        return segment;
    }

    /// <summary>RFC 791, section 3.1.</summary>
    private byte[] Ip4(byte protocol, byte[] segment)
    {
        byte[] header = new byte[20];
        header[0] = 0x45;
        header[1] = (byte)Number("tos", 0);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(20 + segment.Length));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)Number("id", 1));
        if (Take("frag") is { } fragment)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6),
                (ushort)(int.Parse(fragment.TrimEnd('+'), CultureInfo.InvariantCulture) / 8 | (fragment.EndsWith('+') ? 0x2000 : 0)));
        }

        header[8] = (byte)Number("ttl", 64);
        header[9] = protocol;
        Source.TryWriteBytes(header.AsSpan(12), out _);
        Destination.TryWriteBytes(header.AsSpan(16), out _);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum([], header));
        return [.. header, .. segment];
    }

    /// <summary>RFC 8200, sections 3 and 4; the fragment header (4.5) stands behind the other ones.</summary>
    private byte[] Ip6(byte protocol, byte[] segment)
    {
        byte[] extensions = [];
        if (Take("frag") is { } offset)
        {
            extensions = new byte[8];
            extensions[0] = protocol;
            BinaryPrimitives.WriteUInt16BigEndian(extensions.AsSpan(2),
                (ushort)(int.Parse(offset.TrimEnd('+'), CultureInfo.InvariantCulture) | (offset.EndsWith('+') ? 1 : 0)));
            BinaryPrimitives.WriteUInt32BigEndian(extensions.AsSpan(4), (uint)Number("id", 1));
            protocol = 44;
        }

        string[] others = Take("ext")?.Split(',') ?? [];
        for (int i = others.Length - 1; i >= 0; i--)
        {
            int colon = others[i].IndexOf(':', StringComparison.Ordinal);
            extensions = [protocol, .. Convert.FromHexString(others[i][(colon + 1)..]), .. extensions];
            protocol = byte.Parse(others[i][..colon], CultureInfo.InvariantCulture);
        }

        byte[] header = new byte[40];
        BinaryPrimitives.WriteUInt32BigEndian(header, 0x60000000u | (uint)Number("tos", 0) << 20);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(4), (ushort)(extensions.Length + segment.Length));
        header[6] = protocol;
        header[7] = (byte)Number("ttl", 64);
        Source.TryWriteBytes(header.AsSpan(8), out _);
        Destination.TryWriteBytes(header.AsSpan(24), out _);
        return [.. header, .. extensions, .. segment];
    }

    private byte[] PseudoHeader(byte protocol, int length) => _v6
        ? [.. Source.GetAddressBytes(), .. Destination.GetAddressBytes(), 0, 0, (byte)(length >> 8), (byte)length, 0, 0, 0, protocol]
        : [.. Source.GetAddressBytes(), .. Destination.GetAddressBytes(), 0, protocol, (byte)(length >> 8), (byte)length];

    /// <summary>
    /// RFC 1071, over both, the first of even length. Over bytes with their own checksum it is 0 if that is right.
    /// </summary>
    public static ushort Checksum(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        uint sum = 0;
        Add(first, ref sum);
        Add(second, ref sum);
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;

        static void Add(ReadOnlySpan<byte> bytes, ref uint sum)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                sum += (uint)(bytes[i] << ((i & 1) == 0 ? 8 : 0));
            }
        }
    }
}

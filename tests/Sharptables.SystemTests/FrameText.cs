using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Sharptables.SystemTests;

/// <summary>
/// A frame off the wire in words: <c>192.168.1.2:40000 > 203.0.113.9:53 udp ttl=63 tos=0x00</c>; for TCP the flags and the
/// MSS follow, for ICMP its type and code.
/// </summary>
internal static class FrameText
{
    /// <summary>From the lowest bit up, RFC 9293, section 3.1.</summary>
    public static string[] TcpFlags { get; } = ["fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr"];

    /// <summary>The frame in words, or null if it is neither IPv4 nor IPv6.</summary>
    public static string? Describe(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> packet = frame[14..];
        switch (BinaryPrimitives.ReadUInt16BigEndian(frame[12..]))
        {
            case 0x0800:
                return Describe(new IPAddress(packet[12..16]), new IPAddress(packet[16..20]), packet[9], packet[8], packet[1],
                    packet[((packet[0] & 15) * 4)..]);
            case 0x86dd:
                return Describe(new IPAddress(packet[8..24]), new IPAddress(packet[24..40]), packet[6], packet[7],
                    (byte)(packet[0] << 4 | packet[1] >> 4), packet[40..]);
            default:
                return null;
        }
    }

    /// <summary>Whether the words are all in the line, in that order.</summary>
    public static bool Fits(string line, string words)
    {
        string[] wanted = words.Split(' ');
        int next = 0;
        foreach (string word in line.Split(' '))
        {
            if (next < wanted.Length && word == wanted[next])
            {
                next++;
            }
        }

        return next == wanted.Length;
    }

    private static string Describe(IPAddress source, IPAddress destination, byte protocol, byte ttl, byte tos, ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder();
        bool ports = protocol is 6 or 17;
        Add(text, ports ? $"{Host(source)}:{BinaryPrimitives.ReadUInt16BigEndian(body)}" : $"{source}");
        Add(text, " > ");
        Add(text, ports ? $"{Host(destination)}:{BinaryPrimitives.ReadUInt16BigEndian(body[2..])}" : $"{destination}");
        Add(text, protocol switch
        {
            1 => $" icmp {body[0]}/{body[1]}",
            58 => $" icmp6 {body[0]}/{body[1]}",
            6 => " tcp",
            17 => " udp",
            _ => $" ip proto={protocol}",
        });
        if (protocol == 6)
        {
            for (int i = 0; i < TcpFlags.Length; i++)
            {
                if ((body[13] & 1 << i) != 0)
                {
                    Add(text, $" {TcpFlags[i]}");
                }
            }

            if (body[12] >> 4 > 5 && body[20] == 2)
            {
                Add(text, $" mss={BinaryPrimitives.ReadUInt16BigEndian(body[22..])}");
            }
        }

        Add(text, $" ttl={ttl} tos=0x{tos:x2}");
        return text.ToString();
    }

    private static string Host(IPAddress address) => address.GetAddressBytes().Length == 16 ? $"[{address}]" : $"{address}";

    private static void Add(StringBuilder text, FormattableString words) => text.Append(words.ToString(CultureInfo.InvariantCulture));

    private static void Add(StringBuilder text, string words) => text.Append(words);
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Sharptables.Testing;

namespace Sharptables.SystemTests.Packets;

/// <summary>
/// A frame from the wire in words: <c>192.168.1.2:40000 > 203.0.113.9:53 udp ttl=63 tos=0x00</c>. For TCP the flags and options
/// come before the ttl, sequence and acknowledgement numbers last; for ICMP its type and code. With a wrong checksum
/// of TCP or UDP the word <c>badsum</c> stands at the end.
/// </summary>
internal static class FrameText
{
    /// <summary>The frame in words, or null if it is neither IPv4 nor IPv6.</summary>
    public static string? Describe(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> packet = frame[14..];
        switch (BinaryPrimitives.ReadUInt16BigEndian(frame[12..]))
        {
            case 0x0800:
                return Describe(packet[12..20], packet[9], packet[8], packet[1], packet[((packet[0] & 15) * 4)..]);
            case 0x86dd:
                return Describe(packet[8..40], packet[6], packet[7], (byte)(packet[0] << 4 | packet[1] >> 4), packet[40..]);
            default:
                return null;
        }
    }

    /// <summary>Whether the words are all in the line, in that order, and none of those that have a ! before them.</summary>
    public static bool Fits(string line, string words)
    {
        string[] said = line.Split(' ');
        ILookup<bool, string> expected = words.Split(' ').ToLookup(static word => word[0] != '!');
        if (expected[false].Any(word => said.Contains(word[1..])))
        {
            return false;
        }

        string[] wanted = [.. expected[true]];
        int next = 0;
        foreach (string word in said)
        {
            if (next < wanted.Length && word == wanted[next])
            {
                next++;
            }
        }

        return next == wanted.Length;
    }

    private static string Describe(ReadOnlySpan<byte> addresses, byte protocol, byte ttl, byte tos, ReadOnlySpan<byte> body)
    {
        IPAddress source = new(addresses[..(addresses.Length / 2)]);
        IPAddress destination = new(addresses[(addresses.Length / 2)..]);
        StringBuilder text = new();
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
            for (int i = 0; i < Packet.TcpFlags.Length; i++)
            {
                if ((body[13] & 1 << i) != 0)
                {
                    Add(text, $" {Packet.TcpFlags[i]}");
                }
            }

            AddOptions(text, body[20..((body[12] >> 4) * 4)]);
        }

        Add(text, $" ttl={ttl} tos=0x{tos:x2}");
        if (protocol == 6)
        {
            Add(text, $" seq={BinaryPrimitives.ReadUInt32BigEndian(body[4..])} ack={BinaryPrimitives.ReadUInt32BigEndian(body[8..])}");
        }

        if (ports && Packet.Checksum([.. addresses, 0, protocol, (byte)(body.Length >> 8), (byte)body.Length], body) != 0)
        {
            text.Append(" badsum");
        }

        return text.ToString();
    }

    /// <summary>TCP options: RFC 9293, section 3.2, RFC 7323 and RFC 2018. Bytes that only fill up are told too, as <c>nop</c>.</summary>
    private static void AddOptions(StringBuilder text, ReadOnlySpan<byte> options)
    {
        while (options.Length > 0 && options[0] != 0)
        {
            int length = options[0] == 1 ? 1 : options[1];
            switch (options[0])
            {
                case 1:
                    text.Append(" nop");
                    break;
                case 2:
                    Add(text, $" mss={BinaryPrimitives.ReadUInt16BigEndian(options[2..])}");
                    break;
                case 3:
                    Add(text, $" wscale={options[2]}");
                    break;
                case 4:
                    text.Append(" sackok");
                    break;
                case 8:
                    text.Append(" timestamp");
                    break;
                default:
                    Add(text, $" option={options[0]}");
                    break;
            }

            options = options[length..];
        }
    }

    private static string Host(IPAddress address) => address.GetAddressBytes().Length == 16 ? $"[{address}]" : $"{address}";

    private static void Add(StringBuilder text, FormattableString words) => text.Append(words.ToString(CultureInfo.InvariantCulture));

    private static void Add(StringBuilder text, string words) => text.Append(words);
}

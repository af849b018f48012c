using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Sharptables.Explain;

/// <summary>Reads packets from what tcpdump(8) and its kin write: pcap, pcapng, or bytes as hexadecimal digits. What is not IP is left out.</summary>
internal static class CaptureFile
{
    private const int MacSize = 6, EthernetSize = 14, VlanSize = 4;
    private const int LinkEthernet = 1, LinkRawOfBsd = 12, LinkRaw = 101, LinkCooked = 113, LinkIPv4 = 228, LinkIPv6 = 229, LinkCooked2 = 276; // tcpdump.org/linktypes
    private const uint SectionHeader = 0x0a0d0d0a, ByteOrder = 0x1a2b3c4d, InterfaceDescription = 1, SimplePacket = 3, EnhancedPacket = 6;

    /// <summary>Reads the packets of a file.</summary>
    /// <exception cref="FormatException">It is no such file, or is cut off.</exception>
    public static List<CapturedPacket> Read(ReadOnlySpan<byte> file)
    {
        uint magic = file.Length >= 24 ? BinaryPrimitives.ReadUInt32BigEndian(file) : 0;
        return magic switch
        {
            0xa1b2c3d4 or 0xa1b23c4d => ReadPcap(file, isBigEndian: true),
            0xd4c3b2a1 or 0x4d3cb2a1 => ReadPcap(file, isBigEndian: false),
            SectionHeader => ReadNextGeneration(file),
            _ => throw new FormatException("it is no capture file: neither pcap nor pcapng"),
        };
    }

    /// <summary>Reads one packet from hexadecimal digits; offsets in front of a line, and text behind it, are left out.</summary>
    /// <exception cref="FormatException">There is anything else, or no packet of IP.</exception>
    public static CapturedPacket ReadHex(string text)
    {
        List<byte> bytes = [];
        foreach (string line in text.Split('\n'))
        {
            string rest = line.Trim();
            int colon = rest.IndexOf(':');
            rest = colon is > 0 and <= 10 ? rest[(colon + 1)..].TrimStart() : rest;
            int end = rest.IndexOf("  ", StringComparison.Ordinal); // what tcpdump -X and xxd show as text
            rest = (colon > 0 && end >= 0 ? rest[..end] : rest).Replace(" ", "", StringComparison.Ordinal).Replace("0x", "", StringComparison.Ordinal);
            try
            {
                bytes.AddRange(Convert.FromHexString(rest));
            }
            catch (FormatException)
            {
                throw new FormatException($"\"{line.Trim()}\" is not made of pairs of hexadecimal digits");
            }
        }

        ReadOnlySpan<byte> packet = bytes.ToArray();
        return (IsIp(packet) ? new([.. packet], []) : FromEthernet(packet)) ?? throw new FormatException("the bytes are no packet of IPv4 or IPv6, and no frame with one");
    }

    private static List<CapturedPacket> ReadPcap(ReadOnlySpan<byte> file, bool isBigEndian)
    {
        List<CapturedPacket> packets = [];
        int link = (int)Number(file[20..], isBigEndian) & 0xffff;
        for (int at = 24; at < file.Length;)
        {
            int size = file.Length - at < 16 ? -1 : (int)Number(file[(at + 8)..], isBigEndian);
            if (size < 0 || size > file.Length - at - 16)
            {
                throw new FormatException("it is cut off within a packet");
            }

            Add(packets, link, file.Slice(at + 16, size));
            at += 16 + size;
        }

        return packets;
    }

    private static List<CapturedPacket> ReadNextGeneration(ReadOnlySpan<byte> file)
    {
        List<CapturedPacket> packets = [];
        List<int> links = [];
        bool isBigEndian = false;
        for (int at = 0; at < file.Length;)
        {
            ReadOnlySpan<byte> block = file[at..];
            if (block.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(block) == SectionHeader)
            {
                isBigEndian = BinaryPrimitives.ReadUInt32BigEndian(block[8..]) == ByteOrder;
                links.Clear();
            }

            int size = block.Length < 12 ? -1 : (int)Number(block[4..], isBigEndian);
            if (size < 12 || size > block.Length || size % 4 != 0)
            {
                throw new FormatException("it is cut off within a block");
            }

            block = block[8..(size - 4)];
            switch (Number(file[at..], isBigEndian))
            {
                case InterfaceDescription when block.Length >= 8:
                    links.Add(isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(block) : BinaryPrimitives.ReadUInt16LittleEndian(block));
                    break;
                case EnhancedPacket when block.Length >= 20 && Number(block, isBigEndian) < links.Count && Number(block[12..], isBigEndian) <= block.Length - 20:
                    Add(packets, links[(int)Number(block, isBigEndian)], block.Slice(20, (int)Number(block[12..], isBigEndian)));
                    break;
                case SimplePacket when block.Length >= 4 && links.Count > 0:
                    Add(packets, links[0], block.Slice(4, (int)Math.Min(Number(block, isBigEndian), (uint)block.Length - 4)));
                    break;
            }

            at += size;
        }

        return packets;
    }

    private static void Add(List<CapturedPacket> packets, int link, ReadOnlySpan<byte> bytes)
    {
        int skipped = link switch { LinkCooked => 16, LinkCooked2 => 20, _ => 0 };
        CapturedPacket? packet = link switch
        {
            LinkEthernet => FromEthernet(bytes),
            LinkRaw or LinkRawOfBsd or LinkIPv4 or LinkIPv6 or LinkCooked or LinkCooked2 => bytes.Length > skipped && IsIp(bytes[skipped..]) ? new([.. bytes[skipped..]], []) : null,
            _ => throw new FormatException($"its packets have a link layer that is not known (LINKTYPE {link})"),
        };
        if (packet is not null)
        {
            packets.Add(packet);
        }
    }

    private static CapturedPacket? FromEthernet(ReadOnlySpan<byte> frame)
    {
        int behind = EthernetSize;
        while (frame.Length >= behind + VlanSize && BinaryPrimitives.ReadUInt16BigEndian(frame[(behind - 2)..]) is 0x8100 or 0x88a8)
        {
            behind += VlanSize;
        }

        return frame.Length > behind && IsIp(frame[behind..]) && BinaryPrimitives.ReadUInt16BigEndian(frame[(behind - 2)..]) is 0x0800 or 0x86dd
            ? new([.. frame[behind..]], [.. frame.Slice(MacSize, MacSize)]) : null;
    }

    private static bool IsIp(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && bytes[0] >> 4 is 4 or 6;

    private static uint Number(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}

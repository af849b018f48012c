using System;
using System.Buffers.Binary;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Backends.Nft;

/// <summary>Writes a packet that is traced, by its headers, in the words of the kernel's log: each with a blank behind it.</summary>
/// <param name="output">Where to write.</param>
internal sealed class PacketText(Output output)
{
    private const ushort Loopback = 772; // ARPHRD_*, linux/if_arp.h
    private const ushort Ethernet = 1;
    private const int EthernetSize = 14;
    private const int IPv4EtherType = 0x0800, IPv6EtherType = 0x86dd; // ETH_P_*, linux/if_ether.h
    private const byte Icmp = 1, Tcp = 6, Udp = 17, Dccp = 33, Icmp6 = 58, Sctp = 132, UdpLite = 136; // IPPROTO_*, linux/in.h

    /// <summary>The flags of TCP, as the kernel's log orders them.</summary>
    private static readonly (byte Bit, string Name)[] s_tcpFlags =
        [(0x02, "SYN "), (0x10, "ACK "), (0x01, "FIN "), (0x04, "RST "), (0x08, "PSH "), (0x20, "URG ")];

    /// <summary>Whether a message has the packet: only the first of a chain has.</summary>
    public static bool HasPacket(ReadOnlySpan<byte> trace) =>
        !NetlinkAttributes.Find(trace, NfTables.Trace.NetworkHeader).IsEmpty || !NetlinkAttributes.Find(trace, NfTables.Trace.LinkHeader).IsEmpty;

    /// <summary>Writes the packet of a message.</summary>
    public void Write(byte family, ReadOnlySpan<byte> trace)
    {
        WriteInterface("IN="u8, NetlinkAttributes.FindNumber(trace, NfTables.Trace.InInterface));
        WriteInterface("OUT="u8, NetlinkAttributes.FindNumber(trace, NfTables.Trace.OutInterface));
        ReadOnlySpan<byte> link = NetlinkAttributes.Find(trace, NfTables.Trace.LinkHeader);
        uint type = NetlinkAttributes.FindNumber(trace, NfTables.Trace.InInterfaceType);
        WriteLink(link, type == 0 ? NetlinkAttributes.FindNumber(trace, NfTables.Trace.OutInterfaceType) : type);
        uint protocol = family;
        if (family == NftFamily.Inet)
        {
            protocol = NetlinkAttributes.FindNumber(trace, NfTables.Trace.NetworkProtocol);
            WriteNumber("NFPROTO="u8, protocol);
        }
        else if (family is NftFamily.Bridge or NftFamily.NetDev && link.Length >= EthernetSize)
        {
            protocol = BinaryPrimitives.ReadUInt16BigEndian(link[(EthernetSize - 2)..]) switch
            {
                IPv4EtherType => NftFamily.IPv4,
                IPv6EtherType => NftFamily.IPv6,
                _ => family,
            };
        }

        WriteNetwork(protocol, NetlinkAttributes.Find(trace, NfTables.Trace.NetworkHeader), NetlinkAttributes.Find(trace, NfTables.Trace.TransportHeader));
        if (NetlinkAttributes.FindNumber(trace, NfTables.Trace.Mark) is not 0 and var mark)
        {
            output.Write("MARK="u8);
            output.WriteHex(mark);
            output.Write((byte)' ');
        }
    }

    private void WriteInterface(ReadOnlySpan<byte> label, uint index)
    {
        if (index == 0)
        {
            return;
        }

        output.Write(label);
        if (NetworkInterface.NameOf(index) is { Length: > 0 } name)
        {
            MessageText.Show(name, output);
        }
        else
        {
            output.WriteNumber((ulong)index);
        }

        output.Write((byte)' ');
    }

    private void WriteLink(ReadOnlySpan<byte> header, uint type)
    {
        if (header.IsEmpty)
        {
            return;
        }

        if (type == Loopback)
        {
            output.Write("LOOPBACK "u8);
        }
        else if (type == Ethernet && header.Length >= EthernetSize)
        {
            output.Write("MACSRC="u8);
            WriteMac(header[6..12]);
            output.Write(" MACDST="u8);
            WriteMac(header[..6]);
            output.Write(" MACPROTO="u8);
            WriteBytes(header[12..14]);
            output.Write((byte)' ');
        }
        else
        {
            output.Write("LL="u8);
            output.WriteHex(type);
            output.Write((byte)' ');
            WriteBytes(header);
            output.Write((byte)' ');
        }
    }

    private void WriteNetwork(uint protocol, ReadOnlySpan<byte> header, ReadOnlySpan<byte> transport)
    {
        if (protocol == NftFamily.IPv4 && header.Length >= 20)
        {
            WriteIPv4(header, transport);
        }
        else if (protocol == NftFamily.IPv6 && header.Length >= 40)
        {
            WriteIPv6(header, transport);
        }
        else if (!header.IsEmpty)
        {
            output.Write("NH="u8);
            WriteBytes(header);
            output.Write((byte)' ');
        }
    }

    private void WriteIPv4(ReadOnlySpan<byte> header, ReadOnlySpan<byte> transport)
    {
        WriteAddresses(header[12..16], header[16..20]);
        WriteNumber("LEN="u8, BinaryPrimitives.ReadUInt16BigEndian(header[2..]));
        output.Write("TOS="u8);
        output.WriteHex(header[1]);
        output.Write((byte)' ');
        WriteNumber("TTL="u8, header[8]);
        WriteNumber("ID="u8, BinaryPrimitives.ReadUInt16BigEndian(header[4..]));
        int fragment = BinaryPrimitives.ReadUInt16BigEndian(header[6..]), offset = fragment & Packet.FragmentOffsetMask;
        output.Write((fragment & 0x8000) != 0 ? "CE "u8 : default);
        output.Write((fragment & 0x4000) != 0 ? "DF "u8 : default);
        output.Write((fragment & 0x2000) != 0 ? "MF "u8 : default);
        if (offset > 0)
        {
            WriteNumber("FRAG:"u8, (uint)offset);
        }

        int size = Math.Min((header[0] & 15) * 4, header.Length);
        if (size > 20)
        {
            output.Write("OPT ("u8);
            WriteBytes(header[20..size]);
            output.Write(") "u8);
        }

        if (offset == 0)
        {
            WriteTransport(header[9], transport);
        }
    }

    private void WriteIPv6(ReadOnlySpan<byte> header, ReadOnlySpan<byte> transport)
    {
        WriteAddresses(header[8..24], header[24..40]);
        uint first = BinaryPrimitives.ReadUInt32BigEndian(header);
        WriteNumber("LEN="u8, BinaryPrimitives.ReadUInt16BigEndian(header[4..]) + 40u);
        WriteNumber("TC="u8, (first >> 20) & 0xff);
        WriteNumber("HOPLIMIT="u8, header[7]);
        WriteNumber("FLOWLBL="u8, first & 0xfffff);
        WriteTransport(header[6], transport);
    }

    private void WriteTransport(byte protocol, ReadOnlySpan<byte> header)
    {
        if (header.Length < 4)
        {
            return;
        }

        if (protocol is Tcp or Udp or UdpLite or Sctp or Dccp)
        {
            WriteNumber("SPORT="u8, BinaryPrimitives.ReadUInt16BigEndian(header));
            WriteNumber("DPORT="u8, BinaryPrimitives.ReadUInt16BigEndian(header[2..]));
        }
        else if (protocol is Icmp or Icmp6)
        {
            WriteNumber("TYPE="u8, header[0]);
            WriteNumber("CODE="u8, header[1]);
        }

        if (protocol == Tcp && header.Length > 13)
        {
            foreach ((byte bit, string name) in s_tcpFlags)
            {
                output.Write((header[13] & bit) != 0 ? name : "");
            }
        }
    }

    private void WriteAddresses(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination)
    {
        output.Write("SRC="u8);
        Addresses.Write(output, source);
        output.Write(" DST="u8);
        Addresses.Write(output, destination);
        output.Write((byte)' ');
    }

    private void WriteNumber(ReadOnlySpan<byte> label, uint number)
    {
        output.Write(label);
        output.WriteNumber((ulong)number);
        output.Write((byte)' ');
    }

    private void WriteMac(ReadOnlySpan<byte> address)
    {
        for (int i = 0; i < address.Length; i++)
        {
            output.Write(i > 0 ? ":"u8 : default);
            output.WriteHexDigits(address[i], minimum: 2);
        }
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        foreach (byte each in bytes)
        {
            output.WriteHexDigits(each, minimum: 2);
        }
    }
}

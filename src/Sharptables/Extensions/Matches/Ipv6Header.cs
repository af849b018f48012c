using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m ipv6header</c>.</summary>
internal sealed class Ipv6Header : Match<Ipv6HeaderInfo>
{
    /// <inheritdoc/>
    public override string Name => "ipv6header";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_IPV6HEADER";

    /// <inheritdoc/>
    public override string Summary => "Matches IPv6 packets by the headers that they have.";

    /// <inheritdoc/>
    public override string DependsOn => "the packet's extension headers";

    public Ipv6Header() => Options =
    [
        Option("header", new HeaderSyntax(), (ref i) => ref i.Headers, "The headers: all of them and, without {--soft}, no others.",
            required: true, invert: Bit((ref i) => ref i.Inversions, 0xff), label: " flags:", invertedLabel: " flags:!"),
        Flag("soft", Switch(static (in i) => i.IsSoft != 0, static (ref i) => i.IsSoft = 0xff),
            "There may be other headers than those of {--header}."),
    ];

    /// <summary>A list of headers, by long or short names or protocol, as bits.</summary>
    private sealed class HeaderSyntax : Syntax<byte>
    {
        private static readonly (string Name, string Short, byte Protocol)[] s_headers =
        [
            ("hop-by-hop", "hop", 0), ("ipv6-opts", "dst", Protocol.DestinationOptions), ("ipv6-route", "route", Protocol.Routing), ("ipv6-frag", "frag", Protocol.Fragment),
            ("ah", "auth", Protocol.Ah), ("esp", "esp", Protocol.Esp), ("ipv6-nonxt", "none", Protocol.NoNext), ("protocol", "prot", 255),
        ];

        public override string Placeholder => "header[,header...]";

        public override IReadOnlyList<string> Choices => Array.ConvertAll(s_headers, static h => h.Name);

        public override ValueList Values => new(
            "Words for --header:",
            Array.ConvertAll(s_headers, static h => h.Short == h.Name ? h.Name : $"{h.Name} ({h.Short})"),
            indent: "    ");

        public override void Parse(in Argument argument, ref byte field)
        {
            foreach (Range range in argument.Text.Split((byte)','))
            {
                if (!argument.Text[range].IsEmpty)
                {
                    field |= Read(argument.Text[range], argument.Names);
                }
            }

            if (field == 0)
            {
                throw new UsageException("ip6t_ipv6header: cannot parse header names");
            }
        }

        public override void Write(in byte field, Output output, in Format format)
        {
            if (format.IsListing && format.IsNumeric)
            {
                output.Write("0x"u8);
                output.Write("0123456789ABCDEF"u8[field >> 4]);
                output.Write("0123456789ABCDEF"u8[field & 0xF]);
                return;
            }

            bool isFirst = true;
            for (int i = 0; i < s_headers.Length; i++)
            {
                if ((field & (0x80 >> i)) != 0)
                {
                    output.Write(isFirst ? "" : ",");
                    output.Write(s_headers[i].Name);
                    isFirst = false;
                }
            }
        }

        private static byte Read(ReadOnlySpan<byte> text, INames names)
        {
            string word = MessageText.Of(text);
            if (names.TryGetNumber(NameKind.Protocol, text, out uint protocol))
            {
                word = $"{protocol}";
            }

            for (int i = 0; i < s_headers.Length; i++)
            {
                if (word == s_headers[i].Name || word == s_headers[i].Short || word == $"{s_headers[i].Protocol}")
                {
                    return (byte)(0x80 >> i);
                }
            }

            throw new UsageException($"unknown header `{word}' specified");
        }
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        if (!packet.HasBytes)
        {
            return Answer.Unknown;
        }

        const byte Upper = 1, None = 2, EspBit = 4; // MASK_* (linux/netfilter_ipv6/ip6t_ipv6header.h)
        ReadOnlySpan<byte> bytes = packet.Bytes;
        byte next = bytes[6], found = 0;
        for (bytes = bytes[packet.Family.HeaderSize..]; ;)
        {
            int bit = next switch
            {
                0 => 128,
                Protocol.DestinationOptions => 64,
                Protocol.Routing => 32,
                Protocol.Fragment => 16,
                Protocol.Ah => 8,
                Protocol.NoNext => None,
                Protocol.Esp => EspBit,
                _ => Upper,
            };
            if (bit is not (Upper or None) && bytes.Length < 2)
            {
                return Answer.No;
            }

            found |= (byte)bit;
            if (bit is Upper or None or EspBit)
            {
                break;
            }

            int size = next switch { Protocol.Fragment => 8, Protocol.Ah => (bytes[1] + 2) * 4, _ => (bytes[1] + 1) * 8 };
            next = bytes[0];
            if (size > bytes.Length)
            {
                found |= next is Protocol.NoNext or Protocol.Esp ? (byte)0 : Upper;
                break;
            }

            bytes = bytes[size..];
        }

        ref readonly Ipv6HeaderInfo info = ref As(payload);
        bool takes = info.IsSoft != 0 ? ((found ^ info.Headers ^ info.Inversions) & info.Headers) == 0 : (found == info.Headers) == (info.Inversions == 0);
        return takes ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m ipv6header</c>.</summary>
[KernelStruct("struct ip6t_ipv6header_info", "linux/netfilter_ipv6/ip6t_ipv6header.h")]
[StructLayout(LayoutKind.Sequential)]
public struct Ipv6HeaderInfo
{
    /// <summary>The headers: bits from 0x80 for hop-by-hop options to 1 for an upper-layer protocol.</summary>
    public byte Headers;

    /// <summary>0xff: any other headers.</summary>
    public byte Inversions;

    /// <summary>0xff: they need not be the only ones.</summary>
    public byte IsSoft;
}

using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m dccp</c>.</summary>
internal sealed class Dccp : Match<DccpInfo>
{
    private static readonly PortRange s_ports = new(Protocol.Dccp);

    /// <inheritdoc/>
    public override string Name => "dccp";

    /// <inheritdoc/>
    public override string Summary => "Matches DCCP packets by ports, type and options.";

    /// <inheritdoc/>
    public override Usage Usage { get; } = new(Protocols: [Protocol.Dccp]);

    public Dccp() => Options =
    [
        Option("sport", s_ports, (ref i) => ref i.Sources, "The source port, or a range of ports.",
            of: Field.Dccp.SourcePort, present: Asked(1), invert: Inverted(1), label: " spt", listing: s_ports.List, fullName: "source-port"),
        Option("dport", s_ports, (ref i) => ref i.Destinations, "The destination port, or a range of ports.",
            of: Field.Dccp.DestinationPort, present: Asked(2), invert: Inverted(2), label: " dpt", listing: s_ports.List, fullName: "destination-port"),
        Option("dccp-types", new TypeSyntax(), (ref i) => ref i.Types, "The types of packets; the packet must be one of them.",
            of: Field.Dccp.Type, present: Asked(4), invert: Inverted(4), label: " ", invertedLabel: " ! "),
        Option("dccp-option", new Number<byte>(1, byte.MaxValue, placeholder: "number"), (ref i) => ref i.Option,
            "An option in the header, by number.",
            present: Asked(8), invert: Inverted(8), label: " option=", invertedLabel: " option=!"),
    ];

    private static Switch<DccpInfo> Asked(ushort bit) => Bit((ref i) => ref i.Flags, bit);

    private static Switch<DccpInfo> Inverted(ushort bit) => Bit((ref i) => ref i.Inversions, bit);

    /// <inheritdoc/>
    protected override bool Translate(in DccpInfo info, NftText nft)
    {
        List<Condition> conditions = [.. ConditionsIn(MemoryMarshal.AsBytes(new ReadOnlySpan<DccpInfo>(in info)), nft.Family, out _)];
        _ = conditions.RemoveAll(static condition => condition.Field == Field.Dccp.Type); // whose values have names
        _ = nft.TryWrite(conditions);
        string types = (info.Flags & 4) == 0 ? "" : TypeSyntax.NftWords(info.Types);
        nft.Write((info.Flags & 4) == 0 ? "" : $" dccp type {((info.Inversions & 4) == 0 ? "" : "!= ")}{types}");
        return (info.Flags & 8) == 0 && ((info.Flags & 4) == 0 || types.Length > 0);
    }

    /// <summary>A list of packet types, <c>REQUEST,ACK</c>; numbers in a numeric listing.</summary>
    private sealed class TypeSyntax : Syntax<DccpTypes>
    {
        private const int FirstInvalid = 10;
        private const ushort Invalid = 0xfc00;

        private static readonly string[] s_names =
            ["REQUEST", "RESPONSE", "DATA", "ACK", "DATAACK", "CLOSEREQ", "CLOSE", "RESET", "SYNC", "SYNCACK", "INVALID"];

        public override string Placeholder => "type[,...]";

        public override IReadOnlyList<string> Choices => s_names;

        /// <summary>The words of nft(8) for some types; empty for none.</summary>
        public static string NftWords(DccpTypes types)
        {
            List<string> words = [];
            for (int type = 0; type < FirstInvalid; type++)
            {
                if (types.Has(type))
                {
                    words.Add(s_names[type].ToLowerInvariant());
                }
            }

            if ((types.Bits & Invalid) != 0)
            {
                words.Add("10-15");
            }

            return words.Count > 1 ? $"{{ {string.Join(", ", words)} }}" : words.Count == 1 ? words[0] : "";
        }

        public override void Parse(in Argument argument, ref DccpTypes field)
        {
            field = default;
            foreach (Range range in argument.Text.Split((byte)','))
            {
                ReadOnlySpan<byte> text = argument.Text[range];
                if (!text.IsEmpty)
                {
                    int type = 0;
                    while (!Ascii.EqualsIgnoreCase(text, s_names[type]))
                    {
                        if (++type == s_names.Length)
                        {
                            throw new UsageException($"Unknown DCCP type `{MessageText.Of(text)}'");
                        }
                    }

                    field.Bits |= type < FirstInvalid ? (ushort)(1 << type) : Invalid;
                }
            }
        }

        public override void Write(in DccpTypes field, Output output, in Format format)
        {
            bool hasNumbers = format.IsListing && format.IsNumeric;
            bool isFirst = true;
            for (int type = 0; type < 16; type++)
            {
                bool isAllInvalid = !hasNumbers && type == FirstInvalid && (field.Bits & Invalid) == Invalid;
                if (!field.Has(type))
                {
                    continue;
                }

                output.Write(isFirst ? "" : ",");
                isFirst = false;
                if (!hasNumbers && (type < FirstInvalid || isAllInvalid))
                {
                    output.Write(s_names[type]);
                }
                else
                {
                    output.WriteNumber((ulong)type);
                }

                if (isAllInvalid)
                {
                    return;
                }
            }

            if (isFirst && !format.IsListing)
            {
                output.Write("\"\""u8); // no type at all, which no packet has, must remain a word
            }
        }
    }

    /// <inheritdoc/>
    protected override Answer AskOther(Option option, in DccpInfo info, Packet packet)
    {
        if (!packet.HasBytes || packet.Has(Header.Dccp) is not Answer.Yes)
        {
            return packet.HasBytes ? packet.Has(Header.Dccp) : Answer.Unknown;
        }

        ReadOnlySpan<byte> header = packet.From(Header.Dccp);
        int type = (header[8] >> 1) & 0xf;
        Answer has = HasOption(header, type, info.Option); // types are a field
        return (info.Inversions & 8) == 0 ? has : has switch { Answer.Yes => Answer.No, Answer.No => Answer.Yes, _ => has };
    }

    /// <summary>Options stand behind what each type has of its own (RFC 4340, section 5).</summary>
    private static Answer HasOption(ReadOnlySpan<byte> header, int type, byte wanted)
    {
        const int Request = 0, Response = 1, Data = 2, Reset = 7;
        int start = ((header[8] & 1) == 0 ? 12 : 16) + type switch { Request => 4, Response or Reset => 12, Data => 0, _ => 8 }, end = header[4] * 4;
        if (end < start || end > header.Length)
        {
            return Answer.Dropped;
        }

        for (int i = start; i < end; i += header[i] <= 1 || i + 1 >= end ? 1 : Math.Max(header[i + 1], (byte)1))
        {
            if (header[i] == wanted)
            {
                return Answer.Yes;
            }
        }

        return Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m dccp</c>.</summary>
[KernelStruct("struct xt_dccp_info", "linux/netfilter/xt_dccp.h")]
[StructLayout(LayoutKind.Sequential)]
public struct DccpInfo
{
    /// <summary>The ports it goes to.</summary>
    public Interval<ushort> Destinations;

    /// <summary>The ports it comes from.</summary>
    public Interval<ushort> Sources;

    /// <summary>What is compared: 1 source, 2 destination, 4 types, 8 option.</summary>
    public ushort Flags;

    /// <summary>What is inverted, by the same bits.</summary>
    public ushort Inversions;

    /// <summary>The types of packet, bits by RFC 4340's numbers.</summary>
    [KernelField("typemask")]
    public DccpTypes Types;

    /// <summary>The number of an option.</summary>
    public byte Option;
}

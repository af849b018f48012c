using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m rt</c>.</summary>
internal sealed class Rt : Match<RtInfo>
{
    private const byte SegmentsGiven = 0x02;

    private static readonly IntervalSyntax<uint> s_segments = new("num[:num]");
    private static readonly Switch<RtInfo> s_type = Bit((ref i) => ref i.Flags, 0x01);
    private static readonly Switch<RtInfo> s_addresses = Bit((ref i) => ref i.Flags, 0x10);
    private static readonly Switch<RtInfo> s_otherType = Bit((ref i) => ref i.Inversions, 1);

    private readonly Option _reserved, _addresses;

    /// <inheritdoc/>
    public override string Name => "rt";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_RT";

    /// <inheritdoc/>
    public override string Summary => "Matches IPv6 packets by their routing header.";

    /// <inheritdoc/>
    public override string DependsOn => "the packet's extension headers";

    public Rt() => Options =
    [
        Option("rt-type", new Number<uint>(0, uint.MaxValue, placeholder: "type"), (ref i) => ref i.Type, "The type of the header.",
            of: new ExtensionField("rt type", 8, Protocol.Routing, 2, 1), present: s_type, invert: s_otherType, label: " type:", invertedLabel: " type:!"),
        Option("rt-segsleft", s_segments, (ref i) => ref i.SegmentsLeft, "The number of segments left, or a range.",
            of: new ExtensionField("rt seg-left", 8, Protocol.Routing, 3, 1), absent: Interval<uint>.All, present: Switch(Always, static (ref i) => i.Flags |= SegmentsGiven),
            invert: Bit((ref i) => ref i.Inversions, 2), label: " segsleft", listing: s_segments.List),
        Option("rt-len", new Number<uint>(0, uint.MaxValue, placeholder: "length"), (ref i) => ref i.HeaderLength,
            "The length of the header in bytes.", of: new HeaderLengthField("rt hdrlength", unit: 8, more: 1, Protocol.Routing), present: Bit((ref i) => ref i.Flags, 0x04),
            invert: Bit((ref i) => ref i.Inversions, 4), label: " length:", invertedLabel: " length:!"),
        _reserved = new Option<RtInfo>("rt-0-res", "The reserved field, which only type 0 has, is zero; must follow {--rt-type}.")
        {
            Before = static (ref i) => Require(IsOfType0(i), "--rt-type 0", "--rt-0-res"),
            Present = Bit((ref i) => ref i.Flags, 0x08),
            Label = " reserved",
        },
        _addresses = new Option<RtInfo, RtInfo.AddressList>("rt-0-addrs", new AddressSyntax(), (ref i) => ref i.Addresses,
            "The addresses in a header of type 0, up to 16.")
        {
            Before = static (ref i) => Require(IsOfType0(i), "--rt-type 0", "--rt-0-addrs"),
            Present = s_addresses,
            Label = " 0-addrs ",
        },
        new Option<RtInfo>("rt-0-not-strict", "There may be other addresses between those of {--rt-0-addrs}.")
        {
            Before = static (ref i) => Require(s_addresses.IsSet(i), "--rt-0-addr ...", "--rt-0-not-strict"),
            Present = Bit((ref i) => ref i.Flags, 0x20),
            Label = " 0-not-strict",
        },
    ];

    /// <inheritdoc/>
    protected override string ExtensionHeader => "rt";

    private static bool IsOfType0(in RtInfo info) => s_type.IsSet(info) && !s_otherType.IsSet(info) && info.Type == 0;

    private static void Require(bool isThere, string required, string option)
    {
        if (!isThere)
        {
            throw new UsageException($"`{required}' required before `{option}'");
        }
    }

    /// <summary>A list of IPv6 addresses.</summary>
    private sealed class AddressSyntax : Syntax<RtInfo.AddressList>
    {
        public override string Placeholder => "address[,address...]";

        public override void Parse(in Argument argument, ref RtInfo.AddressList field)
        {
            foreach (Range range in argument.Text.Split((byte)','))
            {
                if (field.Count == RtInfo.AddressBuffer.Capacity)
                {
                    throw new UsageException("too many addresses specified");
                }

                ReadOnlySpan<byte> text = argument.Text[range];
                Span<byte> address = InetAddress.Writable(ref field.Addresses[field.Count++], Family.IPv6);
                if (text.Contains((byte)'%') || !AddressText.TryParseIPv6(text, address))
                {
                    throw new UsageException($"bad address: {MessageText.Of(text)}");
                }
            }
        }

        public override void Write(in RtInfo.AddressList field, Output output, in Format format)
        {
            for (int i = 0; i < field.Count && i < RtInfo.AddressBuffer.Capacity; i++)
            {
                output.Write(i > 0 ? "," : "");
                Addresses.Write(output, InetAddress.Bytes(field.Addresses[i], Family.IPv6));
            }
        }
    }

    /// <summary>What only a header of type 0 has. It must have just the addresses of the list, unless others may stand between them.</summary>
    protected override Answer AskOther(Option option, in RtInfo info, Packet packet)
    {
        Answer has = packet.FindExtension(Protocol.Routing, out ReadOnlySpan<byte> header);
        if (has is not Answer.Yes)
        {
            return has;
        }

        if (option == _reserved)
        {
            return header.Length < 8 ? Answer.Dropped : header[4..8].IndexOfAnyExcept((byte)0) < 0 ? Answer.Yes : Answer.No;
        }

        const int First = 8, Size = InetAddress.Size;
        int there = header[1] / 2, found = 0;
        bool isStrict = (info.Flags & 0x20) == 0;
        for (int i = 0; option == _addresses && i < there && found < info.Addresses.Count; i++)
        {
            bool isNext = InetAddress.Bytes(info.Addresses.Addresses[found], Family.IPv6).SequenceEqual(header.Slice(First + (i * Size), Size));
            if (isStrict && !isNext)
            {
                return Answer.No;
            }

            found += isNext ? 1 : 0;
        }

        return option != _addresses || (found == info.Addresses.Count && (!isStrict || found == there)) ? Answer.Yes : Answer.No;
    }
}

/// <summary>The kernel's struct for <c>-m rt</c>.</summary>
[KernelStruct("struct ip6t_rt", "linux/netfilter_ipv6/ip6t_rt.h")]
[StructLayout(LayoutKind.Explicit, Size = 280)]
public struct RtInfo
{
    /// <summary>The type of the header.</summary>
    [FieldOffset(0)]
    [KernelField("rt_type")]
    public uint Type;

    /// <summary>The number of nodes yet to be visited.</summary>
    [FieldOffset(4)]
    public Interval<uint> SegmentsLeft;

    /// <summary>Bytes of the header.</summary>
    [FieldOffset(12)]
    public uint HeaderLength;

    /// <summary>What is compared: 1 type, 2 segments, 4 length, 8 reserved bits, 0x10 addresses, 0x20 not strictly those.</summary>
    [FieldOffset(16)]
    public byte Flags;

    /// <summary>What is inverted: 1 type, 2 segments, 4 length.</summary>
    [FieldOffset(17)]
    public byte Inversions;

    /// <summary>The nodes, in network byte order.</summary>
    [FieldOffset(20)]
    [KernelField("addrs")]
    public AddressList Addresses;

    /// <summary>Nodes, and how many of them there are.</summary>
    public struct AddressList
    {
        /// <summary>The nodes.</summary>
        public AddressBuffer Addresses;

        /// <summary>How many there are.</summary>
        public byte Count;
    }

    /// <summary>Room for the nodes.</summary>
    [InlineArray(Capacity)]
    public struct AddressBuffer
    {
        internal const int Capacity = 16; // IP6T_RT_HOPS

        private InetAddress _first;
    }
}

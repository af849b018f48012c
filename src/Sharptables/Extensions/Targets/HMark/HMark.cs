using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Targets;

/// <summary><c>-j HMARK</c>.</summary>
internal sealed class HMark : Target<HMarkInfo>
{
    internal const uint SourceMask = 1 << 0; // XT_HMARK_FLAG(XT_HMARK_SADDR_MASK), and so on
    internal const uint DestinationMask = 1 << 1;
    private const uint Spi = 1 << 2;
    internal const uint SpiMask = 1 << 3;
    private const uint SourcePort = 1 << 4;
    private const uint DestinationPort = 1 << 5;
    internal const uint SourcePortMask = 1 << 6;
    internal const uint DestinationPortMask = 1 << 7;
    internal const uint ProtocolMask = 1 << 8;
    private const uint Random = 1 << 9;
    private const uint Modulus = 1 << 10;
    private const uint Offset = 1 << 11;
    internal const uint Connection = 1 << 12;

    private static readonly PrefixSyntax s_prefix = new();
    private static readonly HashNumber<Be16> s_port = new(4, static n => n.Value, static v => new((ushort)v));
    private static readonly HashNumber<Be32> s_spi = new(8, static n => n.Value, static v => new(v));

    /// <inheritdoc/>
    public override string Name => "HMARK";

    /// <inheritdoc/>
    public override string Summary => "Marks the packet with a number that is computed from its addresses and ports.";

    public HMark() => Options =
    [
        Part("src-prefix", SourceMask, s_prefix, (ref i) => ref i.SourceMask, "The prefix length or mask of the source address."),
        Part("dst-prefix", DestinationMask, s_prefix, (ref i) => ref i.DestinationMask, "The prefix length or mask of the destination address."),
        Part("sport-mask", SourcePortMask, s_port, (ref i) => ref i.SourcePortMask, "The mask of the source port."),
        Part("dport-mask", DestinationPortMask, s_port, (ref i) => ref i.DestinationPortMask, "The mask of the destination port."),
        Part("spi-mask", SpiMask, s_spi, (ref i) => ref i.SpiMask, "The mask of the security parameter index of ESP and AH."),
        Part("sport", SourcePort, s_port, (ref i) => ref i.SourcePort, "Bits to set in the source port first."),
        Part("dport", DestinationPort, s_port, (ref i) => ref i.DestinationPort, "Bits to set in the destination port first."),
        Part("spi", Spi, s_spi, (ref i) => ref i.Spi, "Bits to set in the security parameter index first."),
        Part("proto-mask", ProtocolMask, new HashNumber<ushort>(2, static n => n, static v => (ushort)v), (ref i) => ref i.ProtocolMask,
            "The mask of the protocol number."),
        Part("rnd", Random, new HashNumber<uint>(8, static n => n, static v => v), (ref i) => ref i.Random,
            "The initial value of the hash.", helpRank: -1),
        Option("hmark-mod", new Number<uint>(1, uint.MaxValue, placeholder: "value"), (ref i) => ref i.Modulus,
            "The number of marks.", present: Bit((ref i) => ref i.Flags, Modulus), listed: Never, helpRank: -2),
        Option("hmark-offset", new Number<uint>(0, uint.MaxValue, placeholder: "value"), (ref i) => ref i.Offset,
            "The lowest mark.", present: Bit((ref i) => ref i.Flags, Offset), listed: Never, helpRank: -2),
        Option("hmark-tuple", new HashTuple(), (ref i) => ref i, // it sets what all others set
            "The fields to hash, each as a whole; ct for the addresses of the connection's first packet.",
            when: static (in i) => (i.Flags & Connection) != 0, listed: Never, helpRank: -3),
    ];

    /// <inheritdoc/>
    protected override void Finish(ref HMarkInfo info, in Given given, RuleInProgress rule)
    {
        string? problem = (info.Flags & Modulus) == 0 ? "--hmark-mod is mandatory"
            : (info.Flags & Random) == 0 ? "--hmark-rnd is mandatory"
            : (info.Flags & SpiMask) != 0 && (info.Flags & (SourcePortMask | DestinationPortMask)) != 0
                ? "you cannot use --hmark-spi-mask and --hmark-?port-mask,at the same time"
            : (info.Flags & ~(Modulus | Random | Offset)) == 0 ? "you have to specify --hmark-tuple at least"
            : null;
        if (problem is not null)
        {
            throw new UsageException(problem);
        }
    }

    /// <inheritdoc/>
    protected override string? Misuse(in HMarkInfo info, in Format format) =>
        (info.Flags & Spi) != 0 && (info.Flags & (SourcePort | DestinationPort)) != 0
            ? "--hmark-spi cannot stand beside --hmark-sport and --hmark-dport: it is in the same place"
            : null;

    /// <summary>The modulus and what goes with it come first, and each word is followed by a blank.</summary>
    protected override void List(in HMarkInfo info, Output output, in Format format)
    {
        output.Write(" HMARK mod "u8);
        output.WriteNumber((ulong)info.Modulus);
        if ((info.Flags & Offset) != 0)
        {
            output.Write(" + "u8);
            output.WriteHex(info.Offset);
        }

        output.Write((info.Flags & Connection) != 0 ? " ct," : "");
        ListOptions(info, output, format);
        output.Write((byte)' ');
    }

    /// <summary>Declares an option for part of the hash's input.</summary>
    private static Option<HMarkInfo, T> Part<T>(string name, uint flag, Syntax<T> syntax, FieldRef<HMarkInfo, T> field, string summary,
        int helpRank = 0)
        where T : unmanaged => new("hmark-" + name, syntax, field, summary)
        {
            Before = (ref i) => Claim(i, flag, name),
            Present = Bit((ref i) => ref i.Flags, flag),
            Label = $" {name} ",
            HelpRank = helpRank,
        };

    /// <summary><c>--hmark-tuple</c> conflicts with the options that it stands for only if it comes first.</summary>
    private static void Claim(in HMarkInfo info, uint flag, string name)
    {
        if ((info.Flags & flag) != 0)
        {
            throw new UsageException($"HMARK: option \"--hmark-{name}\" can only be used once.\n");
        }
    }

    /// <summary>The mask of an address, as a prefix length.</summary>
    private sealed class PrefixSyntax : Syntax<InetAddress>
    {
        public override string Placeholder => "length";

        public override void Parse(in Argument argument, ref InetAddress field) =>
            AddressMaskSyntax.ParseMask(argument, argument.Text, ref field);

        public override void Write(in InetAddress field, Output output, in Format format)
        {
            ReadOnlySpan<byte> mask = InetAddress.Bytes(field, format.Family);
            int length = Addresses.PrefixLength(mask);
            if (length < 0)
            {
                Addresses.Write(output, mask);
            }
            else if (!format.IsListing || length < 128) // iptables lists nothing for a full IPv6 mask
            {
                output.WriteNumber((ulong)length);
            }
        }
    }

    /// <summary>A number in hexadecimal, saved with that many digits.</summary>
    private sealed class HashNumber<T>(int digits, Func<T, uint> read, Func<uint, T> make) : Syntax<T>
        where T : unmanaged
    {
        private readonly Number<uint> _number = new(0, digits == 8 ? uint.MaxValue : ushort.MaxValue);

        public override string Placeholder => "value";

        public override void Parse(in Argument argument, ref T field)
        {
            uint value = 0;
            _number.Parse(argument, ref value);
            field = make(value);
        }

        public override void Write(in T field, Output output, in Format format)
        {
            output.Write("0x"u8);
            output.WriteHexDigits(read(field), format.IsListing ? 1 : digits);
        }
    }

    /// <summary>The mark is one of those that the hash may give. Packets without a connection are not marked by theirs.</summary>
    protected override Fate? Act(in HMarkInfo info, Packet packet)
    {
        if ((info.Flags & Connection) != 0 && packet.LacksConnection)
        {
            return Fate.Continue;
        }

        ulong last = (ulong)info.Offset + info.Modulus - 1;
        packet.Put(Field.Meta.Mark, last > uint.MaxValue || info.Modulus == 0 ? new(uint.MaxValue) : new(uint.MaxValue, [(info.Offset, last)]));
        return Fate.Continue;
    }
}

/// <summary>The kernel's struct for <c>-j HMARK</c>.</summary>
[KernelStruct("struct xt_hmark_info", "linux/netfilter/xt_HMARK.h")]
[StructLayout(LayoutKind.Explicit, Size = 60)]
public struct HMarkInfo
{
    /// <summary>The mask of the source address.</summary>
    [FieldOffset(0), KernelField("src_mask")]
    public InetAddress SourceMask;

    /// <summary>The mask of the destination address.</summary>
    [FieldOffset(16), KernelField("dst_mask")]
    public InetAddress DestinationMask;

    /// <summary>The mask of the source port.</summary>
    [FieldOffset(32), KernelField("port_mask.b16.src")]
    public Be16 SourcePortMask;

    /// <summary>The mask of the destination port.</summary>
    [FieldOffset(34), KernelField("port_mask.b16.dst")]
    public Be16 DestinationPortMask;

    /// <summary>The mask of the security parameter index, instead of the ports.</summary>
    [FieldOffset(32), KernelField("port_mask.b32")]
    public Be32 SpiMask;

    /// <summary>Bits to set in the source port.</summary>
    [FieldOffset(36), KernelField("port_set.b16.src")]
    public Be16 SourcePort;

    /// <summary>Bits to set in the destination port.</summary>
    [FieldOffset(38), KernelField("port_set.b16.dst")]
    public Be16 DestinationPort;

    /// <summary>Bits to set in the security parameter index, instead of the ports.</summary>
    [FieldOffset(36), KernelField("port_set.b32")]
    public Be32 Spi;

    /// <summary>What was given: a bit for each <c>XT_HMARK_*</c>.</summary>
    [FieldOffset(40)]
    public uint Flags;

    /// <summary>The mask of the protocol number.</summary>
    [FieldOffset(44), KernelField("proto_mask")]
    public ushort ProtocolMask;

    /// <summary>The initial value of the hash.</summary>
    [FieldOffset(48), KernelField("hashrnd")]
    public uint Random;

    /// <summary>The number of marks.</summary>
    [FieldOffset(52), KernelField("hmodulus")]
    public uint Modulus;

    /// <summary>The lowest mark.</summary>
    [FieldOffset(56), KernelField("hoffset")]
    public uint Offset;
}

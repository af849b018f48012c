using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m frag</c>.</summary>
internal sealed class Frag : Match<FragInfo>
{
    private const byte IdsGiven = 0x01; // which the kernel ignores

    private static readonly IntervalSyntax<uint> s_ids = new("id[:id]");

    /// <inheritdoc/>
    public override string Name => "frag";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_FRAG";

    /// <inheritdoc/>
    public override string Summary => "Matches fragments of IPv6 packets by their fragment header.";

    /// <inheritdoc/>
    public override string DependsOn => "the packet's extension headers";

    /// <summary>iptables always prints a blank after the name.</summary>
    public override string ListedAs => " frag ";

    public Frag() => Options =
    [
        Option("fragid", s_ids, (ref i) => ref i.Ids, "The identification that all fragments of a packet share, or a range.",
            of: new ExtensionField("frag id", 32, Protocol.Fragment, 4, 4), absent: Interval<uint>.All, present: Switch(Always, static (ref i) => i.Flags |= IdsGiven),
            invert: Bit((ref i) => ref i.Inversions, 1), label: "id", listing: s_ids.List),
        Option("fraglen", new Number<uint>(0, uint.MaxValue, placeholder: "length"), (ref i) => ref i.HeaderLength,
            "The length of the fragment header; kernels ignore this.", idle: true, present: Bit((ref i) => ref i.Flags, 0x02),
            invert: Bit((ref i) => ref i.Inversions, 2), label: " length:", invertedLabel: " length:!"),
        Flag("fragres", Bit((ref i) => ref i.Flags, 0x04), "The reserved bits are set.", label: " reserved", of: new ReservedField("frag reserved", Protocol.Fragment, 0x00ff0006), has: Values.Only(1)),
        Flag("fragfirst", Bit((ref i) => ref i.Flags, 0x08), "Only the first fragment.", label: " first", of: new ExtensionField("frag frag-off", 16, Protocol.Fragment, 2, 2, 0xfff8), has: Values.Only(0)),
        .. OneOf(
            Flag("fragmore", Bit((ref i) => ref i.Flags, 0x10), "Only fragments that others follow.", label: " more", of: new ExtensionField("frag more-fragments", 8, Protocol.Fragment, 2, 2, 1), has: Values.Only(1)),
            Flag("fraglast", Bit((ref i) => ref i.Flags, 0x20), "Only the last fragment.", label: " last", of: new ExtensionField("frag more-fragments", 8, Protocol.Fragment, 2, 2, 1), has: Values.Only(0))),
    ];

    /// <inheritdoc/>
    protected override string ExtensionHeader => "frag";
}

/// <summary>The kernel's struct for <c>-m frag</c>.</summary>
[KernelStruct("struct ip6t_frag", "linux/netfilter_ipv6/ip6t_frag.h")]
[StructLayout(LayoutKind.Sequential)]
public struct FragInfo
{
    /// <summary>The identification that the fragments of a packet share.</summary>
    public Interval<uint> Ids;

    /// <summary>Bytes of the fragment header.</summary>
    public uint HeaderLength;

    /// <summary>What is compared: 1 identification, 2 length, 4 reserved bits, 8 first, 0x10 more fragments, 0x20 last.</summary>
    public byte Flags;

    /// <summary>What is inverted: 1 identification, 2 length.</summary>
    public byte Inversions;
}

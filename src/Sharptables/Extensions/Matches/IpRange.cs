using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m iprange</c>.</summary>
internal sealed class IpRange : Match<IpRangeInfo>
{
    private static readonly Switch<IpRangeInfo> s_source = Bit((ref i) => ref i.Flags, 1); // IPRANGE_SRC
    private static readonly Switch<IpRangeInfo> s_destination = Bit((ref i) => ref i.Flags, 2); // IPRANGE_DST

    /// <inheritdoc/>
    public override string Name => "iprange";

    /// <inheritdoc/>
    public override string Summary => "Matches packets whose addresses are in a range.";

    /// <inheritdoc/>
    public override string ListedAs => "";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne { get; } = new("iprange match: You must specify `--src-range' or `--dst-range'");

    /// <inheritdoc/>
    public override byte Revision => 1;

    public IpRange() => Options =
    [
        Option("src-range", new AddressSpanSyntax(), (ref i) => ref i.Source, "The first and the last source address that match.",
            of: Field.Ip.Source, present: s_source, invert: Bit((ref i) => ref i.Flags, 0x10), label: " source IP range ", invertedLabel: " source IP range ! "),
        Option("dst-range", new AddressSpanSyntax(), (ref i) => ref i.Destination, "The first and the last destination address that match.",
            of: Field.Ip.Destination, present: s_destination, invert: Bit((ref i) => ref i.Flags, 0x20),
            label: " destination IP range ", invertedLabel: " destination IP range ! "),
    ];
}

/// <summary>The kernel's struct for <c>-m iprange</c>.</summary>
[KernelStruct("struct xt_iprange_mtinfo", "linux/netfilter/xt_iprange.h")]
[StructLayout(LayoutKind.Explicit, Size = 68)]
public struct IpRangeInfo
{
    /// <summary>The source addresses.</summary>
    [FieldOffset(0)]
    [KernelField("src_min")]
    public AddressSpan Source;

    /// <summary>The destination addresses.</summary>
    [FieldOffset(32)]
    [KernelField("dst_min")]
    public AddressSpan Destination;

    /// <summary>IPRANGE_*: which of the two are compared, and which are inverted.</summary>
    [FieldOffset(64)]
    public byte Flags;
}

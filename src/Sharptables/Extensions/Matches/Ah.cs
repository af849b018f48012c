using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m ah</c>.</summary>
internal sealed class Ah : Match<AhInfo>
{
    private static readonly IntervalSyntax<uint> s_indexes = new("spi[:spi]");

    private Ah(Usage usage, Switch<AhInfo> inverted, params Option[] others)
    {
        Usage = usage;
        Options =
        [
            Option("ahspi", s_indexes, (ref i) => ref i.Indexes, "The security parameter index, or a range of them.",
                of: Field.IPsec.AhIndex, absent: Interval<uint>.All, invert: inverted, label: "spi", listing: s_indexes.List),
            .. others,
        ];
    }

    public static Ah OfIPv4() => new(new(Protocols: [Protocol.Ah]), Bit((ref i) => ref i.InversionIPv4, 1));

    public static Ah OfIPv6() => new(
        Usage.Anywhere,
        Bit((ref i) => ref i.Inversions, 1),
        Option("ahlen", new Number<uint>(0, uint.MaxValue, placeholder: "length"), (ref i) => ref i.HeaderLength,
            "The length of the header in bytes; 0 for any.", of: new HeaderLengthField("ah hdrlength", unit: 4, more: 2, Protocol.Ah), absent: 0, invert: Bit((ref i) => ref i.Inversions, 2),
            label: "length:", invertedLabel: "length:!"),
        Flag("ahres", Bit((ref i) => ref i.Reserved, 1), "The reserved field is zero.", label: " reserved",
            of: new ReservedField("ah reserved", Protocol.Ah, 0xffff), has: Values.Only(1)));

    /// <inheritdoc/>
    public override string Name => "ah";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_AH";

    /// <inheritdoc/>
    public override string Summary => "Matches IPsec's authenticated packets (AH) by their security association.";

    /// <summary>iptables always prints a blank after the name, and none before the length.</summary>
    public override string ListedAs => " ah ";

    /// <inheritdoc/>
    public override Usage Usage { get; }

    /// <inheritdoc/>
    protected override bool Translate(in AhInfo info, NftText nft)
    {
        // nft looks for the header where no other follows, which in IPv6 is none.
        bool isWhole = info.Indexes.IsAll && info.Inversions == 0 && info.HeaderLength == 0 && info.Reserved == 0;
        return (Usage.Protocols is not null || (nft.SaysAsOriginal && nft.Protocol == 0 && !isWhole)) && base.Translate(info, nft);
    }
}

/// <summary>
/// The kernel's struct for IPv6. <c>struct ipt_ah</c> (linux/netfilter_ipv4/ipt_ah.h) has its inversion where this has the length; the
/// rest is padding there.
/// </summary>
[KernelStruct("struct ip6t_ah", "linux/netfilter_ipv6/ip6t_ah.h")]
[StructLayout(LayoutKind.Explicit, Size = 16)]
public struct AhInfo
{
    /// <summary>The security parameter indexes.</summary>
    [FieldOffset(0)]
    public Interval<uint> Indexes;

    /// <summary>IPv6: the length of the header in bytes; 0 for any.</summary>
    [FieldOffset(8)]
    public uint HeaderLength;

    /// <summary>IPv4: 1 for any other index.</summary>
    [FieldOffset(8)]
    [KernelField("")]
    public byte InversionIPv4;

    /// <summary>IPv6: 1 when the reserved field counts.</summary>
    [FieldOffset(12)]
    public byte Reserved;

    /// <summary>IPv6: what is inverted: 1 the indexes, 2 the length.</summary>
    [FieldOffset(13)]
    public byte Inversions;
}

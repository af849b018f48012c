using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m ah</c>.</summary>
public sealed class Ah : Match<Ah.Info>
{
    private static readonly IntervalSyntax<uint> s_indexes = new("spi[:spi]");
    private static readonly Bit<Info> s_otherLength = Bit((ref i) => ref i.Inversions, 2);

    private readonly Bit<Info> _others;

    /// <param name="family">The family of the rules.</param>
    public Ah(Family family)
    {
        bool isIPv4 = family == Family.IPv4;
        Bit<Info> others = isIPv4 ? Bit((ref i) => ref i.InversionIPv4, 1) : Bit((ref i) => ref i.Inversions, 1);
        Option indexes = Option("ahspi", s_indexes, (ref i) => ref i.Indexes, "The security parameter index, or a range of them.",
            when: (in i) => !i.Indexes.IsAll || others.IsSet(i), invert: others);
        _others = others;
        Usage = isIPv4 ? new(Protocols: [51]) : Usage.Anywhere;
        Options = isIPv4 ? [indexes] :
        [
            indexes,
            Option("ahlen", new Number<uint>(0, uint.MaxValue, placeholder: "length"), (ref i) => ref i.HeaderLength,
                "The length of the header in bytes; 0 is any.",
                when: static (in i) => i.HeaderLength != 0 || s_otherLength.IsSet(i), invert: s_otherLength,
                label: "length:", invertedLabel: "length:!"),
            Flag("ahres", Bit((ref i) => ref i.Reserved, 1), "The reserved field is zero.", label: " reserved"),
        ];
    }

    /// <inheritdoc/>
    public override string Name => "ah";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_AH";

    /// <inheritdoc/>
    public override string Summary => "Matches authenticated packets of IPsec (AH) by their security association.";

    /// <inheritdoc/>
    public override Usage Usage { get; }

    /// <inheritdoc/>
    public override Option[] Options { get; }

    /// <inheritdoc/>
    protected override void Begin(ref Info info, RuleInProgress rule) => info.Indexes = new(0, uint.MaxValue);

    /// <summary>iptables has a blank after the name in any case, none before the length, and a form of its own for a range.</summary>
    protected override void List(in Info info, Output output, in Format format)
    {
        output.Write(" ah "u8);
        s_indexes.List("spi", info.Indexes, _others.IsSet(info), output, format);
        ListOptions(info, output, format, from: 1);
    }

    /// <summary>
    /// The kernel's struct for IPv6; <c>struct ipt_ah</c> (linux/netfilter_ipv4/ipt_ah.h) has what is inverted where this has the length,
    /// and what is zero otherwise is padding there.
    /// </summary>
    [KernelStruct("struct ip6t_ah", "linux/netfilter_ipv6/ip6t_ah.h")]
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct Info
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
}

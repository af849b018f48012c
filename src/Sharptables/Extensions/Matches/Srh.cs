using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m srh</c>.</summary>
public sealed class Srh : Match<Srh.Info>
{
    private const ushort Sids = 0x3800;

    /// <inheritdoc/>
    public override string Name => "srh";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_SRH";

    /// <inheritdoc/>
    public override string Summary => "Matches IPv6 packets by their segment routing header.";

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <inheritdoc/>
    public override OlderLayout[] OlderLayouts { get; } =
    [
        Older(
            0,
            static (in Info i, ref OldInfo old) =>
            {
                (old.Head, old.Flags, old.Inversions) = (i.Head, i.Flags, i.Inversions);
                return (i.Flags & Sids) == 0 ? null : "--srh-psid, --srh-nsid and --srh-lsid need revision 1";
            },
            static (in OldInfo old, ref Info i) => (i.Head, i.Flags, i.Inversions) = (old.Head, old.Flags, old.Inversions)),
    ];

    /// <inheritdoc/>
    public override Option[] Options { get; } =
    [
        Asked("next-hdr", 0, new Number<byte>(0, byte.MaxValue, placeholder: "protocol"), (ref i) => ref i.Head.NextHeader,
            "The number of the protocol that follows the header."),
        Compared("hdr-len-eq", 1, "The length of the header, in units of 8 bytes without the first."),
        Compared("hdr-len-gt", 2, "A smaller number than its length."),
        Compared("hdr-len-lt", 3, "A greater number than its length."),
        Compared("segs-left-eq", 4, "How many segments are still to be visited."),
        Compared("segs-left-gt", 5, "Fewer than are still to be visited."),
        Compared("segs-left-lt", 6, "More than are still to be visited."),
        Compared("last-entry-eq", 7, "The place of the last segment in the list, from 0."),
        Compared("last-entry-gt", 8, "A place before that of the last segment."),
        Compared("last-entry-lt", 9, "A place behind that of the last segment."),
        Asked("tag", 10, new Number<ushort>(0, ushort.MaxValue, placeholder: "tag"), (ref i) => ref i.Head.Tag,
            "The tag with its two bytes swapped, for so the kernel compares it: 19712 for the tag 77."),
        Asked("psid", 11, new SidSyntax(0), (ref i) => ref i.Segments, "The segment visited before, or a network of them.", 1, " psid "),
        Asked("nsid", 12, new SidSyntax(1), (ref i) => ref i.Segments, "The segment to visit next, or a network of them.", 1, " nsid "),
        Asked("lsid", 13, new SidSyntax(2), (ref i) => ref i.Segments, "The last segment, or a network of them.", 1, " lsid "),
    ];

    /// <summary>Declares an option whose bit is the same among those that count and those inverted.</summary>
    private static Option<Info, T> Asked<T>(
        string name, int bit, Syntax<T> syntax, FieldRef<Info, T> field, string summary, byte since = 0, string? label = null)
        where T : unmanaged => Option($"srh-{name}", syntax, field, summary, since: since,
            present: Bit((ref i) => ref i.Flags, (ushort)(1 << bit)), invert: Bit((ref i) => ref i.Inversions, (ushort)(1 << bit)),
            label: label is null ? $" {name}:" : label + " ", invertedLabel: label is null ? $" {name}:!" : label + "! ");

    /// <summary>Declares one of the three comparisons of a number.</summary>
    private static Option<Info, Info> Compared(string name, int bit, string summary) =>
        Asked(name, bit, new ComparedSyntax((bit - 1) / 3), (ref i) => ref i, summary);

    /// <summary>The kernel's struct.</summary>
    [KernelStruct("struct ip6t_srh1", "linux/netfilter_ipv6/ip6t_srh.h")]
    [StructLayout(LayoutKind.Explicit, Size = 108)]
    public struct Info
    {
        /// <summary>What it had from the first.</summary>
        [FieldOffset(0)]
        public Common Head;

        /// <summary>The segments.</summary>
        [FieldOffset(8)]
        public SegmentList Segments;

        /// <summary>What counts: a bit for each option, in their order.</summary>
        [FieldOffset(104)]
        [KernelField("mt_flags")]
        public ushort Flags;

        /// <summary>What is inverted, by the same bits.</summary>
        [FieldOffset(106)]
        [KernelField("mt_invflags")]
        public ushort Inversions;
    }

    /// <summary>The kernel's struct before it had the segments.</summary>
    [KernelStruct("struct ip6t_srh", "linux/netfilter_ipv6/ip6t_srh.h")]
    [StructLayout(LayoutKind.Sequential)]
    public struct OldInfo
    {
        /// <summary>The numbers.</summary>
        public Common Head;

        /// <summary>What counts: a bit for each option, in their order.</summary>
        [KernelField("mt_flags")]
        public ushort Flags;

        /// <summary>What is inverted, by the same bits.</summary>
        [KernelField("mt_invflags")]
        public ushort Inversions;
    }

    /// <summary>What both revisions begin with.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Common
    {
        /// <summary>The protocol that follows.</summary>
        public byte NextHeader;

        /// <summary>Length of the header, segments left, and last entry: each has one number for its three comparisons.</summary>
        public NumberBuffer Numbers;

        /// <summary>The tag as it was typed; the kernel compares it with the packet's without a swap.</summary>
        public ushort Tag;
    }

    /// <summary>Room for the numbers that are compared.</summary>
    [InlineArray(3)]
    public struct NumberBuffer
    {
        private byte _first;
    }

    /// <summary>The previous, next and last segment, and then their masks.</summary>
    [InlineArray(6)]
    public struct SegmentList
    {
        internal const int Masks = 3;

        private InetAddress _first;
    }

    /// <summary>A number that is compared.</summary>
    private sealed class ComparedSyntax(int index) : Syntax<Info>
    {
        private static readonly Number<byte> s_number = new(0, byte.MaxValue);

        public override string Placeholder => "number";

        public override void Parse(in Argument argument, ref Info field)
        {
            ref byte number = ref field.Head.Numbers[index];
            byte before = number;
            s_number.Parse(argument, ref number);
            if ((field.Flags & (0b1110 << (3 * index))) != 0 && number != before)
            {
                throw argument.Refuse(
                    $"bad value for option \"--{argument.Option.Name}\": -eq, -gt and -lt share one number, {before} already.");
            }
        }

        public override void Write(in Info field, Output output, in Format format) =>
            s_number.Write(field.Head.Numbers[index], output, format);
    }

    /// <summary>A segment or a network of them; the mask is always written.</summary>
    private sealed class SidSyntax(int index) : Syntax<SegmentList>
    {
        public override string Placeholder => "address[/mask]";

        public override void Parse(in Argument argument, ref SegmentList field)
        {
            AddressMask value = default;
            new AddressMaskSyntax().Parse(argument, ref value);
            (field[index], field[index + SegmentList.Masks]) = (value.Address, value.Mask);
        }

        public override void Write(in SegmentList field, Output output, in Format format)
        {
            Addresses.Write(output, InetAddress.Bytes(field[index], Family.IPv6));
            Addresses.WriteMask(output, InetAddress.Bytes(field[index + SegmentList.Masks], Family.IPv6), evenIfFull: true);
        }
    }
}

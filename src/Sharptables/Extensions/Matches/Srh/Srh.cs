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

/// <summary><c>-m srh</c>.</summary>
internal sealed class Srh : Match<SrhInfo>
{
    private const ushort Sids = 0x3800;

    private static readonly Number<byte> s_number = new(0, byte.MaxValue, placeholder: "number");

    /// <inheritdoc/>
    public override string Name => "srh";

    /// <inheritdoc/>
    public override string KernelOption => "IP_NF_MATCH_SRH";

    /// <inheritdoc/>
    public override string Summary => "Matches IPv6 packets by their segment routing header.";

    /// <inheritdoc/>
    public override string DependsOn => "the packet's extension headers";

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <inheritdoc/>
    protected override OlderLayout[] Layouts { get; } =
    [
        Older(
            0,
            static (in SrhInfo i, ref OldInfo old) =>
            {
                (old.Head, old.Flags, old.Inversions) = (i.Head, i.Flags, i.Inversions);
                return (i.Flags & Sids) == 0 ? null : "--srh-psid, --srh-nsid and --srh-lsid need revision 1";
            },
            static (in OldInfo old, ref SrhInfo i) => (i.Head, i.Flags, i.Inversions) = (old.Head, old.Flags, old.Inversions)),
    ];

    public Srh() => Options =
    [
        Asked("next-hdr", 0, new Number<byte>(0, byte.MaxValue, placeholder: "protocol"), (ref i) => ref i.Head.NextHeader,
            "The number of the protocol that follows the header."),
        Compared("hdr-len-eq", 1, (ref i) => ref i.Head.HeaderLength, "The length of the header, in units of 8 bytes without the first."),
        Compared("hdr-len-gt", 2, (ref i) => ref i.Head.HeaderLength, "A smaller number than its length."),
        Compared("hdr-len-lt", 3, (ref i) => ref i.Head.HeaderLength, "A greater number than its length."),
        Compared("segs-left-eq", 4, (ref i) => ref i.Head.SegmentsLeft, "The number of segments left."),
        Compared("segs-left-gt", 5, (ref i) => ref i.Head.SegmentsLeft, "Fewer than are still to be visited."),
        Compared("segs-left-lt", 6, (ref i) => ref i.Head.SegmentsLeft, "More than are still to be visited."),
        Compared("last-entry-eq", 7, (ref i) => ref i.Head.LastEntry, "The index of the last segment in the list, from 0."),
        Compared("last-entry-gt", 8, (ref i) => ref i.Head.LastEntry, "A place before that of the last segment."),
        Compared("last-entry-lt", 9, (ref i) => ref i.Head.LastEntry, "A place behind that of the last segment."),
        Asked("tag", 10, new Number<ushort>(0, ushort.MaxValue, placeholder: "tag"), (ref i) => ref i.Head.Tag,
            "The tag with its two bytes swapped, as the kernel compares it: 19712 for the tag 77."),
        Segment("psid", 11, (ref s) => ref s.Previous, "The segment visited before, or a network of them."),
        Segment("nsid", 12, (ref s) => ref s.Next, "The segment to visit next, or a network of them."),
        Segment("lsid", 13, (ref s) => ref s.Last, "The last segment, or a network of them."),
    ];

    /// <summary>Declares an option that has the same bit among the flags and the inversions.</summary>
    private static Option<SrhInfo, T> Asked<T>(string name, int bit, Syntax<T> syntax, FieldRef<SrhInfo, T> field, string summary)
        where T : unmanaged => Option($"srh-{name}", syntax, field, summary, present: Asks(bit), invert: Inverts(bit),
            label: $" {name}:", invertedLabel: $" {name}:!");

    /// <summary>Declares one of the three comparisons of a number, which share a field.</summary>
    private static PairOption<SrhInfo, byte> Compared(string name, int bit, FieldRef<SrhInfo, byte> field, string summary) => new(
        $"srh-{name}",
        s_number,
        (in i) => field(ref Unsafe.AsRef(in i)),
        (ref i, in number) =>
        {
            ref byte shared = ref field(ref i);
            bool isTaken = (i.Flags & (0b1110 << ((bit - 1) / 3 * 3))) != 0;
            shared = !isTaken || shared == number ? number : throw new UsageException(
                $"srh: bad value for option \"--srh-{name}\": -eq, -gt and -lt share one number, {shared} already.");
        },
        summary)
    {
        Present = Asks(bit),
        Invert = Inverts(bit),
        Label = $" {name}:",
        InvertedLabel = $" {name}:!",
    };

    /// <summary>Declares a segment or a network of them; the struct has all addresses, then all masks.</summary>
    private static PairOption<SrhInfo, AddressMask> Segment(string name, int bit, FieldRef<SrhInfo.SegmentList, InetAddress> segment,
        string summary) => new(
        $"srh-{name}",
        new SidSyntax(),
        (in i) => new() { Address = segment(ref Unsafe.AsRef(in i.Segments)), Mask = segment(ref Unsafe.AsRef(in i.Masks)) },
        (ref i, in sid) => (segment(ref i.Segments), segment(ref i.Masks)) = (sid.Address, sid.Mask),
        summary)
        {
            Present = Asks(bit),
            Invert = Inverts(bit),
            Since = 1,
            Label = $" {name}  ",
            InvertedLabel = $" {name} ! ",
        };

    private static Switch<SrhInfo> Asks(int bit) => Bit((ref i) => ref i.Flags, (ushort)(1 << bit));

    private static Switch<SrhInfo> Inverts(int bit) => Bit((ref i) => ref i.Inversions, (ushort)(1 << bit));

    /// <summary>The kernel's struct without the segments.</summary>
    [KernelStruct("struct ip6t_srh", "linux/netfilter_ipv6/ip6t_srh.h")]
    [StructLayout(LayoutKind.Sequential)]
    private struct OldInfo
    {
        /// <summary>The numbers.</summary>
        public SrhInfo.Common Head;

        /// <summary>What is compared: a bit for each option, in their order.</summary>
        [KernelField("mt_flags")]
        public ushort Flags;

        /// <summary>What is inverted, by the same bits.</summary>
        [KernelField("mt_invflags")]
        public ushort Inversions;
    }

    /// <summary>A segment or a network of them; the mask is always written.</summary>
    private sealed class SidSyntax : Syntax<AddressMask>
    {
        private static readonly AddressMaskSyntax s_network = new();

        public override string Placeholder => s_network.Placeholder;

        public override void Parse(in Argument argument, ref AddressMask field) => s_network.Parse(argument, ref field);

        public override void Write(in AddressMask field, Output output, in Format format)
        {
            Addresses.Write(output, InetAddress.Bytes(field.Address, Family.IPv6));
            Addresses.WriteMask(output, InetAddress.Bytes(field.Mask, Family.IPv6), evenIfFull: true);
        }
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        Answer has = packet.FindExtension(Protocol.Routing, out ReadOnlySpan<byte> header);
        const int Head = 8, SegmentRouting = 4;
        if (has is not Answer.Yes)
        {
            return has;
        }

        if (header.Length < Head)
        {
            return Answer.Dropped;
        }

        (byte next, byte length, byte type, byte left, byte last) = (header[0], header[1], header[2], header[3], header[4]);
        if (type != SegmentRouting || left > last)
        {
            return Answer.No;
        }

        ref readonly SrhInfo info = ref As(payload);
        ushort tag = MemoryMarshal.Read<ushort>(header[6..]);
        SrhInfo.Common its = info.Head;
        Span<bool> holds =
        [
            next == its.NextHeader,
            length == its.HeaderLength, length > its.HeaderLength, length < its.HeaderLength,
            left == its.SegmentsLeft, left > its.SegmentsLeft, left < its.SegmentsLeft,
            last == its.LastEntry, last > its.LastEntry, last < its.LastEntry,
            tag == its.Tag,
        ];
        for (int i = 0; i < Options.Length; i++)
        {
            int segment = i switch { 11 => left == last ? -1 : left + 1, 12 => left - 1, _ => 0 };
            int at = Head + (segment * InetAddress.Size);
            bool isThere = i < holds.Length || (segment >= 0 && at + InetAddress.Size <= header.Length);
            if ((info.Flags & (1 << i)) == 0)
            {
                continue;
            }

            bool isSo = isThere && (i < holds.Length ? holds[i] : i switch
            {
                11 => IsIn(header.Slice(at, InetAddress.Size), info.Segments.Previous, info.Masks.Previous),
                12 => IsIn(header.Slice(at, InetAddress.Size), info.Segments.Next, info.Masks.Next),
                _ => IsIn(header.Slice(at, InetAddress.Size), info.Segments.Last, info.Masks.Last),
            });
            if (!isThere || isSo == ((info.Inversions & (1 << i)) != 0))
            {
                by = Options[i];
                return Answer.No;
            }
        }

        return Answer.Yes;
    }

    private static bool IsIn(ReadOnlySpan<byte> segment, in InetAddress address, in InetAddress mask)
    {
        for (int i = 0; i < InetAddress.Size; i++)
        {
            if (((segment[i] ^ address[i]) & mask[i]) != 0)
            {
                return false;
            }
        }

        return true;
    }
}

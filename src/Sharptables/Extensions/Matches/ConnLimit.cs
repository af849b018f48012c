using System;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m connlimit</c>.</summary>
internal sealed class ConnLimit : Match<ConnLimitInfo>
{
    private const uint Upto = 1 << 0;
    private const uint Destination = 1 << 1;

    private static readonly Number<uint> s_number = new(0, uint.MaxValue);

    /// <summary>An inverted option is the other one, and is saved as that.</summary>
    private static readonly Switch<ConnLimitInfo> s_turned = Switch(static (in _) => false, static (ref i) => i.Flags ^= Upto);

    private readonly Option[] _limits;

    /// <inheritdoc/>
    public override string Name => "connlimit";

    /// <inheritdoc/>
    public override string Summary => "Matches packets by the number of simultaneous connections of their host or network.";

    /// <inheritdoc/>
    public override string DependsOn => "which connections there are";

    /// <inheritdoc/>
    public override AtLeastOne AtLeastOne =>
        field ??= new("You must specify \"--connlimit-above\" or \"--connlimit-upto\".", _limits);

    /// <inheritdoc/>
    public override byte Revision => 1;

    /// <summary>The pointer at the end is private to the kernel.</summary>
    public override int ComparedSize { get; } = Through((ref i) => ref i.Flags);

    public ConnLimit() => Options =
    [
        .. _limits = OneOf(
            Option("connlimit-upto", s_number, (ref i) => ref i.Limit, "Match up to this number of connections.",
                present: Bit((ref i) => ref i.Flags, Upto), invert: s_turned),
            Option("connlimit-above", s_number, (ref i) => ref i.Limit, "Match above this number of connections.",
                when: static (in i) => (i.Flags & Upto) == 0, invert: s_turned)),
        Option("connlimit-mask", new MaskSyntax(), (ref i) => ref i.Mask, "Count the hosts of a network of this prefix length as one."),
        .. OneOf(
            Flag("connlimit-saddr", Switch(static (in i) => (i.Flags & Destination) == 0, static (ref _) => { }),
                "Count by source address; the default."),
            Flag("connlimit-daddr", Bit((ref i) => ref i.Flags, Destination), "Count by destination address.")),
    ];

    /// <summary>The mask of a single IPv4 host has 4 bytes or 16, depending on how it was given; both mean the same.</summary>
    public override bool AreSame(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int used = Family.AddressSize;
        return a[..used].SequenceEqual(b[..used]) && a[InetAddress.Size..ComparedSize].SequenceEqual(b[InetAddress.Size..ComparedSize]);
    }

    /// <inheritdoc/>
    protected override void Begin(ref ConnLimitInfo info) => info.Mask[..].Fill(0xff); // all 16 bytes in either family

    /// <summary>Written as a comparison.</summary>
    protected override void List(in ConnLimitInfo info, Output output, in Format format)
    {
        output.Write((info.Flags & Destination) == 0 ? " #conn src/"u8 : " #conn dst/"u8);
        MaskSyntax.Write(info.Mask, output, format.Family);
        output.Write((info.Flags & Upto) == 0 ? " > "u8 : " <= "u8);
        output.WriteNumber((ulong)info.Limit);
    }

    /// <inheritdoc/>
    protected override bool Translate(in ConnLimitInfo info, NftText nft)
    {
        string type = nft.Family.HasColonsInAddresses ? "ipv6_addr" : "ipv4_addr";
        nft.Write($" add @{nft.AddSet("connlimit", $"type {type}; flags dynamic;")} {{ {nft.Family.NftName} {((info.Flags & Destination) == 0 ? "saddr" : "daddr")}");
        ReadOnlySpan<byte> mask = InetAddress.Bytes(info.Mask, nft.Family);
        if (mask.ContainsAnyExcept(byte.MaxValue))
        {
            nft.Write(" and ");
            nft.WriteAddress(mask);
        }

        return nft.Write($" ct count {((info.Flags & Upto) == 0 ? "over " : "")}{info.Limit} }}");
    }

    /// <summary>A prefix length, or a mask written as an address.</summary>
    private sealed class MaskSyntax : Syntax<InetAddress>
    {
        public override string Placeholder => "n";

        public static void Write(in InetAddress mask, Output output, Family family)
        {
            ReadOnlySpan<byte> bytes = InetAddress.Bytes(mask, family);
            if (Addresses.PrefixLength(bytes) is >= 0 and var prefix)
            {
                output.WriteNumber((ulong)prefix);
            }
            else
            {
                Addresses.Write(output, bytes);
            }
        }

        public override void Parse(in Argument argument, ref InetAddress field)
        {
            field = default;
            AddressMaskSyntax.ParseMask(argument, argument.Text, ref field);
        }

        public override void Write(in InetAddress field, Output output, in Format format) => Write(field, output, format.Family);
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <summary>There is one connection at least, that of the packet.</summary>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        ref readonly ConnLimitInfo info = ref As(payload);
        return info.Limit != 0 ? Answer.Unknown : (info.Flags & Upto) != 0 ? Answer.No : Answer.Yes;
    }
}

/// <summary>The kernel's struct for <c>-m connlimit</c>.</summary>
[KernelStruct("struct xt_connlimit_info", "linux/netfilter/xt_connlimit.h")]
[StructLayout(LayoutKind.Sequential)]
public struct ConnLimitInfo
{
    /// <summary>The bits of an address that tell hosts apart.</summary>
    public InetAddress Mask;

    /// <summary>How many connections.</summary>
    public uint Limit;

    /// <summary><c>XT_CONNLIMIT_*</c>.</summary>
    public uint Flags;

    /// <summary>The kernel's own.</summary>
    public ulong Data;
}
